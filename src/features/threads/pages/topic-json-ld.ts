// Structured data of a topic for search engines: https://developers.google.com/search/docs/appearance/structured-data/discussion-forum
import { LENGTHS } from '../../../domain/limits.ts';
import type { PostId } from '../../../domain/ids.ts';
import { excerptOf, textOf, type SafeHtml } from '../../../lib/html.ts';
import { jsonLd, pageJson, type PageJson, withList } from '../../../web/json-ld.ts';
import { paths } from '../../../web/paths.ts';
import type { ReplyRow } from '../queries/reply-rows.ts';
import type { TopicDetails } from '../queries/topic.ts';
import type { TopicSource } from '../queries/topic-sources.ts';
import { postedWith } from './topic-sources.ts';

/** A reply, and those below it. */
interface Comment {
  readonly json: PageJson;
  readonly below: Comment[];
}

/** How search engines are told what a model wrote: https://schema.org/IPTCDigitalSourceEnumeration */
const BY_MODEL = 'https://schema.org/TrainedAlgorithmicMediaDigitalSource';

/** Only what everybody sees: a hidden, held or withdrawn reply is left out, and what answers it moves up. */
export function topicJsonLd(topic: TopicDetails, rows: readonly ReplyRow[], siteUrl: string): SafeHtml {
  const comments = new Map<PostId, Comment>();
  const top: Comment[] = [];
  const parents = new Map(rows.map((row) => [row.id, row.parentId]));
  for (const row of [...rows].sort((a, b) => a.id - b.id)) {
    if (row.state !== 'visible' || row.bodyHtml === null) continue;
    const comment = { json: jsonOf(row, row.bodyHtml, siteUrl), below: [] };
    comments.set(row.id, comment);
    let above = row.parentId;
    while (above !== null && !comments.has(above)) above = parents.get(above) ?? null;
    const parent = above === null ? undefined : comments.get(above);
    (parent?.below ?? top).push(comment);
  }
  const shared = sharedBy(topic).map((source) => sharedPage(source, siteUrl));
  const posting = pageJson({
    '@context': 'https://schema.org',
    '@type': 'DiscussionForumPosting',
    headline: topic.title,
    text: textOf(topic.bodyHtml ?? ('' as SafeHtml)) || topic.title,
    url: siteUrl + paths.topic(topic),
    mainEntityOfPage: siteUrl + paths.topic(topic),
    datePublished: topic.postedAt.toISOString(),
    ...(topic.editedAt && { dateModified: topic.editedAt.toISOString() }),
    author: person(topic.authorName, siteUrl),
    ...(topic.modelWritten && { digitalSourceType: BY_MODEL }),
    isPartOf: {
      '@type': 'CollectionPage',
      name: topic.sectionName,
      url: siteUrl + paths.section(topic.sectionSlug),
    },
    ...(topic.tags.length > 0 && { keywords: topic.tags.map(({ name }) => name) }),
    // One article stands by itself, as nearly every topic has it.
    ...(shared.length > 0 && { sharedContent: shared.length === 1 ? shared[0] : shared }),
    commentCount: topic.replyCount,
    interactionStatistic: [
      upvotes(topic.score),
      {
        '@type': 'InteractionCounter',
        interactionType: 'https://schema.org/CommentAction',
        userInteractionCount: topic.replyCount,
      },
    ],
  });
  return jsonLd(withList(posting, 'comment', top.map(withBelow)));
}

function withBelow({ json, below }: Comment): PageJson {
  return withList(json, 'comment', below.map(withBelow));
}

/** By row, as rows that were read before come again (docs/decisions/027). */
const made = new WeakMap<ReplyRow, { readonly json: PageJson; readonly siteUrl: string }>();

function jsonOf(row: ReplyRow, html: SafeHtml, siteUrl: string): PageJson {
  const known = made.get(row);
  if (known?.siteUrl === siteUrl) return known.json;
  // All have all names, in one order; what is undefined is not written.
  const json = pageJson({
    '@type': 'Comment',
    text: excerptOf(html, LENGTHS.jsonLdComment),
    datePublished: row.postedAt.toISOString(),
    dateModified: row.editedAt?.toISOString(),
    url: siteUrl + paths.post(row.id),
    digitalSourceType: row.modelWritten ? BY_MODEL : undefined,
    author: person(row.authorName, siteUrl),
    interactionStatistic: upvotes(row.score),
  });
  made.set(row, { json, siteUrl });
  return json;
}

/** The articles: that which the topic was posted with first, as it is what the headline is about. */
function sharedBy(topic: TopicDetails): TopicSource[] {
  const first = postedWith(topic);
  return first ? [first, ...topic.sources.filter((source) => source !== first)] : [];
}

function sharedPage(source: TopicSource, siteUrl: string): object {
  const { url, title, image, publishedAt, publisher } = source;
  return {
    '@type': 'WebPage',
    url,
    ...(title !== null && { headline: title }),
    ...(publishedAt !== null && { datePublished: new Date(publishedAt).toISOString() }),
    ...(publisher !== null && { publisher: { '@type': 'Organization', name: publisher } }),
    ...(image && { image: siteUrl + paths.image(image.hash) }),
  };
}

function person(name: string | null, siteUrl: string): object {
  return {
    '@type': 'Person',
    name: name ?? 'Former member',
    url: name === null ? undefined : siteUrl + paths.member(name),
  };
}

function upvotes(score: number): object {
  return {
    '@type': 'InteractionCounter',
    interactionType: 'https://schema.org/LikeAction',
    userInteractionCount: Math.max(0, score),
  };
}
