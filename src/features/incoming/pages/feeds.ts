// GET and POST /admin/feeds: the feeds with how they are, and a form for a new one.
import { LENGTHS, NEWS } from '../../../domain/limits.ts';
import { formOf } from '../../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { adminTabs, type Tab } from '../../admin/pages.ts';
import type { FeedForm } from '../forms.ts';
import type { FeedRow } from '../queries.ts';

export interface FeedView {
  readonly title: string;
  readonly url: string;
  readonly newsHref: string;
  readonly formHref: string;
  readonly paused: boolean;
  /** "Paused", "Failing", "Not read yet", "Working" */
  readonly state: string;
  readonly failing: boolean;
  readonly lastRead: MomentView | null;
  readonly lastOk: MomentView | null;
  /** Null while it is paused. */
  readonly next: MomentView | null;
  /** "3 readings in a row failed"; '' when the last one did not. */
  readonly failures: string;
  readonly fault: string;
  readonly recent: string;
}

export interface FeedsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly feeds: readonly FeedView[];
  readonly form: FeedForm;
  readonly formHref: string;
  readonly newsHref: string;
  readonly logHref: string;
  /** What was just done, as a sentence; '' when nothing was. */
  readonly done: string;
  readonly longest: { readonly url: number; readonly title: number };
}

declare module '../../../web/views.ts' {
  interface Views {
    'incoming/feeds': FeedsPage;
  }
}

export interface FeedsFacts {
  readonly rows: readonly FeedRow[];
  /** The form as it was sent. */
  readonly form: FeedForm | undefined;
  readonly saved: unknown;
}

const NOTHING: FeedForm = formOf({ url: '', title: '' });
const DONE: ReadonlyMap<unknown, string> = new Map([
  ['added', 'The feed was added and will be read in a moment.'],
  ['read', 'The feed will be read in a moment.'],
  ['pause', 'The feed is paused. What it brought stays until it is two weeks old.'],
  ['resume', 'The feed is read again.'],
  ['remove', 'The feed was removed with all it had brought.'],
]);

export function feedsPage({ rows, form = NOTHING, saved }: FeedsFacts): FeedsPage {
  return {
    head: { title: 'Feeds', noindex: true },
    tabs: adminTabs('Feeds'),
    feeds: rows.map(feedView),
    form,
    formHref: paths.adminFeeds(),
    newsHref: paths.incoming(),
    logHref: paths.moderationLog(),
    done: DONE.get(saved) ?? '',
    longest: { url: LENGTHS.address, title: NEWS.feedTitle },
  };
}

function feedView(row: FeedRow): FeedView {
  const { id, title, url, pausedAt, lastReadAt, lastOkAt, nextReadAt, failures, fault, recent } = row;
  const paused = pausedAt !== null;
  const failing = failures > 0;
  const unread = lastReadAt === null ? 'Not read yet' : 'Working';
  return {
    ...{ title, url, paused, failing },
    newsHref: paths.incoming({ feed: id }),
    formHref: paths.adminFeed(id),
    state: paused ? 'Paused' : failing ? 'Failing' : unread,
    lastRead: lastReadAt && momentView(lastReadAt),
    lastOk: lastOkAt && momentView(lastOkAt),
    next: paused ? null : momentView(nextReadAt),
    failures: failuresText(failures),
    fault: fault ?? '',
    recent: `${counted(recent, 'item', 'items')} in the last 7 days`,
  };
}

function failuresText(failures: number): string {
  if (failures === 0) return '';
  return failures === 1 ? 'The last reading failed' : `${failures} readings in a row failed`;
}
