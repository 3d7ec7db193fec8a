// Flags: why a member reports something, what the report weighs, and when moderators are called.
import type { MemberId, PostId, SourceId } from './ids.ts';
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

/** What is flagged: one of these. */
export type FlagSubject =
  { readonly postId: PostId } | { readonly memberId: MemberId } | { readonly sourceId: SourceId };

export type FlaggedKind = 'post' | 'member' | 'source';

export interface ReasonOffered {
  readonly reason: FlagReason;
  readonly label: string;
  readonly hint: string;
}

/** What a reason means of a member (the name, and what stands on their page) or of a source; null: nothing. */
const MEANINGS: Readonly<Record<Exclude<FlaggedKind, 'post'>, Partial<Record<FlagReason, string | null>>>> = {
  member: {
    spam: 'The name, the text or the link advertises something.',
    'off-topic': null,
    unkind: 'The name or the text goes for a person.',
    misleading: 'It passes for somebody else, or for an office it has not.',
    generated: null,
    'undisclosed-interest': 'Who pays for what this member writes is not said.',
  },
  source: {
    spam: 'It is there to be clicked, or to sell something.',
    'off-topic': 'It is not about what this topic is about.',
    unkind: null,
    misleading: 'It is made up, or says something else than is claimed here.',
    generated: 'A model wrote it and nobody says so or stands for it.',
    'undisclosed-interest': 'Who added it gains by it and does not say so.',
  },
};

/** The reasons for which something of this kind can be flagged, in the order of the form. */
export function reasonsFor(kind: FlaggedKind): readonly ReasonOffered[] {
  if (kind === 'post') return FLAG_REASONS;
  const meanings = MEANINGS[kind];
  return FLAG_REASONS.filter(({ reason }) => meanings[reason] !== null).map((known) => ({
    ...known,
    hint: meanings[known.reason] ?? known.hint,
  }));
}

/** "Spam" */
export function labelOfReason(reason: FlagReason): string {
  return FLAG_REASONS.find((known) => known.reason === reason)?.label ?? reason;
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
  /** How many say "illegal". */
  readonly illegal: number;
  /** When the oldest undecided flag was made; null when there is none. */
  readonly oldestAt: Date | null;
}

/** Whether a flagged subject becomes a piece of the moderators' work. */
export function opensQueueItem({ totalWeight, illegal, oldestAt }: OpenFlags, now: Date): boolean {
  if (oldestAt === null) return false;
  return (
    illegal > 0 || totalWeight >= FLAGS.opensQueueItem || !isWithin(WINDOWS.unansweredFlag, oldestAt, now)
  );
}

/** What the queue item of these flags weighs, for "heaviest first". */
export function itemWeight({ totalWeight, illegal }: Pick<OpenFlags, 'totalWeight' | 'illegal'>): number {
  return Math.round((totalWeight + illegal * FLAGS.illegal) * 100) / 100;
}
