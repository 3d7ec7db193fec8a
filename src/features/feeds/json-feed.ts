// A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
import type { Feed, FeedEntry } from './feed.ts';

export const JSON_FEED_TYPE = 'application/feed+json';

export function jsonFeedOf(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    ...(feed.subtitle !== '' && { description: feed.subtitle }),
    home_page_url: feed.href,
    feed_url: feed.jsonHref,
    language: 'en',
    items: feed.entries.map(itemOf),
  });
}

// The format has no null: what is unknown is left out.
function itemOf({ author, categories, sourceHref, ...entry }: FeedEntry) {
  return {
    id: entry.id,
    url: entry.href,
    ...(sourceHref !== undefined && { external_url: sourceHref }),
    title: entry.title,
    content_html: entry.contentHtml,
    date_published: entry.published.toISOString(),
    date_modified: entry.updated.toISOString(),
    authors: [{ name: author.name, ...(author.href !== undefined && { url: author.href }) }],
    ...(categories.length > 0 && { tags: categories.map(({ name }) => name) }),
  };
}
