// The model of the gallery: rows and replies as the real pages make them, and the parts that have no model of their own.
import { identiconOf, type Identicon } from '../../domain/identicon.ts';
import type { PostId } from '../../domain/ids.ts';
import { arrangeThread } from '../../domain/thread.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import { type ChartView, stackedChart } from '../log/pages.ts';
import {
  type ReplyView,
  replyViews,
  type SourceView,
  type TopicRowView,
  topicRow,
} from '../threads/pages.ts';
import { type GalleryItem, queueItems } from './made-up-queue.ts';
import { replies, somebody, topics } from './made-up-rows.ts';

export interface GalleryPage {
  readonly head: Head;
  readonly rows: readonly TopicRowView[];
  readonly replies: readonly ReplyView[];
  readonly sources: readonly SourceView[];
  readonly queue: readonly GalleryItem[];
  readonly person: { readonly name: string; readonly identicon: Identicon };
  readonly chart: ChartView;
  readonly textHtml: SafeHtml;
  readonly digestHtml: SafeHtml;
  readonly identicons: readonly { readonly name: string; readonly identicon: Identicon }[];
  readonly moment: MomentView;
  /** A form that came back. */
  readonly hasErrors: boolean;
  readonly errors: readonly { readonly field: string; readonly error: string }[];
  readonly field: { readonly error: string };
}

type Picture = NonNullable<SourceView['image']>;

declare module '../../web/views.ts' {
  interface Views {
    'dev/gallery': GalleryPage;
  }
}

const NAMES = ['kevin_h', 'marta_l', 'nils_b', 'diana_f', 'ops_lena', 'luisa_p', 'astrid_w', 'lou_asks'];
const ERROR = 'A title has at least 5 characters.';

/** @param picture of the card that has one */
export function galleryPage(
  {
    textHtml,
    digestHtml,
    picture,
  }: Pick<GalleryPage, 'textHtml' | 'digestHtml'> & { readonly picture: Picture },
  now: Date,
): GalleryPage {
  const viewer = somebody(now);
  const topicRows = topics(now);
  return {
    head: { title: 'Gallery', noindex: true },
    rows: topicRows.map(({ row, pinned }) => topicRow(row, viewer, { pinned })),
    replies: replyList(now),
    sources: sources(picture, now),
    queue: queueItems(now),
    person: { name: 'kevin_h', identicon: identiconOf('kevin_h') },
    chart: chart(),
    textHtml,
    digestHtml,
    identicons: NAMES.map((name) => ({ name, identicon: identiconOf(name) })),
    moment: momentView(now),
    hasErrors: true,
    errors: [{ field: 'gallery-title', error: ERROR }],
    field: { error: ERROR },
  };
}

function replyList(now: Date): ReplyView[] {
  const { rows, marks } = replies(now);
  const numbered = (number: number): PostId => number as PostId;
  return replyViews(arrangeThread(rows, { sort: 'old' }), {
    viewer: somebody(now),
    now,
    topic: {
      authorId: rows[0]?.authorId ?? null,
      openingPostId: numbered(999),
      state: 'visible',
      lockedAt: null,
      countsFrom: now,
    },
    foldsModelWritten: true,
    news: new Map([
      [numbered(4), numbered(11)],
      [numbered(11), undefined],
    ]),
    moreNewsHref: '',
    folded: new Set([numbered(12)]),
    rows: new Map(rows.map((row) => [row.id, row])),
    marks,
    oversized: new Set([numbered(14)]),
    branchHref: (id) => paths.post(id),
  });
}

function chart(): ChartView {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];
  const series = [
    { name: 'Rule 1', values: [12, 9, 14, 20, 11, 7] },
    { name: 'Rule 2', values: [3, 6, 2, 8, 5, 4] },
    { name: 'Rule 3', values: [0, 2, 1, 0, 3, 1] },
    { name: 'Rule 4', values: [1, 0, 4, 2, 2, 0] },
    { name: 'No rule', values: [2, 3, 1, 5, 0, 2] },
  ];
  return stackedChart(months, series, 'Decisions a month by rule: most in April, 35.');
}

function sources(picture: Picture, now: Date): SourceView[] {
  const card: SourceView = {
    anchor: 's1',
    title: 'What grid operators say of the queue',
    href: 'https://gridledger.example/a',
    publisher: 'Grid Ledger',
    host: 'gridledger.example',
    hostHref: paths.site('gridledger.example'),
    published: momentView(now),
    added: null,
    author: 'Ada Writer',
    role: 'Primary source',
    language: '',
    paywall: false,
    dead: false,
    wrapper: false,
    archiveHref: 'https://archive.example/a',
    description:
      'A few sentences of the article, as it describes itself, so that a reader knows what waits there.',
    image: null,
    earlierHeadline: '',
    also: [{ title: 'An earlier topic on the same article', href: '#s1', posted: momentView(now) }],
    changeHref: '#s1',
    flagHref: '#s1',
  };
  const bare = { ...card, description: '', archiveHref: '', also: [] };
  return [
    card,
    { ...card, anchor: 's5', title: 'One that came with a picture', image: picture, also: [] },
    {
      ...bare,
      anchor: 's2',
      role: 'Analysis',
      language: 'German',
      paywall: true,
      earlierHeadline: 'What it said',
    },
    { ...bare, anchor: 's3', title: 'A link that leads nowhere', dead: true, publisher: '', published: null },
    { ...bare, anchor: 's4', title: 'news.example', wrapper: true, publisher: '', author: '' },
  ];
}
