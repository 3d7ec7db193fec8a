// What the page of a list is made from, and the addresses of its other views: the same list in another order, narrowed, or
// further on.
import type { PageSize } from '../../../domain/appearance.ts';
import type { FollowLevel } from '../../../domain/following.ts';
import type { PostId } from '../../../domain/ids.ts';
import type { Period } from '../../../domain/periods.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { type ListName, paths } from '../../../web/paths.ts';
import type { FirstStepsView } from '../../site/pages.ts';
import type { TagDetails } from '../../tags/index.ts';
import type { WantedTag } from '../list-query.ts';
import type { Chosen } from '../queries/list-filter.ts';
import type { TopicRow } from '../queries/topic-rows.ts';
import type { Side } from '../queries/side.ts';
import type { SiteFacts } from '../queries/sites.ts';

interface Listed {
  readonly name: string;
  readonly description: string;
  readonly slug: string;
  /** What the viewer has chosen to hear of it. */
  readonly level: FollowLevel | null;
}

/** What a list is of. */
export type ListOf =
  | (Listed & { readonly kind: 'section' })
  | (Listed & { readonly kind: 'tag'; readonly tag: TagDetails })
  | (Listed & { readonly kind: 'site'; readonly site: SiteFacts })
  | { readonly kind: 'chosen'; readonly chosen: Chosen };

export interface TopicListFacts {
  readonly viewer: Viewer;
  readonly siteName: string;
  readonly tagline: string;
  readonly list: ListName;
  /** What the viewer gets where an address names no list. */
  readonly preferred: ListName;
  /** How far back the list reaches. */
  readonly period: Period;
  readonly tags: readonly (WantedTag & { readonly known: boolean })[];
  readonly tooManyTags: boolean;
  /** Topics on a page: as the address says, undefined where it says nothing, and as it is. */
  readonly per: PageSize | undefined;
  readonly pageSize: PageSize;
  /** Undefined: of the whole forum. */
  readonly of: ListOf | undefined;
  readonly pinned: readonly TopicRow[];
  readonly rows: readonly TopicRow[];
  /** The newest opening post of the forum; null: there is none. */
  readonly newest: PostId | null;
  readonly after: string | undefined;
  readonly next: string | undefined;
  readonly side: Side | undefined;
  /** The page that people come to first, as it comes. */
  readonly front: boolean;
  /** For the admin of a new forum. */
  readonly firstSteps: FirstStepsView | null;
}

/** What an address says besides which list. */
interface View {
  readonly list?: ListName;
  readonly period?: Period;
  readonly tags?: readonly WantedTag[];
  readonly per?: PageSize | undefined;
  readonly after?: string | undefined;
}

/** The address of a list as it is shown, but for what is to be another; a place in it is not carried along. */
export function listAddress(facts: TopicListFacts, view: View = {}): string {
  const { list = facts.list, tags = facts.tags, after } = view;
  return addressOf(facts, list, {
    ...reach(list, view.period ?? carriedPeriod(facts, list)),
    tag: tags.map(({ slug, without }) => (without ? `-${slug}` : slug)),
    per: 'per' in view ? view.per : facts.per,
    after,
  });
}

/** What every view of the list has, whatever it is narrowed to. */
export function plainAddress(facts: TopicListFacts): string {
  const { list, period } = facts;
  return addressOf(facts, list, list === 'top' ? reach(list, period) : {});
}

type Query = Parameters<typeof paths.tags>[0];

function addressOf({ of, preferred }: TopicListFacts, list: ListName, query: Query): string {
  const sorted = { sort: list === preferred ? undefined : list, ...query };
  if (!of) return list === 'hot' ? paths.list('hot', sorted) : paths.list(list, query);
  if (of.kind === 'chosen') return CHOSEN_PATHS[of.chosen](sorted);
  return { section: paths.section, tag: paths.tag, site: paths.site }[of.kind](of.slug, sorted);
}

const CHOSEN_PATHS: Readonly<Record<Chosen, (query: Query) => string>> = {
  followed: paths.followed,
  unread: paths.unread,
  'second-chance': paths.secondChance,
};

function reach(list: ListName, period: Period): Query {
  if (list === 'top') return { t: period === 'week' ? undefined : period };
  return { age: period === 'all' ? undefined : period };
}

/** A span chosen in one order holds in the others; the week that the top list has by itself was not chosen. */
function carriedPeriod({ list, period }: TopicListFacts, wanted: ListName): Period {
  if (list === 'top' && wanted !== 'top') return period === 'week' ? 'all' : period;
  return list !== 'top' && wanted === 'top' && period === 'all' ? 'week' : period;
}
