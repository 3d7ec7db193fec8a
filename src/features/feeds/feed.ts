// A feed before it has a format: what Atom and JSON Feed both say, with absolute addresses throughout.
import { escapeHtml, type SafeHtml } from '../../lib/html.ts';
import { type FeedBase, paths } from '../../web/paths.ts';
import type { Site } from '../../web/site.ts';

export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  /** The page it follows. */
  readonly href: string;
  readonly atomHref: string;
  readonly jsonHref: string;
  readonly updated: Date;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** The same for good, whatever the title, the slug or the text become. */
  readonly id: string;
  readonly title: string;
  /** The discussion, the reply, or the decision. */
  readonly href: string;
  /** The article; undefined for what has none. */
  readonly sourceHref: string | undefined;
  readonly author: { readonly name: string; readonly href: string | undefined };
  /** Its section, its tags, and what its author marked it as; none for what belongs to no section. */
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
  /** Of a reply: what it answers. */
  readonly inReplyTo?: { readonly id: string; readonly href: string };
  /** Of a topic: the feed of its replies. */
  readonly repliesHref?: string;
  readonly published: Date;
  /** The last change of what stands in it. Replies to it change nothing: readers would show it as new again. */
  readonly updated: Date;
  readonly contentHtml: SafeHtml;
}

/** Beside the section, so that a reader can filter what its author marked as such. */
const MODEL_WRITTEN = { slug: 'written-with-a-model', name: 'Written with a model' } as const;

/** The year in every id (RFC 4151 wants a date at which the name was ours); an empty feed was last changed then. */
const ID_YEAR = 2026;

/** What a feed follows. */
export interface Followed {
  /** In the feed's id, the same for good. */
  readonly id: string;
  /** What its addresses begin with. */
  readonly path: FeedBase;
  /** What its addresses end with. */
  readonly query?: Readonly<Record<string, string>>;
  /** '' for the whole forum. */
  readonly name: string;
  /** '' for the forum's tagline. */
  readonly description: string;
  /** The page of it. */
  readonly href: string;
}

/** A feed of entries, in their order. */
export function feedWith(
  { settings: { name, tagline } }: Pick<Site, 'settings'>,
  follows: Followed,
  entries: readonly FeedEntry[],
  siteUrl: string,
): Feed {
  const { id, path, query, href } = follows;
  return {
    id: tagUri(siteUrl, id),
    title: follows.name === '' ? name : `${name}: ${follows.name}`,
    subtitle: follows.name === '' ? tagline : follows.description,
    href: siteUrl + href,
    atomHref: siteUrl + paths.atomFeed(path, query),
    jsonHref: siteUrl + paths.jsonFeed(path, query),
    updated: latest(
      new Date(Date.UTC(ID_YEAR)),
      entries.map(({ updated }) => updated),
    ),
    entries,
  };
}

/** The latest of some moments, the first of which there is. */
export function latest(first: Date, others: readonly (Date | null)[]): Date {
  return new Date(Math.max(first.getTime(), ...others.map((moment) => moment?.getTime() ?? 0)));
}

/** What a topic or a reply says of itself beside its text. */
export function authorAndCategories(
  post: {
    readonly authorName: string | null;
    readonly modelWritten: boolean;
    readonly section: FeedEntry['categories'][number];
    readonly tags?: FeedEntry['categories'];
  },
  siteUrl: string,
): Pick<FeedEntry, 'author' | 'categories'> {
  const { authorName: name, modelWritten, section, tags = [] } = post;
  return {
    author:
      name === null
        ? { name: 'a former member', href: undefined }
        : { name, href: siteUrl + paths.member(name) },
    categories: [section, ...tags, ...(modelWritten ? [MODEL_WRITTEN] : [])],
  };
}

/** Sanitised HTML in which links to places on the site and on the page lead there from anywhere. */
export function absolute(html: SafeHtml, siteUrl: string, href: string): string {
  // Quotes and angle brackets are escaped inside attributes, so what looks like one between "<a" and ">" is one.
  return html.replace(
    /(<a\b[^>]*? href=")([/#])/g,
    (_link, before: string, first: string) => before + escapeHtml(first === '#' ? href : siteUrl) + first,
  );
}

/** What names something for good (RFC 4151). */
export function tagUri(siteUrl: string, specific: string): string {
  return `tag:${new URL(siteUrl).hostname},${ID_YEAR}:${specific}`;
}
