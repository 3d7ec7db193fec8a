// The search page: the form as it was asked, what was understood, and what was found or what to ask instead.
import { type Filter, writeQuery } from '../../domain/search-query.ts';
import { type Field, formOf } from '../../web/forms.ts';
import { counted } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import { type Length, MOST_CHARACTERS, type Order, type Place, PLACES, type Search } from './forms.ts';
import type { Highlights } from './highlights.ts';
import { resultView, type ResultView } from './pages/result.ts';
import type { FoundPost } from './queries/found.ts';
import type { Namesake } from './queries/namesakes.ts';
import type { Understood } from './understanding.ts';

/** What was typed, and what the fields beside it say. */
interface Meanings {
  readonly typed: readonly Understood[];
  readonly fields: readonly Understood[];
}

export interface FoundOutcome {
  readonly kind: 'found';
  readonly understood: Meanings;
  readonly order: Order;
  readonly posts: readonly (FoundPost & Highlights)[];
  /** Undefined: not counted. */
  readonly total: number | undefined;
  /** There may be more than the total, but only the newest were looked at. */
  readonly capped: boolean;
  readonly continued: boolean;
  readonly next: string | undefined;
  /** There are words to rank by. */
  readonly ranks: boolean;
  /** There were words, all of them too common. */
  readonly ignored: boolean;
  readonly namesake: Namesake | undefined;
  /** What was probably meant, as it would be typed. */
  readonly correction: string | undefined;
}

export type SearchOutcome =
  | { readonly kind: Exclude<Length, 'fitting'> | 'slow' }
  | { readonly kind: 'common'; readonly understood: Meanings }
  | FoundOutcome;

interface Option {
  readonly value: string;
  readonly name: string;
  readonly selected: boolean;
}

interface Link {
  readonly name: string;
  readonly href: string;
}

export interface SearchPage {
  readonly head: Head;
  readonly heading: string;
  readonly words: Field;
  readonly mostCharacters: number;
  readonly places: readonly Option[];
  readonly sections: readonly Option[];
  readonly by: string;
  /** For the form: the order chosen before, and the topic, stay. '' for none. */
  readonly sort: string;
  readonly topic: string;
  /** What operators were understood as, each with the search without it. */
  readonly chips: readonly Link[];
  /** What was not understood, or that there is no such thing. */
  readonly faults: readonly string[];
  readonly tabs: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  /** "43 results"; '' where nobody counted. */
  readonly count: string;
  readonly namesakes: readonly (Link & { readonly kind: string })[];
  readonly correction: Link | null;
  readonly results: readonly ResultView[];
  /** What is said of all results; '' for nothing. */
  readonly notice: string;
  /** What is said in their place; '' when there are some, or when the field says it. */
  readonly empty: string;
  /** The same words without section, author, place and topic; '' when nothing narrows the search. */
  readonly widerHref: string;
  readonly order: string;
  readonly firstHref: string;
  readonly nextHref: string;
}
declare module '../../web/views.ts' {
  interface Views {
    'search/results': SearchPage;
  }
}

const PLACE_NAMES: Record<Place, string> = {
  all: 'Topics and replies',
  topics: 'Topics',
  replies: 'Replies',
};
const TABS: Record<Order, string> = { relevance: 'Relevance', new: 'Newest', place: 'As it was said' };
const ORDER_NAMES: Record<Order, string> = {
  relevance: 'Best matches first',
  new: 'Newest first',
  place: 'Oldest first',
};

const INSTEAD = {
  empty: 'Give a few words that stand in a title or in a text.',
  short: 'Give at least two characters.',
  // Said beside the field.
  long: '',
  slow: 'That search took too long. Add a word that fewer texts have, or an operator such as after:2026.',
  common: 'These words are too common to look for, or are none. Add one that fewer texts have.',
  found: 'Nothing matches. Try fewer words, or other words for the same thing.',
} as const satisfies Record<SearchOutcome['kind'], string>;

export function searchPage(
  search: Search,
  sections: readonly { readonly slug: string; readonly name: string }[],
  outcome: SearchOutcome,
): SearchPage {
  const { words, place, section, by, topic } = search;
  const found = outcome.kind === 'found' ? outcome : undefined;
  const meanings = 'understood' in outcome ? outcome.understood : { typed: [], fields: [] };
  const results = found ? found.posts.map(resultView) : [];
  const nextHref = found?.next === undefined ? '' : address(search, { after: found.next });
  const narrowed = place !== 'all' || section !== undefined || by !== '' || topic !== undefined;
  const order = found?.order ?? search.order;
  const tooLong = `A search has at most ${MOST_CHARACTERS} characters.`;
  return {
    head: {
      title: words === '' ? 'Search' : `Search: ${words}`,
      noindex: true,
      section: 'none',
      ...(nextHref !== '' && { next: nextHref }),
    },
    heading: words === '' ? 'Search' : `Search results for “${words}”`,
    words: formOf({ words }, { words: outcome.kind === 'long' ? tooLong : undefined }).fields.words,
    mostCharacters: MOST_CHARACTERS,
    places: PLACES.map((value) => ({ value, name: PLACE_NAMES[value], selected: value === place })),
    sections: [
      { value: '', name: 'All sections', selected: section === undefined },
      ...sections.map(({ slug, name }) => ({ value: slug, name, selected: slug === section })),
    ],
    by,
    sort: search.order === 'relevance' ? '' : search.order,
    topic: topic === undefined ? '' : String(topic),
    chips: chipsOf(search, meanings),
    faults: faultsOf(search, meanings, found?.ignored === true),
    tabs: found?.ranks && results.length > 0 ? tabsOf(search, found) : [],
    count: found?.total === undefined ? '' : countOf(found.total, found.capped),
    namesakes: namesakesOf(found?.namesake),
    correction: found?.correction === undefined ? null : correctionOf(search, found.correction),
    results,
    notice: found?.capped
      ? `Many texts match, and the newest ${(found.total ?? 0).toLocaleString('en-GB')} are ranked here. Add a word to narrow them down, or sort by Newest to see all.`
      : '',
    empty: results.length > 0 ? '' : found?.continued ? 'There are no more results.' : INSTEAD[outcome.kind],
    widerHref: found && results.length === 0 && narrowed ? address(widened(search)) : '',
    order: ORDER_NAMES[order],
    firstHref: found?.continued ? address(search) : '',
    nextHref,
  };
}

function chipsOf(search: Search, { typed, fields }: Meanings): Link[] {
  const without = (gone: Filter) => ({
    ...search.query,
    filters: search.query.filters.filter((each) => each !== gone),
  });
  return [
    ...typed.map(({ label, filter }) => ({
      name: label,
      href: address({ ...search, words: writeQuery(without(filter)) }),
    })),
    // The other fields show themselves what they narrow to.
    ...fields
      .filter(({ filter }) => filter.name === 'topic')
      .map(({ label }) => ({
        name: label,
        href: address({ ...search, topic: undefined, order: 'relevance' }),
      })),
  ];
}

function faultsOf({ query }: Search, { typed, fields }: Meanings, ignored: boolean): string[] {
  const absent = [...typed, ...fields].map(({ fault }) => fault).filter((fault) => fault !== '');
  return [
    ...query.faults,
    ...absent,
    ...(ignored ? ['The words are too common to look for, so they were left out.'] : []),
  ];
}

function tabsOf(search: Search, { order, understood }: FoundOutcome): SearchPage['tabs'] {
  const inside = [...understood.typed, ...understood.fields].some(
    ({ filter }) => filter.name === 'topic' && !filter.excluded,
  );
  const orders: readonly Order[] = inside ? ['relevance', 'new', 'place'] : ['relevance', 'new'];
  return orders.map((name) => ({
    name: TABS[name],
    href: address({ ...search, order: name }),
    current: name === order,
  }));
}

function namesakesOf(namesake: Namesake | undefined): SearchPage['namesakes'] {
  const { tag, member } = namesake ?? {};
  return [
    ...(tag ? [{ kind: 'Tag', name: tag.name, href: paths.tag(tag.slug) }] : []),
    ...(member === undefined ? [] : [{ kind: 'Member', name: member, href: paths.member(member) }]),
  ];
}

/** The corrected words, with the operators that were typed. */
function correctionOf(search: Search, correction: string): Link {
  const operators = writeQuery({ text: [], filters: search.query.filters });
  const words = operators === '' ? correction : `${correction} ${operators}`;
  return { name: words, href: address({ ...search, words }) };
}

function widened(search: Search): Search {
  return { ...search, place: 'all', section: undefined, by: '', topic: undefined };
}

function countOf(total: number, capped: boolean): string {
  return capped ? `${total.toLocaleString('en-GB')} results or more` : counted(total, 'result', 'results');
}

/** What is as usual has no place in the address. */
function address({ words, place, section, by, topic, order }: Search, more: { after?: string } = {}): string {
  return paths.search({
    q: words,
    in: place === 'all' ? undefined : place,
    section,
    by: by === '' ? undefined : by,
    topic,
    sort: order === 'relevance' ? undefined : order,
    ...more,
  });
}
