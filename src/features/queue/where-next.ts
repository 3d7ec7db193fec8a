// Where a form of the queue leads: to the page it stood on, and after a decision to the next item of the same view.
import type { Reader } from '../../db/connection.ts';
import type { ActionId, QueueItemId } from '../../domain/ids.ts';
import type { Member } from '../../domain/viewer.ts';
import { formBody, readText } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { queryOfView, readQueueView, type QueueView } from './filters.ts';
import { decodeQueueCursor, findItem, findNextItem, type ItemRow, positionOf } from './queries/list.ts';

/** A page of the queue, as the `next` of a form names it. */
export interface Place {
  readonly href: string;
  readonly shows: 'list' | 'item' | 'other';
  readonly view: QueueView;
  /** Cursor of the page; undefined on the first. */
  readonly after: string | undefined;
}

/** The page that the form stood on. */
export function placeOf(sent: unknown): Place {
  const next = readText(formBody(sent), 'next');
  const href = next === '' ? paths.queue() : safeNext(next);
  const { pathname, searchParams } = new URL(href, 'http://this.invalid');
  const query = Object.fromEntries(searchParams);
  const after = decodeQueueCursor(query.after) === undefined ? undefined : query.after;
  const shows =
    pathname === paths.queue() ? 'list' : /^\/moderation\/items\/\d+$/.test(pathname) ? 'item' : 'other';
  return { href, shows, view: readQueueView(query), after };
}

/** The same page, at the item. */
export function backAt({ href, shows, view, after }: Place, id: QueueItemId): string {
  return shows === 'list' ? `${paths.queue({ ...queryOfView(view), after, current: id })}#q-${id}` : href;
}

/** After a decision: the same item while something is left to decide, else the next one that nobody else holds. */
export async function nextAfter(
  db: Reader,
  { href, shows, view, after }: Place,
  decided: {
    readonly viewer: Member;
    readonly row: ItemRow;
    readonly actionId: ActionId;
    readonly now: Date;
  },
): Promise<string> {
  if (shows === 'other') return href;
  const { viewer, row, actionId: did, now } = decided;
  const cursor = positionOf({ ...row, taken: false });
  const stays = (await findItem(db, row.id))?.closedAt === null;
  const following = stays ? row.id : await findNextItem(db, { viewer, view, cursor, now });
  // After the last item comes the first: on the first page.
  const current = following ?? (await findNextItem(db, { viewer, view, cursor: undefined, now }));
  const query = queryOfView(view);
  if (current === undefined) return paths.queue({ ...query, did });
  if (shows === 'item') return paths.queueItem(current, { ...query, did });
  const page = following === undefined ? undefined : after;
  return `${paths.queue({ ...query, after: page, current, did })}#q-${current}`;
}
