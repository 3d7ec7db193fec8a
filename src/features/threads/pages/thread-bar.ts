// The bar above the replies: their order, the way to what is new, folding what has been read, and what came since the page
// was loaded.
import type { PostId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import { REPLY_SORTS, type ReplySort } from '../../../domain/thread.ts';
import { paths, type TopicAddress } from '../../../web/paths.ts';
import { FIRST_NEW } from './thread-context.ts';

interface Link {
  readonly href: string;
  readonly text: string;
}

export interface ThreadBarView {
  readonly sorts: readonly (Link & { readonly current: boolean })[];
  readonly jump: (Link & { readonly since: string }) | null;
  readonly fold: { readonly href: string; readonly folded: boolean } | null;
  /** For the script: where to ask for new replies, and where they are read. */
  readonly live: { readonly askHref: string; readonly href: string };
  /** For visitors, whose browser keeps how far they have read; null for members. */
  readonly marks: { readonly topic: number; readonly newest: number } | null;
  /** For the script: the topic whose place the browser keeps; '' where it may not. */
  readonly placeOf: number | '';
}

/** How the address asks for the replies. */
export interface ThreadAddress {
  readonly sort: ReplySort;
  /** What the viewer gets where the address names no order. */
  readonly preferred: ReplySort;
  readonly since: number | undefined;
  readonly branch: PostId | undefined;
  /** Whether what has been read is folded. */
  readonly folds: boolean;
  /** Where this page begins, as the address has it; undefined on the first. */
  readonly after: string | undefined;
}

export interface ThreadBarFacts extends ThreadAddress {
  readonly topic: TopicAddress;
  /** How many replies of this page are new, in display order. */
  readonly newHere: number;
  /** How many of other pages, and where the first of them is. */
  readonly newElsewhere: number;
  readonly moreNewsHref: string;
  /** The newest post of the topic. */
  readonly newest: number;
  /** The newest post of this page. */
  readonly newestHere: number;
  readonly forVisitor: boolean;
  readonly keepsPlace: boolean;
}

export function threadBar(facts: ThreadBarFacts): ThreadBarView {
  const { topic, sort, newHere, folds, newest } = facts;
  return {
    sorts: REPLY_SORTS.map((name) => ({
      text: SORT_NAMES[name],
      href: `${paths.topic(topic, threadQuery({ ...facts, sort: name, branch: undefined, after: undefined }))}#replies`,
      current: name === sort,
    })),
    jump: jumpOf(facts),
    fold:
      newHere > 0 || folds
        ? {
            href: `${paths.topic(topic, threadQuery({ ...facts, folds: !folds }))}#replies`,
            folded: folds,
          }
        : null,
    live: {
      askHref: paths.newReplies(topic.id, { since: newest }),
      href: `${paths.topic(topic, threadQuery({ ...facts, branch: undefined, after: undefined, folds: false, since: newest }))}#${FIRST_NEW}`,
    },
    placeOf: facts.keepsPlace ? topic.id : '',
    marks: facts.forVisitor ? { topic: topic.id, newest: facts.newestHere } : null,
  };
}

const SORT_NAMES: Record<ReplySort, string> = { best: 'Best', new: 'Newest', old: 'Oldest' };

/** What the address says of the replies; what is as the viewer likes it anyway is not said. */
export function threadQuery({ sort, preferred, since, branch, folds, after }: ThreadAddress) {
  return {
    sort: branch === undefined && sort !== preferred ? sort : undefined,
    branch,
    since,
    fold: folds ? 'read' : undefined,
    after,
  };
}

function jumpOf({ newHere, newElsewhere, moreNewsHref, since }: ThreadBarFacts): ThreadBarView['jump'] {
  const asked = since === undefined ? ' since your last visit' : '';
  if (newHere > 0) return { href: `#${FIRST_NEW}`, text: `${newHere} new`, since: asked };
  if (newElsewhere === 0) return null;
  return { href: moreNewsHref, text: `${atMost(newElsewhere)} new`, since: ' on other pages' };
}

/** More than a page of them are not counted. */
export function atMost(n: number): string {
  return n > PAGES.replies ? `more than ${PAGES.replies}` : String(n);
}
