// One reply of a thread as the page shows it, with those below it.
import { identiconOf, type Identicon } from '../../../domain/identicon.ts';
import type { PostId } from '../../../domain/ids.ts';
import { NESTING } from '../../../domain/limits.ts';
import type { ThreadNode } from '../../../domain/thread.ts';
import type { Role } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { isSame } from '../../../lib/same.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { ReplyRow } from '../queries/reply-rows.ts';
import { flagLink, type FlagLink } from './flag-link.ts';
import type { ReplyAbilities } from './reply-abilities.ts';
import { bylineOf, type Place, placeOf } from './reply-place.ts';
import { saveView, type SaveView } from './save.ts';
import { FIRST_NEW, type ThreadContext } from './thread-context.ts';
import { tombOf, type TombView } from './tomb.ts';

export interface AuthorView {
  readonly name: string;
  readonly href: string;
  readonly identicon: Identicon;
  readonly op: boolean;
  readonly moderator: boolean;
  readonly you: boolean;
}

export interface ReplyView {
  readonly itself: ReplyItself;
  readonly replies: readonly ReplyView[];
}

/** A reply without those below it. */
export interface ReplyItself extends FlagLink {
  readonly isNew: boolean;
  /** The first new reply of the page is marked for links that lead to it; '' on all others. */
  readonly newAnchor: string;
  /** '' on the last new reply. */
  readonly nextNewHref: string;
  /** False: folded, since it and all below it has been read. */
  readonly open: boolean;
  readonly foldsModelWritten: boolean;
  /** '' on a top-level reply, and on the last one beside others. */
  readonly parentHref: string;
  readonly parentName: string;
  readonly nextHref: string;
  readonly anchor: string;
  /** Deeper than is indented, on phones and everywhere: shown as "in reply to NAME". */
  readonly flatNarrow: boolean;
  readonly flatWide: boolean;
  /** Null: a former member, nobody is named, or one whom the viewer has muted. */
  readonly author: AuthorView | null;
  /** Who wrote what is folded for this viewer. */
  readonly muted: { readonly name: string; readonly href: string } | null;
  /** Name for the folded line and for hidden labels. */
  readonly byline: string;
  readonly posted: MomentView;
  readonly permalink: string;
  readonly edited: { readonly moment: MomentView; readonly href: string } | null;
  readonly purpose: string;
  readonly modelWritten: boolean;
  readonly modelHref: string;
  readonly foldLabel: string;
  readonly bodyHtml: SafeHtml | '';
  /** What stands in place of the text, or above it for its author and moderators. */
  readonly tomb: TombView | null;
  readonly vote: {
    readonly href: string;
    readonly score: string;
    readonly voted: boolean;
    readonly can: boolean;
  } | null;
  readonly save: SaveView | null;
  readonly can: ReplyAbilities;
  readonly replyHref: string;
  readonly quoteHref: string;
  readonly editHref: string;
  /** Where the author of a refused reply writes it anew; '' for all others. */
  readonly againHref: string;
  readonly withdrawHref: string;
  readonly hideHref: string;
  readonly restoreHref: string;
  readonly moveHref: string;
  readonly continued: { readonly href: string; readonly text: string } | null;
}

const PURPOSES = {
  source: 'Source',
  correction: 'Correction',
  question: 'Question',
  analysis: 'Analysis',
} as const;

export function replyViews(nodes: readonly ThreadNode<ReplyRow>[], context: ThreadContext): ReplyView[] {
  return nodes.map((node, index) => ({
    itself: keptView(node.row, placeOf(node, nodes[index + 1]?.row.id, context)),
    replies: replyViews(node.replies, context),
  }));
}

interface Made {
  readonly place: Place;
  readonly view: ReplyItself;
}

/** By row, for the places where it was shown lately. */
const made = new WeakMap<ReplyRow, readonly Made[]>();
/** A visitor's, and of members one for each that is "the next new one". */
const MOST_PLACES = 6;

/** The view of before, if there is one: it is made of nothing but these two (docs/decisions/027). */
function keptView(row: ReplyRow, place: Place): ReplyItself {
  const before = made.get(row) ?? [];
  const known = before.find((one) => isSame(one.place, place));
  if (known) return known.view;
  const view = viewOf(row, place);
  made.set(row, [{ place, view }, ...before].slice(0, MOST_PLACES));
  return view;
}

function viewOf(row: ReplyRow, place: Place): ReplyItself {
  const byline = bylineOf(row, place.muted);
  return {
    anchor: paths.postAnchor(row.id),
    isNew: place.isNew,
    newAnchor: place.isFirstNew ? FIRST_NEW : '',
    nextNewHref: place.nextNew === null ? place.moreNewsHref : here(place.nextNew),
    open: place.open,
    foldsModelWritten: place.foldsModelWritten,
    parentHref: parentHref(row, place),
    parentName: place.parentName,
    nextHref: place.next === null ? '' : here(place.next),
    flatNarrow: row.depth > NESTING.indentedNarrow,
    flatWide: row.depth > NESTING.indentedWide,
    author: row.authorName === null || place.muted ? null : authorView(row.authorName, row.authorRole, place),
    muted:
      place.muted && row.authorName !== null
        ? { name: row.authorName, href: paths.member(row.authorName) }
        : null,
    byline,
    posted: momentView(row.postedAt),
    permalink: paths.post(row.id),
    edited:
      row.editedAt && !row.withdrawnAt
        ? { moment: momentView(row.editedAt), href: paths.postHistory(row.id) }
        : null,
    purpose: row.purpose && row.state === 'visible' ? PURPOSES[row.purpose] : '',
    modelWritten: row.modelWritten && row.state === 'visible',
    modelHref: paths.postModel(row.id),
    foldLabel: foldLabel(row, byline, place.below),
    bodyHtml: row.bodyHtml ?? '',
    tomb: tombOf(row, place.byViewer),
    vote:
      row.state === 'visible'
        ? {
            href: paths.postVote(row.id),
            score: row.score.toLocaleString('en-GB'),
            voted: place.voted,
            can: place.can.vote,
          }
        : null,
    save: place.can.save ? saveView({ id: row.id, saved: place.saved, what: `reply by ${byline}` }) : null,
    can: place.can,
    ...flagLink(row.id, place.onlyReports),
    replyHref: paths.postReply(row.id),
    quoteHref: paths.postReply(row.id, { quote: 1 }),
    editHref: paths.postEdit(row.id),
    againHref: place.againUnder === null ? '' : paths.postReply(place.againUnder, { again: row.id }),
    withdrawHref: paths.postWithdraw(row.id),
    hideHref: paths.postHide(row.id),
    restoreHref: paths.postRestore(row.id),
    moveHref: paths.postMove(row.id),
    continued:
      place.branchHref === ''
        ? null
        : { href: place.branchHref, text: `${row.branchSize - 1} replies on a page of their own` },
  };
}

const here = (id: PostId) => `#${paths.postAnchor(id)}`;

function parentHref({ parentId }: ReplyRow, { hasParentHere }: Place): string {
  if (parentId === null) return '';
  return hasParentHere ? here(parentId) : paths.post(parentId);
}

function authorView(name: string, role: Role | null, { byOpener, byViewer }: Place): AuthorView {
  return {
    name,
    href: paths.member(name),
    identicon: identiconOf(name),
    op: byOpener,
    moderator: role !== null && role !== 'member',
    you: byViewer,
  };
}

function foldLabel(row: ReplyRow, byline: string, below: number): string {
  const who = row.withdrawnAt ? byline : `Reply by ${byline}`;
  return below === 0 ? who : `${who} and ${below} below`;
}
