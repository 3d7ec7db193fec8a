// What open pages of the queue are told of their items: who holds them, and what was decided.
import { ACTIONS } from '../../../domain/actions.ts';
import type { Member } from '../../../domain/viewer.ts';
import { momentView } from '../../../web/moments.ts';
import { FORMER_MEMBER } from '../../log/pages.ts';
import type { ClaimRow } from '../queries/done.ts';

export interface ClaimState {
  readonly state: 'mine' | 'taken' | 'decided';
  /** As the item's line says it. */
  readonly text: string;
}

/** By the id of the item; what nobody holds and nobody has decided is not there. */
export function claimStates(rows: readonly ClaimRow[], viewer: Member): Readonly<Record<string, ClaimState>> {
  return Object.fromEntries(
    rows.map((row) => [row.id, row.closedAt === null ? held(row, viewer) : decided(row)]),
  );
}

function held({ claimedById, claimedByName, claimedUntil }: ClaimRow, viewer: Member): ClaimState {
  const mine = claimedById === viewer.id;
  const until = claimedUntil === null ? '' : ` until ${momentView(claimedUntil).time} UTC`;
  const by = mine ? 'you' : (claimedByName ?? FORMER_MEMBER);
  return { state: mine ? 'mine' : 'taken', text: `Claimed by ${by}${until}` };
}

function decided({ decision, decidedBy }: ClaimRow): ClaimState {
  const text =
    decision === null
      ? 'Nothing is left to decide'
      : `${ACTIONS[decision].label} by ${decidedBy ?? 'the forum itself'}`;
  return { state: 'decided', text };
}
