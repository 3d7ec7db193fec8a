// Flags: why a member reports something, what the report weighs, and when moderators are called.
import { WINDOWS } from './limits.ts';
import { FLAGS } from './moderation-limits.ts';
import { isWithin } from './times.ts';
import type { Role, Trust } from './viewer.ts';

/** In the order in which the form offers them. */
export const FLAG_REASONS = [
  { reason: 'spam', label: 'Spam', hint: 'Advertising, or the same thing posted again and again.' },
  { reason: 'off-topic', label: 'Off topic', hint: 'It has nothing to do with what is discussed here.' },
  { reason: 'unkind', label: 'Unkind', hint: 'It goes for a person instead of what they said.' },
  {
    reason: 'misleading',
    label: 'Misleading',
    hint: 'It says something its source does not say, or has none.',
  },
  {
    reason: 'generated',
    label: 'Generated text',
    hint: 'A model wrote it and nobody says so or stands for it.',
  },
  {
    reason: 'undisclosed-interest',
    label: 'Undisclosed interest',
    hint: 'The author gains by it and does not say so.',
  },
  { reason: 'illegal', label: 'Illegal', hint: 'It breaks the law. Moderators see this at once.' },
  { reason: 'other', label: 'Something else', hint: 'Say in a sentence what is wrong.' },
] as const;

export type FlagReason = (typeof FLAG_REASONS)[number]['reason'];

export function isFlagReason(text: string): text is FlagReason {
  return FLAG_REASONS.some(({ reason }) => reason === text);
}

/** What became of a member's flags so far. */
export interface FlagRecord {
  readonly flagsDecided: number;
  /** Those of them with which a moderator agreed. */
  readonly flagsUpheld: number;
}

/** Share of a member's flags that were upheld, 0 to 1; null while too few are decided to say. */
export function flagAccuracy({ flagsDecided, flagsUpheld }: FlagRecord): number | null {
  return flagsDecided < FLAGS.decidedBeforeScaling ? null : flagsUpheld / flagsDecided;
}

/** What a member's flag weighs: by standing, scaled by accuracy once there is one; to the hundredth, so that sums stay exact enough to compare. */
export function flagWeight(flagger: FlagRecord & { readonly role: Role; readonly trust: Trust }): number {
  const { member, trusted, moderator } = FLAGS.weight;
  const weight = flagger.role !== 'member' ? moderator : flagger.trust === 'trusted' ? trusted : member;
  return Math.round(weight * (flagAccuracy(flagger) ?? 1) * 100) / 100;
}

export interface OpenFlags {
  readonly totalWeight: number;
  readonly anyIllegal: boolean;
  /** When the oldest undecided flag was made; null when there is none. */
  readonly oldestAt: Date | null;
}

/** Whether a flagged subject becomes a piece of the moderators' work. */
export function opensQueueItem({ totalWeight, anyIllegal, oldestAt }: OpenFlags, now: Date): boolean {
  if (oldestAt === null) return false;
  return (
    anyIllegal || totalWeight >= FLAGS.opensQueueItem || !isWithin(WINDOWS.unansweredFlag, oldestAt, now)
  );
}
