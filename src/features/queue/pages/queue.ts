// The moderators' queue: tabs with their counts, filters, the items, and what can be done with several at once.
import { FLAG_REASONS } from '../../../domain/flags.ts';
import type { QueueItemId } from '../../../domain/ids.ts';
import type { QueueItemKind } from '../../../db/schema/index.ts';
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import { withRule } from '../../../domain/actions.ts';
import { DECISIONS, type DecisionName } from '../../../domain/decisions.ts';
import { spellDuration } from '../../../domain/times.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { emptyDecision } from '../forms.ts';
import { isFiltered, QUEUE_TABS, queryOfView, type QueueTab, type QueueView, TAB_KINDS } from '../filters.ts';
import type { ItemRow, QueueCounts } from '../queries/list.ts';
import { type DoneFacts, type DoneView, doneView } from './done.ts';
import { itemView, type ItemContext, type ItemView } from './item.ts';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

export interface QueuePage {
  readonly head: Head;
  readonly intro: string;
  readonly tabs: readonly {
    readonly name: string;
    readonly href: string;
    readonly count: string;
    readonly current: boolean;
  }[];
  /** '' while nothing waits. */
  readonly median: string;
  readonly done: DoneView | null;
  readonly filters: {
    readonly tab: string;
    readonly sections: readonly Option[];
    readonly reasons: readonly Option[];
    readonly claimed: readonly Option[];
    readonly orders: readonly Option[];
    readonly by: string;
    readonly open: boolean;
    readonly resetHref: string;
  };
  readonly bulk: {
    readonly href: string;
    readonly next: string;
    readonly allHref: string;
    readonly decisions: readonly Option[];
    readonly reasons: readonly Option[];
  };
  readonly claimsHref: string;
  readonly items: readonly ItemView[];
  readonly empty: string;
  readonly shown: string;
  readonly firstHref: string;
  readonly nextHref: string;
  readonly logHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'queue/queue': QueuePage;
  }
}

const TABS: Readonly<Record<QueueTab, { readonly name: string; readonly empty: string }>> = {
  all: { name: 'All', empty: 'Nothing waits. Enjoy the quiet.' },
  flagged: { name: 'Flagged', empty: 'Nothing is flagged. Enjoy the quiet.' },
  held: { name: 'Awaiting approval', empty: 'Nothing awaits approval.' },
  appeals: { name: 'Appeals', empty: 'No appeals, and nothing that needs a second moderator.' },
  suggestions: {
    name: 'Links & suggestions',
    empty: 'Nobody suggests anything, and every link has its publisher.',
  },
  watched: { name: 'Watched words', empty: 'No watched word or domain was found.' },
  newcomers: { name: 'Newcomers', empty: 'Nobody signed up where a suspended member was.' },
};

export interface QueueFacts extends Pick<ItemContext, 'viewer' | 'now' | 'around'> {
  readonly view: QueueView;
  readonly counts: QueueCounts;
  readonly rows: readonly ItemRow[];
  readonly sections: readonly { readonly slug: string; readonly name: string }[];
  readonly reasons: readonly CannedReason[];
  /** The item to go on with; undefined for the first. */
  readonly current: QueueItemId | undefined;
  readonly allChosen: boolean;
  readonly done: DoneFacts;
  /** Cursor of this page; undefined on the first one. */
  readonly after: string | undefined;
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

export function queuePage(facts: QueueFacts): QueuePage {
  const { viewer, now, view, counts, rows, around, after, next, current } = facts;
  const href = (changes: Partial<QueueView>, more: Readonly<Record<string, string | undefined>> = {}) =>
    paths.queue({ ...queryOfView({ ...view, ...changes }), ...more });
  const here = href({}, { after });
  const total = sumOf(counts, view.tab);
  const known =
    rows.find(({ id }) => id === current) ??
    rows.find(({ claimedById, taken }) => claimedById === viewer.id && !taken) ??
    rows[0];
  const { medianOpenedAt } = counts;
  return {
    head: { title: 'Moderation queue', noindex: true },
    intro: view.order === 'heaviest' ? 'Heaviest unclaimed first.' : 'Oldest unclaimed first.',
    tabs: QUEUE_TABS.map((tab) => ({
      name: TABS[tab].name,
      href: href({ tab }),
      count: sumOf(counts, tab).toLocaleString('en-GB'),
      current: tab === view.tab,
    })),
    median:
      medianOpenedAt === null ? '' : spellDuration(Math.max(0, now.getTime() - medianOpenedAt.getTime())),
    done: doneView(facts.done, viewer),
    filters: { ...filtersOf(facts), resetHref: paths.queue({ tab: queryOfView(view).tab }) },
    bulk: {
      href: paths.queueBulk(),
      next: here,
      allHref: href({}, { after, select: 'all' }),
      ...bulkOf(facts),
    },
    claimsHref: paths.queueClaims(),
    items: rows.map((row) =>
      itemView(row, {
        ...{ viewer, now, here, around },
        form: emptyDecision,
        prefix: `q${row.id}-`,
        current: row === known,
        chosen: facts.allChosen ? 'yes' : 'no',
        alone: false,
      }),
    ),
    empty: isFiltered(view) ? 'Nothing here is as you look for it.' : TABS[view.tab].empty,
    shown: isFiltered(view)
      ? counted(rows.length, 'item', 'items')
      : `${rows.length} of ${total.toLocaleString('en-GB')}`,
    firstHref: after === undefined ? '' : href({}),
    nextHref: next === undefined ? '' : href({}, { after: next }),
    logHref: paths.moderationLog(),
  };
}

function sumOf({ byKind }: QueueCounts, tab: QueueTab): number {
  return TAB_KINDS[tab].reduce((sum: number, kind: QueueItemKind) => sum + (byKind[kind] ?? 0), 0);
}

function filtersOf({ view, sections }: QueueFacts): Omit<QueuePage['filters'], 'resetHref'> {
  const options = (chosen: string | undefined, all: readonly (readonly [string, string])[]): Option[] =>
    all.map(([value, label]) => ({ value, label, selected: value === (chosen ?? '') }));
  return {
    tab: queryOfView(view).tab ?? '',
    sections: options(view.section, [
      ['', 'All sections'],
      ...sections.map(({ slug, name }) => [slug, name] as const),
    ]),
    reasons: options(view.reason, [
      ['', 'Any reason'],
      ...FLAG_REASONS.map(({ reason, label }) => [reason, label] as const),
    ]),
    claimed: options(view.claimed, [
      ['anyone', 'Anyone’s'],
      ['free', 'Nobody’s'],
      ['mine', 'Mine'],
    ]),
    orders: options(view.order, [
      ['oldest', 'Oldest first'],
      ['heaviest', 'Heaviest first'],
    ]),
    by: view.by ?? '',
    open: isFiltered(view) || view.order !== 'oldest',
  };
}

const ABOUT_POSTS: readonly DecisionName[] = ['keep', 'hide'];
const ABOUT_HELD: readonly DecisionName[] = ['approve', 'refuse'];
const AT_ONCE: Readonly<Record<QueueTab, readonly DecisionName[]>> = {
  all: [...ABOUT_POSTS, ...ABOUT_HELD],
  flagged: ABOUT_POSTS,
  held: ABOUT_HELD,
  appeals: [],
  suggestions: ['dismiss'],
  watched: ABOUT_POSTS,
  newcomers: ['keep'],
};

function bulkOf({ view, reasons }: QueueFacts): Pick<QueuePage['bulk'], 'decisions' | 'reasons'> {
  const decisions = AT_ONCE[view.tab].map((name) => ({
    ...{ value: name, label: DECISIONS[name].label, selected: false },
  }));
  const explained = AT_ONCE[view.tab].some((name) => DECISIONS[name].needsReason);
  return {
    decisions: [...decisions, { value: 'release', label: 'Release claims', selected: false }],
    reasons: explained
      ? reasons.map(({ text, rule }) => ({ value: text, label: withRule(text, rule), selected: false }))
      : [],
  };
}
