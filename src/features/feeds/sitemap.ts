// Sitemaps as https://www.sitemaps.org/protocol.html describes them.
import type { WeekRow } from '../../db/newest-week.ts';
import { paths } from '../../web/paths.ts';
import type { SitemapPart, SitemapTopic } from './queries.ts';
import { element, xmlDocument } from './xml.ts';

const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };

/** Where a part of the sitemap stands. */
export const partPath = (part: number | string): string => `/sitemap-${part}.xml`;

/** The discussions, each with the moment of its last visible reply (or its own), and the weeks. */
export function sitemapOf(
  { topics, weeks }: { readonly topics: readonly SitemapTopic[]; readonly weeks: readonly WeekRow[] },
  siteUrl: string,
): string {
  const urls = [
    ...topics.map((topic) => entry('url', siteUrl + paths.topic(topic), topic.lastActivityAt)),
    ...weeks.map(({ name, closedAt }) => entry('url', siteUrl + paths.week(name), closedAt)),
  ];
  return xmlDocument(element('urlset', urls, NAMESPACE));
}

/** The list of parts: of the discussions, and one of the weeks. */
export function sitemapIndexOf(
  parts: readonly SitemapPart[],
  weeks: readonly WeekRow[],
  siteUrl: string,
): string {
  const maps = parts.map(({ number, lastActivityAt }) =>
    entry('sitemap', siteUrl + partPath(number), lastActivityAt),
  );
  const newest = weeks.at(-1);
  if (newest) maps.push(entry('sitemap', siteUrl + partPath('weeks'), newest.closedAt));
  return xmlDocument(element('sitemapindex', maps, NAMESPACE));
}

function entry(name: 'url' | 'sitemap', href: string, changed: Date) {
  return element(name, [element('loc', href), element('lastmod', changed.toISOString())]);
}
