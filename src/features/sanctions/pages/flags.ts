// A flag as the moderators' page about a member lists it.
import { FLAG_REASONS } from '../../../domain/flags.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { FlagShown } from '../queries/history.ts';

export interface FlagView {
  readonly reason: string;
  readonly note: string;
  /** "by NAME", or "on a post by NAME". */
  readonly who: string;
  readonly outcome: string;
  readonly at: MomentView;
  /** '' for a flag on the member. */
  readonly href: string;
}

/** @param side whether it is on the member of the page, or by them */
export function flagView(flag: FlagShown, side: 'on' | 'by'): FlagView {
  const { reason, note, other, outcome, takenBackAt, at, postId } = flag;
  const what = postId === null ? 'on the member' : 'on a post';
  return {
    reason: FLAG_REASONS.find((known) => known.reason === reason)?.label ?? reason,
    note,
    who:
      side === 'on'
        ? `${what}, by ${other ?? 'a visitor or a former member'}`
        : `${what}${other === null ? '' : `: ${other}`}`,
    outcome: takenBackAt !== null ? 'Taken back' : outcome === null ? 'Open' : OUTCOMES[outcome],
    at: momentView(at),
    href: postId === null ? '' : paths.post(postId),
  };
}

const OUTCOMES = { upheld: 'Upheld', rejected: 'Rejected' } as const;
