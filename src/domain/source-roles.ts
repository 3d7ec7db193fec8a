// What a source is to a story, and the order in which sources stand.

export const SOURCE_ROLES = [
  'primary',
  'first_report',
  'report',
  'syndicated',
  'analysis',
  'free_copy',
] as const;
export type SourceRole = (typeof SOURCE_ROLES)[number];

/** As forms and cards say it. */
export const ROLE_NAMES: Readonly<Record<SourceRole, string>> = {
  primary: 'primary document',
  first_report: 'first report',
  report: 'report',
  syndicated: 'syndicated copy',
  analysis: 'analysis',
  free_copy: 'free copy of a paywalled report',
};

/** What each is, in a line for those who choose. */
export const ROLE_HINTS: Readonly<Record<SourceRole, string>> = {
  primary: 'What the story is about: the announcement, filing, paper or repository itself.',
  first_report: 'The report that others cite.',
  report: 'Reporting of its own on the story.',
  syndicated: 'The same text as another source, elsewhere.',
  analysis: 'What it means, not that it happened.',
  free_copy: 'Readable without paying, by the publisher or with its leave.',
};

/** A role out of a form; undefined for anything else. */
export function readRole(text: string): SourceRole | undefined {
  return SOURCE_ROLES.find((role) => role === text);
}
