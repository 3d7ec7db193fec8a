// What a topic's page says of itself to browsers, search engines and previews of links.
import { excerpt, excerptOf } from '../../../lib/html.ts';
import { feedLinks } from '../../../web/feed-links.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { TopicDetails } from '../queries/topic.ts';
import type { TopicPageFacts } from './topic.ts';
import { topicJsonLd } from './topic-json-ld.ts';

/** @param replies how many stand on the page, tombs included */
export function topicHead(
  { viewer, topic, siteUrl, page, sort, after, branch }: TopicPageFacts,
  replies: number,
): Head {
  const description = topic.bodyHtml === null ? excerpt(topic.title, 200) : excerptOf(topic.bodyHtml, 200);
  const continued = after !== undefined;
  const plain = topic.state === 'visible' && !continued && branch === undefined && sort === 'best';
  return {
    title: topic.title,
    description: topic.state === 'visible' ? description : '',
    canonical: paths.topic(topic),
    noindex: topic.state !== 'visible' || continued,
    section: topic.sectionSlug,
    feeds: feedLinks(`Replies to ${topic.title}`, paths.topicFeeds(topic.id)),
    trail: [
      { name: topic.sectionName, href: paths.section(topic.sectionSlug) },
      { name: topic.title, href: paths.topic(topic) },
    ],
    ...(topic.state === 'visible' && { openGraph: openGraphOf(topic) }),
    // Who searches the web for others has no account.
    ...(plain && viewer.kind === 'visitor' && { jsonLdHtml: topicJsonLd(topic, page.rows, siteUrl) }),
    ...(replies === 0 && topic.bodyHtml === '' && { noindex: true }),
  };
}

/** The picture is the one that the page itself shows: of its first article. */
function openGraphOf(topic: TopicDetails): NonNullable<Head['openGraph']> {
  const [shown] = topic.sources;
  return {
    type: 'article',
    publishedIso: topic.postedAt.toISOString(),
    ...(topic.editedAt && { modifiedIso: topic.editedAt.toISOString() }),
    section: topic.sectionName,
    ...(shown?.image && {
      image: {
        href: paths.image(shown.image.hash),
        width: shown.image.width,
        height: shown.image.height,
        alt: shown.title ?? topic.title,
      },
    }),
  };
}
