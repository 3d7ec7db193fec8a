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
