// How far a member is trusted, and for their own eyes what is missing for the next step.
import { NEW_MEMBER, WINDOWS } from '../../domain/limits.ts';
import { type TrustFacts, type TrustMark, trustMarks, trustOf } from '../../domain/policy/trust.ts';
import { DAY, spellDuration } from '../../domain/times.ts';
import type { Trust } from '../../domain/viewer.ts';

/** For the member's own eyes. */
export interface StandingView {
  readonly title: string;
  /** What the next step asks for; none on the last one. */
  readonly marks: readonly { readonly label: string; readonly value: string; readonly reached: boolean }[];
  readonly text: string;
}

/** As everybody sees it. */
export const STEPS: Readonly<Record<Trust, string>> = {
  new: 'New member',
  member: 'Member',
  trusted: 'Trusted member',
};
export function standingView(facts: TrustFacts, limitsInForce: boolean, now: Date): StandingView {
  const step = trustOf(facts, now);
  if (step === 'trusted') {
    return {
      title: 'You are trusted',
      marks: [],
      text: `You can edit what you wrote for ${spellDuration(WINDOWS.editByTrusted)}, and your flags weigh more.`,
    };
  }
  const next = step === 'new' ? 'member' : 'trusted';
  return {
    title: step === 'new' ? 'On the way to member' : 'On the way to trusted member',
    marks: trustMarks(next, facts, now).map(markView),
    text:
      step === 'member'
        ? MEANS_TRUSTED
        : limitsInForce
          ? MEANS_MEMBER
          : 'This forum sets new members no limits at present.',
  };
}

const { topicsPerDay, repliesPerDay, linksPerPost, mentionsPerPost, heldPostsWithLink } = NEW_MEMBER;
const MEANS_MEMBER =
  `Until then you can post ${topicsPerDay} topics and ${repliesPerDay} replies a day, with ${linksPerPost} links and ` +
  `${mentionsPerPost} mentions each, and your first ${heldPostsWithLink} posts with a link are looked at by a moderator.`;
const MEANS_TRUSTED = `Trusted members can edit what they wrote for ${spellDuration(WINDOWS.editByTrusted)}, and their flags weigh more.`;

const LABELS: Readonly<Record<TrustMark['asks'], string>> = {
  age: 'Days here',
  'topics-read': 'Topics read',
  'replies-kept': 'Replies that stand',
  'flag-accuracy': 'Flags upheld',
  'without-sanction': 'Without a sanction for',
};

function markView({ asks, done, wanted, reached }: TrustMark): StandingView['marks'][number] {
  return { label: LABELS[asks], value: spellMark(asks, done, wanted), reached };
}

function spellMark(asks: TrustMark['asks'], done: number, wanted: number): string {
  const of = (unit: number) => `${Math.min(Math.floor(done / unit), wanted / unit)} of ${wanted / unit}`;
  switch (asks) {
    case 'age':
      return of(DAY);
    case 'without-sanction':
      return `${of(DAY)} days`;
    case 'flag-accuracy':
      return `${Math.floor(done * 100)} % (${wanted * 100} % wanted)`;
    case 'topics-read':
    case 'replies-kept':
      return of(1);
  }
}
