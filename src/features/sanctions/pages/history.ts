// A decision as the moderators' page about a member lists it: with names, and with what the public log leaves out.
import { ACTIONS, withRule } from '../../../domain/actions.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import { FORMER_MEMBER } from '../../log/pages.ts';
import type { HistoryRow } from '../queries/history.ts';

export interface HistoryView {
  readonly what: string;
  readonly at: MomentView;
  readonly reason: string;
  readonly by: string;
  /** The first of the posts it touched; '' for a decision about the member. */
  readonly href: string;
  readonly extent: string;
  /** What stood there before, of texts and names that were taken away; for moderators alone. */
  readonly before: string;
  /** '' while the decision stands. */
  readonly undone: string;
  /** '' where there is nothing to undo. */
  readonly undoHref: string;
}

export function historyView(row: HistoryRow): HistoryView {
  const { id, kind, at, rule, reason, automatic, by, posts, postId, data, undone } = row;
  const { label, undoneBy, subject } = ACTIONS[kind];
  const what = typeof data.what === 'string' ? `${label} ${data.what}` : label;
  return {
    what,
    at: momentView(at),
    reason: withRule(reason, rule),
    by: automatic ? 'the forum itself' : (by ?? FORMER_MEMBER),
    href: postId === null || subject === 'member' ? '' : paths.post(postId),
    extent: posts > 0 ? counted(posts, 'post of theirs', 'posts of theirs') : '',
    before: spellBefore(data.before),
    undone: undone === null ? '' : `Undone by ${undone.by ?? FORMER_MEMBER}`,
    undoHref: undone === null && undoneBy !== null && kind !== 'propose-ban' ? paths.undo(id) : '',
  };
}

/** A name, or the texts of a profile. */
function spellBefore(before: unknown): string {
  if (typeof before === 'string') return before;
  if (typeof before !== 'object' || before === null) return '';
  const texts: Readonly<Record<string, unknown>> = { ...before };
  return ['about', 'affiliation', 'link', 'pronouns']
    .map((name) => texts[name])
    .filter((text) => typeof text === 'string' && text !== '')
    .join(' · ');
}
