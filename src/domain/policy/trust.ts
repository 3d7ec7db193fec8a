// How far a member is trusted, and what follows while that is little.
import type { FlagRecord } from '../flags.ts';
import { flagAccuracy } from '../flags.ts';
import { NEW_MEMBER, TRUST } from '../limits.ts';
import type { NewMemberLimitMode } from '../settings.ts';
import { isWithin } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny } from '../verdict.ts';
import type { Member, Trust, Viewer } from '../viewer.ts';

/** What the step of trust is computed from: counters and dates of one member. */
export interface TrustFacts extends FlagRecord {
  readonly joinedAt: Date;
  /** Distinct topics opened. */
  readonly topicsRead: number;
  /** Replies that no moderator hid. */
  readonly repliesKept: number;
  /** When the last warning, silence or suspension began; null: never. */
  readonly lastSanctionAt: Date | null;
}

/** One thing that a step of trust asks for, and how far a member has come with it. */
export interface TrustMark {
  readonly asks: 'age' | 'topics-read' | 'replies-kept' | 'flag-accuracy' | 'without-sanction';
  readonly reached: boolean;
  /** In the unit of `wanted`: milliseconds, a number of things, or a share from 0 to 1. */
  readonly done: number;
  readonly wanted: number;
}

/**
 * What a step asks for (DESIGN section 7): of new members time, reading and a reply; for trust more time, sound flags and
 * no sanction. Whoever has flagged too little to have an accuracy is not measured by it.
 */
export function trustMarks(step: Exclude<Trust, 'new'>, facts: TrustFacts, now: Date): readonly TrustMark[] {
  const { newUntil, trustedFrom } = TRUST;
  const since = (moment: Date): number => now.getTime() - moment.getTime();
  const atLeast = (asks: TrustMark['asks'], done: number, wanted: number): TrustMark => ({
    ...{ asks, done, wanted },
    reached: done >= wanted,
  });
  if (step === 'member') {
    return [
      atLeast('age', since(facts.joinedAt), newUntil.age),
      atLeast('topics-read', facts.topicsRead, newUntil.topicsRead),
      atLeast('replies-kept', facts.repliesKept, newUntil.repliesNotHidden),
    ];
  }
  const { lastSanctionAt } = facts;
  const { withoutSanction } = trustedFrom;
  return [
    atLeast('age', since(facts.joinedAt), trustedFrom.age),
    atLeast('flag-accuracy', flagAccuracy(facts) ?? 1, trustedFrom.flagAccuracy),
    {
      asks: 'without-sanction',
      done: lastSanctionAt === null ? withoutSanction : since(lastSanctionAt),
      wanted: withoutSanction,
      // The hundredth day still counts as one with a sanction in it.
      reached: lastSanctionAt === null || !isWithin(withoutSanction, lastSanctionAt, now),
    },
  ];
}

/** The last step of which all that it asks for is reached. */
export function trustOf(facts: TrustFacts, now: Date): Trust {
  const isReached = (step: Exclude<Trust, 'new'>) =>
    trustMarks(step, facts, now).every(({ reached }) => reached);
  if (!isReached('member')) return 'new';
  return isReached('trusted') ? 'trusted' : 'member';
}

/** Whether a viewer has the rights of trusted members; moderators and admins have them by office. */
export function isTrusted(viewer: Viewer): boolean {
  return viewer.kind === 'member' && (viewer.trust === 'trusted' || viewer.role !== 'member');
}

/** Whether the forum applies the limits of new members at all. */
export function areNewMemberLimitsInForce(mode: NewMemberLimitMode, memberCount: number): boolean {
  return mode === 'on' || (mode === 'auto' && memberCount >= NEW_MEMBER.inForceFromMembers);
}

/** Whether these limits bind this member. */
export function isLimitedAsNew(member: Member, limitsInForce: boolean): boolean {
  return limitsInForce && member.trust === 'new' && member.role === 'member';
}

/** What a body holds of what new members may only use sparingly. */
export interface BodyFacts {
  readonly linksInBody: number;
  /** Members mentioned by name. */
  readonly mentions: number;
}

/** Refuses a new member's body with more links or mentions than those may use. */
export function mayUseLinksAndMentions(member: Member, body: BodyFacts, limitsInForce: boolean): Verdict {
  if (!isLimitedAsNew(member, limitsInForce)) return allow;
  const { linksPerPost, mentionsPerPost } = NEW_MEMBER;
  if (body.linksInBody > linksPerPost) {
    return deny(`New members can put ${linksPerPost} links in a post; this one has ${body.linksInBody}.`);
  }
  if (body.mentions > mentionsPerPost) {
    return deny(
      `New members can mention ${mentionsPerPost} members in a post; this one names ${body.mentions}.`,
    );
  }
  return allow;
}

/** Why a post waits for a moderator before others see it. */
export type HoldCause = 'first-links' | 'watched-word' | 'watched-domain';

export interface HoldFacts {
  /** In the body or as the topic's source. */
  readonly hasLink: boolean;
  /** The member's earlier posts with a link that others can see: held ones do not count, or spam would wait only twice. */
  readonly earlierPostsWithLink: number;
  readonly limitsInForce: boolean;
}

/** Whether a post must be held because it is among a new member's first with a link. */
export function holdsFirstPosts(member: Member, facts: HoldFacts): boolean {
  return (
    facts.hasLink &&
    isLimitedAsNew(member, facts.limitsInForce) &&
    facts.earlierPostsWithLink < NEW_MEMBER.heldPostsWithLink
  );
}
