// The list of what a member keeps, as its template wants it.
import type { PostId } from '../../domain/ids.ts';
import { LONGEST_NOTE } from '../../domain/limits.ts';
import { excerptOf } from '../../lib/html.ts';
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { SavedKind, SavedRow } from './queries.ts';

interface SavedView {
  readonly anchor: string;
  readonly title: string;
  /** '' for what cannot be read any more. */
  readonly href: string;
  /** "Reply by kevin_h"; '' for what cannot be read any more. */
  readonly what: string;
  readonly posted: MomentView | null;
  readonly saved: MomentView;
  readonly text: string;
  readonly note: string;
  readonly noteField: { readonly id: string; readonly value: string; readonly error: string };
  readonly action: string;
}

export interface SavedListPage {
  readonly head: Head;
  readonly tabs: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  readonly here: string;
  readonly longest: number;
  readonly rows: readonly SavedView[];
  readonly empty: string;
  readonly firstHref: string;
  readonly nextHref: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'saves/list': SavedListPage;
  }
}

const TABS: Readonly<Record<SavedKind, string>> = { all: 'All', topics: 'Topics', replies: 'Replies' };
const EXCERPT_CHARACTERS = 300;

export interface SavedFacts {
  readonly rows: readonly SavedRow[];
  readonly kind: SavedKind;
  readonly isFirst: boolean;
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
  /** A note that could not be kept, as it was typed. */
  readonly typed?: { readonly postId: PostId; readonly note: string; readonly fault: string };
}

export function savedPage({ rows, kind, isFirst, next, typed }: SavedFacts): SavedListPage {
  const address = (of: SavedKind, after?: string) =>
    paths.saved({ show: of === 'all' ? undefined : of, after });
  return {
    head: { title: 'Saved', noindex: true, section: 'none' },
    tabs: (Object.keys(TABS) as SavedKind[]).map((of) => ({
      name: TABS[of],
      href: address(of),
      current: of === kind,
    })),
    here: address(kind),
    longest: LONGEST_NOTE,
    rows: rows.map((row) => savedView(row, typed)),
    empty: isFirst
      ? 'You have saved nothing here. Topics and replies have a button for it.'
      : 'There is no more.',
    firstHref: isFirst ? '' : address(kind),
    nextHref: next === undefined ? '' : address(kind, next),
  };
}

function savedView(row: SavedRow, typed: SavedFacts['typed']): SavedView {
  const { postId, title, authorName, isReply } = row;
  const failed = typed?.postId === postId ? typed : undefined;
  const gone = title === null;
  return {
    anchor: paths.postAnchor(postId),
    title: title ?? 'No longer readable',
    href: gone ? '' : paths.post(postId),
    what: gone ? '' : `${isReply ? 'Reply' : 'Topic'} by ${authorName ?? 'a former member'}`,
    posted: row.postedAt && momentView(row.postedAt),
    saved: momentView(row.savedAt),
    text: row.bodyHtml === null ? '' : excerptOf(row.bodyHtml, EXCERPT_CHARACTERS),
    note: row.note,
    noteField: { id: `note${postId}`, value: failed?.note ?? row.note, error: failed?.fault ?? '' },
    action: paths.postSave(postId),
  };
}
