// Rules about the reasons of decisions and appeals against them.
import type { ActionKind } from '../actions.ts';
import { isAppealable } from '../appeals.ts';
import type { MemberId } from '../ids.ts';
import { APPEALS } from '../moderation-limits.ts';
import { isWithin, spellUntil } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isSelf } from '../viewer.ts';
import { mayModerate } from './moderation.ts';
import { checkStaying } from './writing.ts';

/**
 * Whether the viewer may read what a decision says to whom it concerns. What everybody may know of it stands in the log.
 * @param concerned whether it concerns the viewer
 */
export function mayReadDecision(viewer: Viewer, concerned: boolean, now: Date): Verdict {
  return concerned ? allow : mayModerate(viewer, now);
}

export interface AppealFacts {
  /** Whether the decision concerns the viewer. */
  readonly concerned: boolean;
  readonly kind: ActionKind;
  readonly at: Date;
  readonly undone: boolean;
  /** Who has appealed; null: nobody yet. */
  readonly appellantId: MemberId | null;
}

/**
 * Whether the viewer may appeal against a decision. It is no writing in the forum: neither silence nor suspension nor an
 * unconfirmed address takes it away.
 */
export function mayAppeal(viewer: Viewer, facts: AppealFacts, now: Date): Verdict {
  if (viewer.kind === 'visitor') return deny('Log in to appeal.');
  if (!facts.concerned) return deny('Only those whom a decision concerns can appeal against it.');
  const staying = checkStaying(viewer);
  if (!staying.allowed) return staying;
  if (!isAppealable(facts.kind))
    return denyForState('This decision takes nothing from you: there is no appeal.');
  if (facts.undone) return denyForState('This decision has been undone.');
  if (facts.appellantId !== null) {
    return denyForState(
      isSelf(viewer, facts.appellantId)
        ? 'You have appealed against this decision.'
        : 'Somebody else whom it concerns has appealed. The outcome holds for all.',
    );
  }
  if (!isWithin(APPEALS.within, facts.at, now)) {
    const end = new Date(facts.at.getTime() + APPEALS.within);
    return denyForState(`An appeal was possible for six months, ${spellUntil(end)}.`);
  }
  return allow;
}

export interface OpenAppealFacts {
  readonly appellantId: MemberId;
  readonly decided: boolean;
  /** The decision appealed against was undone meanwhile: nothing is left to decide. */
  readonly undone: boolean;
}

/** Whether the viewer may take an appeal back. */
export function mayWithdrawAppeal(viewer: Viewer, appeal: OpenAppealFacts): Verdict {
  if (!isSelf(viewer, appeal.appellantId)) return deny('Only those who have appealed can take it back.');
  if (appeal.decided || appeal.undone) return denyForState('This appeal has been decided.');
  return allow;
}

export interface AppealDecisionFacts extends OpenAppealFacts {
  /** Whether the decision appealed against concerns the viewer: as its author, say, of one of several posts. */
  readonly concerned: boolean;
  /** Who made it; null: the forum itself, or a former member. */
  readonly actorId: MemberId | null;
  readonly openedAt: Date;
  /** Whether somebody is in office who has neither made the decision nor is concerned by it. */
  readonly othersInOffice: boolean;
}

/** Whether the viewer may decide an appeal: somebody else than who made the decision, unless nobody else is there. */
export function mayDecideAppeal(viewer: Viewer, appeal: AppealDecisionFacts, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (appeal.concerned || isSelf(viewer, appeal.appellantId)) {
    return deny('This is about you: somebody else decides.');
  }
  if (appeal.decided) return denyForState('This appeal has been decided.');
  if (appeal.undone) return denyForState('The decision was undone meanwhile: nothing is left to decide.');
  if (!isSelf(viewer, appeal.actorId)) return allow;
  if (appeal.othersInOffice) return deny('You made this decision: another moderator decides the appeal.');
  const from = new Date(appeal.openedAt.getTime() + APPEALS.alone);
  if (now < from) {
    return denyForState(
      `You made this decision. Since nobody else is in office, you can decide the appeal yourself after a day: wait ${spellUntil(from)}.`,
    );
  }
  return allow;
}
