// Words and domains that moderators watch: what a rule does, and how a text is compared with it.

/** In the order of strength: of several that match, the first decides. */
export const WATCH_EFFECTS = ['refuse', 'hold', 'flag', 'mark'] as const;
export type WatchEffect = (typeof WATCH_EFFECTS)[number];

export type WatchKind = 'word' | 'domain';
