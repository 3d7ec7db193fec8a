// The search page: the form as it was asked, and what was found or what to ask instead.
import type { SafeHtml } from '../../lib/html.ts';
import { type Field, formOf } from '../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import {
  type Length,
  MOST_CHARACTERS,
  type Order,
  ORDERS,
  type Place,
  PLACES,
  type Search,
} from './forms.ts';
import type { Highlights } from './highlights.ts';
import type { FoundPost, Sense } from './queries.ts';

export type SearchOutcome =
  | { readonly kind: Exclude<Length, 'fitting'> | Exclude<Sense, 'searchable'> }
  | {
      readonly kind: 'found';
      readonly posts: readonly (FoundPost & Highlights)[];
      /** Undefined: not counted. */
      readonly total: number | undefined;
      /** There may be more than the total, but only the newest were looked at. */
      readonly capped: boolean;
      readonly continued: boolean;
      readonly next: string | undefined;
    };

interface Option {
  readonly value: string;
  readonly name: string;
  readonly selected: boolean;
}

export interface ResultView {
  readonly href: string;
  readonly titleHtml: SafeHtml;
  readonly section: { readonly name: string; readonly href: string };
  /** "Topic" or "Reply". */
  readonly kind: string;
  readonly author: { readonly name: string; readonly href: string } | null;
  readonly posted: MomentView;
  readonly upvotes: string;
  /** '' for a reply. */
  readonly replies: string;
  readonly excerptHtml: SafeHtml;
}

export interface SearchPage {
  readonly head: Head;
  readonly heading: string;
  readonly words: Field;
  readonly mostCharacters: number;
  readonly places: readonly Option[];
  readonly sections: readonly Option[];
  readonly by: string;
  /** For the form: the order chosen before stays. '' for the usual one. */
  readonly sort: string;
  readonly tabs: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  /** "43 results"; '' where nobody counted. */
  readonly count: string;
  readonly results: readonly ResultView[];
  /** What is said of all results; '' for nothing. */
  readonly notice: string;
  /** What is said in their place; '' when there are some, or when the field says it. */
  readonly empty: string;
  /** The same words without section, author and place; '' when nothing narrows the search. */
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
const TABS: Record<Order, string> = { relevance: 'Relevance', new: 'Newest' };
const ORDER_NAMES: Record<Order, string> = { relevance: 'Best matches first', new: 'Newest first' };

const INSTEAD = {
  empty: 'Give a few words that stand in a title or in a text.',
  short: 'Give at least two characters.',
  // Said beside the field.
  long: '',
  common: 'These words are too common to look for, or are none. Add one that fewer texts have.',
  negative: 'This says only what to leave out. Add a word to look for.',
  found: 'Nothing matches. Try fewer words, or other words for the same thing.',
} as const satisfies Record<SearchOutcome['kind'], string>;

export function searchPage(
  search: Search,
  sections: readonly { readonly slug: string; readonly name: string }[],
  outcome: SearchOutcome,
): SearchPage {
  const { words, place, section, by, order } = search;
  const found = outcome.kind === 'found' ? outcome : undefined;
  const results = found ? found.posts.map(resultView) : [];
  const nextHref = found?.next === undefined ? '' : address(search, { after: found.next });
  const narrowed = place !== 'all' || section !== undefined || by !== '';
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
    sort: order === 'relevance' ? '' : order,
    tabs: found
      ? ORDERS.map((name) => ({
          name: TABS[name],
          href: address({ ...search, order: name }),
          current: name === order,
        }))
      : [],
    count: found?.total === undefined ? '' : countOf(found.total, found.capped),
    results,
    notice: found?.capped
      ? `Many texts match, and the newest ${(found.total ?? 0).toLocaleString('en-GB')} are ranked here. Add a word to narrow them down, or sort by Newest to see all.`
      : '',
    empty: results.length > 0 ? '' : found?.continued ? 'There are no more results.' : INSTEAD[outcome.kind],
    widerHref:
      found && results.length === 0 && narrowed
        ? address({ words, order, place: 'all', section: undefined, by: '' })
        : '',
    order: ORDER_NAMES[order],
    firstHref: found?.continued ? address(search) : '',
    nextHref,
  };
}

function countOf(total: number, capped: boolean): string {
  return capped ? `${total.toLocaleString('en-GB')} results or more` : counted(total, 'result', 'results');
}

/** What is as usual has no place in the address. */
function address({ words, place, section, by, order }: Search, more: { after?: string } = {}): string {
  return paths.search({
    q: words,
    in: place === 'all' ? undefined : place,
    section,
    by: by === '' ? undefined : by,
    sort: order === 'relevance' ? undefined : order,
    ...more,
  });
}

function resultView(post: FoundPost & Highlights): ResultView {
  const { isReply, authorName, titleHtml, excerptHtml } = post;
  return {
    href: isReply ? paths.post(post.id) : paths.topic({ id: post.topicId, slug: post.slug }),
    titleHtml,
    section: { name: post.sectionName, href: paths.section(post.sectionSlug) },
    kind: isReply ? 'Reply' : 'Topic',
    author: authorName === null ? null : { name: authorName, href: paths.member(authorName) },
    posted: momentView(post.postedAt),
    upvotes: counted(post.score, 'upvote', 'upvotes'),
    replies: isReply ? '' : counted(post.replyCount, 'reply', 'replies'),
    excerptHtml,
  };
}
