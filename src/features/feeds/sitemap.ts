// Sitemaps as https://www.sitemaps.org/protocol.html describes them: an index of parts. Members stand in none: they are
// found by what they wrote, and a list of all of them is of use to those alone who gather names.
import type { WeekRow } from '../../db/newest-week.ts';
import { paths } from '../../web/paths.ts';
import type { SitemapList, SitemapPart, SitemapTopic } from './sitemap-queries.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };

/** Where a part of the sitemap stands. */
export const partPath = (part: number | string): string => `/sitemap-${part}.xml`;

/** The parts: of the forum's own pages and its lists, of the discussions, and of the weeks once there is one. */
export function sitemapIndexOf(
  parts: readonly SitemapPart[],
  newestWeek: WeekRow | undefined,
  siteUrl: string,
): string {
  const maps = [
    entry('sitemap', siteUrl + partPath('pages')),
    ...parts.map(({ number, lastActivityAt }) =>
      entry('sitemap', siteUrl + partPath(number), lastActivityAt),
    ),
    ...(newestWeek ? [entry('sitemap', siteUrl + partPath('weeks'), newestWeek.closedAt)] : []),
  ];
  return xmlDocument(element('sitemapindex', maps, NAMESPACE));
}

/** Discussions, each with the moment of its last visible reply (or its own). */
export function topicsSitemap(topics: readonly SitemapTopic[], siteUrl: string): string {
  return urlSet(topics.map((topic) => entry('url', siteUrl + paths.topic(topic), topic.lastActivityAt)));
}

/** The weeks, which change no more once they are closed. */
export function weeksSitemap(weeks: readonly WeekRow[], siteUrl: string): string {
  return urlSet(weeks.map(({ name, closedAt }) => entry('url', siteUrl + paths.week(name), closedAt)));
}

/** Pages that every forum has, and its sections and tags, each with the moment of its newest topic. */
export function pagesSitemap(
  { sections, tags }: { readonly sections: readonly SitemapList[]; readonly tags: readonly SitemapList[] },
  siteUrl: string,
): string {
  const own = [
    paths.front(),
    paths.list('new'),
    paths.list('active'),
    paths.list('top'),
    paths.tags(),
    paths.weeks(),
    paths.about(),
    paths.rules(),
    paths.privacy(),
    paths.moderationLog(),
  ];
  return urlSet([
    ...own.map((path) => entry('url', siteUrl + path)),
    ...sections.map(({ slug, newestAt }) => entry('url', siteUrl + paths.section(slug), newestAt)),
    ...tags.map(({ slug, newestAt }) => entry('url', siteUrl + paths.tag(slug), newestAt)),
  ]);
}

function urlSet(urls: readonly Xml[]): string {
  return xmlDocument(element('urlset', urls, NAMESPACE));
}

/** @param changed undefined: nobody knows, or it changes all the time */
function entry(name: 'url' | 'sitemap', href: string, changed?: Date): Xml {
  const location = element('loc', href);
  return element(name, changed ? [location, element('lastmod', changed.toISOString())] : [location]);
}
