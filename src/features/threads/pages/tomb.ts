// What stands in place of a post's text, or above it for its author and moderators.
import { withRule } from '../../../domain/actions.ts';
import type { State } from '../../../domain/state.ts';
import { paths } from '../../../web/paths.ts';
import type { HideNotice } from '../queries/blanks.ts';

export interface TombView {
  readonly text: string;
  readonly logHref: string;
  /** For its author: the reasons of the decision, and how to appeal; else ''. */
  readonly decisionHref: string;
}

/**
 * Hidden text is not repeated; the reason is, since everybody may know it.
 * @param own whether the viewer wrote it
 */
export function tombOf(
  {
    state,
    hide,
    withdrawnAt,
  }: { readonly state: State; readonly hide: HideNotice | null; readonly withdrawnAt: Date | null },
  own: boolean,
): TombView | null {
  if (state === 'hidden') {
    return {
      text: `Hidden by a moderator: ${hide ? withRule(hide.reason, hide.rule).replace(/[.\s]+$/, '') : 'see the log'}.`,
      logHref: paths.moderationLog(),
      decisionHref: own && hide ? paths.decision(hide.id) : '',
    };
  }
  // What its author took back before anybody approved it awaits nothing.
  if (state === 'held' && withdrawnAt === null)
    return {
      text: 'Awaiting approval by a moderator. Until then only you and the moderators see it.',
      logHref: '',
      decisionHref: '',
    };
  if (withdrawnAt !== null) return { text: 'Deleted by its author.', logHref: '', decisionHref: '' };
  return null;
}
