// Drafts: what was typed into a composer and not sent.

/** The fields of the form by name, each with its values in order. */
export type DraftFields = Readonly<Record<string, readonly string[]>>;

export const DRAFTS = {
  /** A member's drafts at once. Beyond it the oldest goes, as the page of drafts says. */
  kept: 50,
  /** Days after the last save. Whoever has not come back to a text by then has forgotten it. */
  days: 90,
} as const;
