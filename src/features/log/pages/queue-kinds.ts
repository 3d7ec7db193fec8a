// What the moderators' work is called in tables of figures.
import type { QueueItemKind } from '../../../db/schema/index.ts';

export const QUEUE_KINDS: Readonly<Record<QueueItemKind, string>> = {
  flagged: 'Flagged',
  held: 'Awaiting approval',
  appeal: 'Appeals',
  consent: 'Permanent suspensions proposed',
  link: 'Unresolved links',
  suggestion: 'Suggestions',
  watched: 'Watched words and domains',
  newcomer: 'Newcomers',
};
