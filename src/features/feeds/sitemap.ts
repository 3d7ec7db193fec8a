// Sitemaps as https://www.sitemaps.org/protocol.html describes them.
import { paths } from '../../web/paths.ts';
import type { SitemapPart, SitemapTopic } from './queries.ts';
import { element, xmlDocument } from './xml.ts';

const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };

/** Where a part of the sitemap stands. */
export const partPath = (part: number | string): string => `/sitemap-${part}.xml`;

/** The discussions, each with the moment of its last visible reply (or its own). */
export function sitemapOf(topics: readonly SitemapTopic[], siteUrl: string): string {
  const urls = topics.map((topic) =>
    element('url', [
      element('loc', siteUrl + paths.topic(topic)),
      element('lastmod', topic.lastActivityAt.toISOString()),
    ]),
  );
  return xmlDocument(element('urlset', urls, NAMESPACE));
}

/** The list of parts. */
export function sitemapIndexOf(parts: readonly SitemapPart[], siteUrl: string): string {
  const maps = parts.map(({ number, lastActivityAt }) =>
    element('sitemap', [
      element('loc', siteUrl + partPath(number)),
      element('lastmod', lastActivityAt.toISOString()),
    ]),
  );
  return xmlDocument(element('sitemapindex', maps, NAMESPACE));
}
