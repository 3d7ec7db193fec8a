// Structured data of a topic for search engines: https://developers.google.com/search/docs/appearance/structured-data/discussion-forum
import { LENGTHS } from '../../../domain/limits.ts';
import type { PostId } from '../../../domain/ids.ts';
import { excerptOf, textOf, type SafeHtml } from '../../../lib/html.ts';
import { jsonLd } from '../../../web/json-ld.ts';
import { paths } from '../../../web/paths.ts';
import type { ReplyRow } from '../queries/replies.ts';
import type { TopicDetails } from '../queries/topic.ts';
import { postedWith } from './topic-sources.ts';

interface Comment {
  readonly '@type': 'Comment';
  readonly text: string;
  readonly comment?: Comment[];
}

/** How search engines are told what a model wrote: https://schema.org/IPTCDigitalSourceEnumeration */
const BY_MODEL = { digitalSourceType: 'https://schema.org/TrainedAlgorithmicMediaDigitalSource' } as const;

/** Only what everybody sees: a hidden, held or withdrawn reply is left out, and what answers it moves up. */
export function topicJsonLd(topic: TopicDetails, rows: readonly ReplyRow[], siteUrl: string): SafeHtml {
  const comments = new Map<PostId, Comment & { comment: Comment[] }>();
  const top: Comment[] = [];
  const parents = new Map(rows.map((row) => [row.id, row.parentId]));
  for (const row of [...rows].sort((a, b) => a.id - b.id)) {
    if (row.state !== 'visible' || row.bodyHtml === null) continue;
    const comment = {
      '@type': 'Comment' as const,
      text: excerptOf(row.bodyHtml, LENGTHS.jsonLdComment),
      datePublished: row.postedAt.toISOString(),
      ...(row.editedAt && { dateModified: row.editedAt.toISOString() }),
      url: siteUrl + paths.post(row.id),
      ...(row.modelWritten && BY_MODEL),
      author: person(row.authorName, siteUrl),
      interactionStatistic: upvotes(row.score),
      comment: [] as Comment[],
    };
    comments.set(row.id, comment);
    let parent = row.parentId;
    while (parent !== null && !comments.has(parent)) parent = parents.get(parent) ?? null;
    (parent === null ? top : (comments.get(parent)?.comment ?? top)).push(comment);
  }
  for (const comment of comments.values())
    if (comment.comment.length === 0) delete (comment as { comment?: Comment[] }).comment;
  const source = postedWith(topic);
  return jsonLd({
    '@context': 'https://schema.org',
    '@type': 'DiscussionForumPosting',
    headline: topic.title,
    text: topic.bodyHtml === null || topic.bodyHtml === '' ? topic.title : textOf(topic.bodyHtml),
    url: siteUrl + paths.topic(topic),
    mainEntityOfPage: siteUrl + paths.topic(topic),
    datePublished: topic.postedAt.toISOString(),
    ...(topic.editedAt && { dateModified: topic.editedAt.toISOString() }),
    author: person(topic.authorName, siteUrl),
    ...(topic.modelWritten && BY_MODEL),
    ...(source && {
      sharedContent: {
        '@type': 'WebPage',
        url: source.url,
        ...(source.title !== null && { headline: source.title }),
      },
    }),
    interactionStatistic: [
      upvotes(topic.score),
      {
        '@type': 'InteractionCounter',
        interactionType: 'https://schema.org/CommentAction',
        userInteractionCount: topic.replyCount,
      },
    ],
    ...(top.length > 0 && { comment: top }),
  });
}

function person(name: string | null, siteUrl: string): object {
  return name === null
    ? { '@type': 'Person', name: 'Former member' }
    : { '@type': 'Person', name, url: siteUrl + paths.member(name) };
}

function upvotes(score: number): object {
  return {
    '@type': 'InteractionCounter',
    interactionType: 'https://schema.org/LikeAction',
    userInteractionCount: Math.max(0, score),
  };
}
