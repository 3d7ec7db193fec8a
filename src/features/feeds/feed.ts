// A feed before it has a format: what Atom and JSON Feed both say, with absolute addresses throughout.
import { escapeHtml, type SafeHtml } from '../../lib/html.ts';
import { paths } from '../../web/paths.ts';
import type { Site } from '../../web/site.ts';
import type { TagDetails } from '../tags/index.ts';
import { tagFeedBase } from '../tags/pages.ts';
import type { FeedTopic } from './queries.ts';

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
  /** The discussion, or the decision. */
  readonly href: string;
  /** The article; undefined for a topic without one. */
  readonly sourceHref: string | undefined;
  readonly author: { readonly name: string; readonly href: string | undefined };
  /** Its section, and what its author marked it as; none for what belongs to no section. */
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
  readonly published: Date;
  /** The last change of the opening post or the title. Replies change nothing here: readers would show it as new again. */
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
  readonly path: '' | `/${string}`;
  /** '' for the whole forum. */
  readonly name: string;
  /** '' for the forum's tagline. */
  readonly description: string;
  /** The page of it. */
  readonly href: string;
}

export const WHOLE_FORUM: Followed = {
  id: 'topics',
  path: '',
  name: '',
  description: '',
  href: paths.list('new'),
};

export function ofSection({ id, slug, name, description }: Site['sections'][number]): Followed {
  return { id: `section/${id}`, path: `/s/${slug}`, name, description, href: paths.section(slug) };
}

export function ofSite(host: string): Followed {
  const description = `Topics with an article from ${host}`;
  return { id: `site/${host}`, path: `/site/${host}`, name: host, description, href: paths.site(host) };
}

export function ofTag({ id, slug, name, description }: TagDetails): Followed {
  return { id: `tag/${id}`, path: tagFeedBase(slug), name, description, href: paths.tag(slug) };
}

/** A feed of the newest topics of what it follows. */
export function feedOf(
  site: Pick<Site, 'settings'>,
  follows: Followed,
  topics: readonly FeedTopic[],
  siteUrl: string,
): Feed {
  return feedWith(
    site,
    follows,
    topics.map((topic) => entryOf(topic, siteUrl)),
    siteUrl,
  );
}

/** A feed of entries that are made already. */
export function feedWith(
  { settings: { name, tagline } }: Pick<Site, 'settings'>,
  follows: Followed,
  entries: readonly FeedEntry[],
  siteUrl: string,
): Feed {
  return {
    id: tagUri(siteUrl, follows.id),
    title: follows.name === '' ? name : `${name}: ${follows.name}`,
    subtitle: follows.name === '' ? tagline : follows.description,
    href: siteUrl + follows.href,
    atomHref: siteUrl + paths.atomFeed(follows.path),
    jsonHref: siteUrl + paths.jsonFeed(follows.path),
    updated: new Date(Math.max(Date.UTC(ID_YEAR), ...entries.map(({ updated }) => updated.getTime()))),
    entries,
  };
}

function entryOf(topic: FeedTopic, siteUrl: string): FeedEntry {
  const href = siteUrl + paths.topic(topic);
  const { authorName, postedAt, editedAt, titleEditedAt, sources } = topic;
  return {
    id: tagUri(siteUrl, `topic/${topic.id}`),
    title: topic.title,
    href,
    sourceHref: sources[0]?.url,
    author:
      authorName === null
        ? { name: 'a former member', href: undefined }
        : { name: authorName, href: siteUrl + paths.member(authorName) },
    categories: [
      { slug: topic.sectionSlug, name: topic.sectionName },
      ...(topic.modelWritten ? [MODEL_WRITTEN] : []),
    ],
    published: postedAt,
    updated: new Date(Math.max(postedAt.getTime(), editedAt?.getTime() ?? 0, titleEditedAt?.getTime() ?? 0)),
    contentHtml: (absolute(topic.bodyHtml, siteUrl, href) + linksHtml(sources, href)) as SafeHtml,
  };
}

/** What stands around the text on the topic's page and a reader of the feed would miss. */
function linksHtml(sources: FeedTopic['sources'], href: string): string {
  const articles = sources.map(
    ({ url, title, host }) =>
      `<li>Article: <a href="${escapeHtml(url)}">${escapeHtml(title ?? url)}</a> (${escapeHtml(host)})</li>`,
  );
  return `<ul>${articles.join('')}<li><a href="${escapeHtml(href)}">Discussion</a></li></ul>`;
}

/** Sanitised HTML in which links to places on the site and on the page lead there from anywhere. */
function absolute(html: SafeHtml, siteUrl: string, href: string): string {
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
