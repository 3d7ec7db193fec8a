// What somebody asks for on the search page, read from its address.
import { countCharacters } from '../../domain/check.ts';
import { readId, type TopicId } from '../../domain/ids.ts';
import { type Filter, type ReadQuery, readQuery } from '../../domain/search-query.ts';
import { formBody, readLine } from '../../web/forms.ts';

export const PLACES = ['all', 'topics', 'replies'] as const;
/** Topics are found by their title, tags, sources and opening text, replies by their text. */
export type Place = (typeof PLACES)[number];

/** By relevance, newest first, or (inside one topic) in the order in which things were said. */
const ORDERS = ['relevance', 'new', 'place'] as const;
export type Order = (typeof ORDERS)[number];

export interface Search {
  /** As typed. */
  readonly words: string;
  readonly query: ReadQuery;
  readonly place: Place;
  /** Slug of the only section to look in; undefined for all of them. */
  readonly section: string | undefined;
  /** Name of the only author to look for, as typed; '' for anyone. */
  readonly by: string;
  /** The only topic to look in. */
  readonly topic: TopicId | undefined;
  readonly order: Order;
}

/** A question longer than a headline is a text. The bound also keeps each word within what PostgreSQL takes (2,046 bytes). */
export const MOST_CHARACTERS = 200;
/** One letter stands in nearly every text. */
const FEWEST_CHARACTERS = 2;

/** Reads a search from a query string. What is not on offer, such as a section that has gone, narrows nothing. */
export function readSearch(query: unknown, sections: readonly { readonly slug: string }[]): Search {
  const fields = formBody(query);
  const read = (name: string) => readLine(fields, name);
  const words = read('q');
  return {
    words,
    query: readQuery(lengthOf(words) === 'long' ? '' : words),
    place: PLACES.find((place) => place === read('in')) ?? 'all',
    section: sections.find(({ slug }) => slug === read('section'))?.slug,
    by: read('by'),
    topic: readId<TopicId>(read('topic')),
    order: ORDERS.find((order) => order === read('sort')) ?? 'relevance',
  };
}

/** What the fields beside the words narrow the search to, as operators would. */
export function fieldFilters({ place, section, by, topic }: Search): Filter[] {
  const filter = (name: Filter['name'], value: string): Filter => ({ name, value, excluded: false });
  return [
    ...(place === 'all' ? [] : [filter('is', place === 'topics' ? 'topic' : 'reply')]),
    ...(section === undefined ? [] : [filter('section', section)]),
    ...(by === '' ? [] : [filter('author', by)]),
    ...(topic === undefined ? [] : [filter('topic', String(topic))]),
  ];
}

export type Length = 'empty' | 'short' | 'fitting' | 'long';

/** Whether there is enough to look for, and not too much. */
export function lengthOf(words: string): Length {
  const characters = countCharacters(words);
  if (characters === 0) return 'empty';
  if (characters < FEWEST_CHARACTERS) return 'short';
  return characters > MOST_CHARACTERS ? 'long' : 'fitting';
}
