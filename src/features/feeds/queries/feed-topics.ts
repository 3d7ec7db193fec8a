// The topics of feeds with their text. What members may not see, hidden, held or withdrawn, is in none of them.
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import {
  events,
  members,
  posts,
  revisions,
  sections,
  sources,
  tags,
  topics,
  topicTags,
} from '../../../db/schema/index.ts';
import { listedPosts, listedTopics } from '../../../db/visibility.ts';
import type { EventKind } from '../../../domain/events.ts';
import type { MemberId, TopicId } from '../../../domain/ids.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { inOrderOfPosting } from '../../links/index.ts';
import { fitting, newest } from './newest.ts';

export interface FeedTopic {
  readonly id: TopicId;
  readonly slug: string;
  readonly title: string;
  readonly section: Category;
  readonly tags: readonly Category[];
  /** Null: a former member. */
  readonly authorName: string | null;
  readonly postedAt: Date;
  /** When the text, the title, the place or the sources last changed; null: never. */
  readonly changedAt: Date | null;
  readonly bodyHtml: SafeHtml;
  readonly modelWritten: boolean;
  /** The one that it was posted with first. */
  readonly sources: readonly { readonly url: string; readonly title: string | null; readonly host: string }[];
}

export interface Category {
  readonly slug: string;
  readonly name: string;
}

const WITH_TEXT = sql`${topics} join ${posts} on ${eq(posts.id, topics.openingPostId)}`;

/** The newest listed topics that fulfil the conditions; all when there are none. */
export async function listNewestTopics(
  db: Reader,
  conditions: readonly (SQL | undefined)[],
  now: Date,
): Promise<FeedTopic[]> {
  const ids = newest(topics, sql`${topics}`, topics.openingPostId, and(listedTopics(), ...conditions), now);
  return selectTopics(db)
    .where(and(listedPosts(), sql`${topics.id} in (${ids})`))
    .orderBy(desc(topics.postedAt), desc(topics.id));
}

/** The newest listed topics of a member. */
export function listTopicsBy(db: Reader, authorId: MemberId, now: Date): Promise<FeedTopic[]> {
  return listNewestTopics(db, [eq(topics.authorId, authorId)], now);
}

/** Those of the topics that stand in lists, in the order of the ids, as far as they go into one feed. */
export async function listTopicsInOrder(db: Reader, ids: readonly TopicId[]): Promise<FeedTopic[]> {
  const found = await selectTopics(db).where(
    and(listedPosts(), sql`${topics.id} in (${fitting(ids, WITH_TEXT)})`),
  );
  const byId = new Map(found.map((topic) => [topic.id, topic]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function selectTopics(db: Reader) {
  return db
    .select({
      id: topics.id,
      slug: topics.slug,
      title: topics.title,
      section: { slug: sections.slug, name: sections.name },
      tags: tagsOfTopic(),
      authorName: members.name,
      postedAt: topics.postedAt,
      changedAt: topicChangedAt(),
      bodyHtml: posts.bodyHtml,
      modelWritten: posts.modelWritten,
      sources: listedSources(),
    })
    .from(topics)
    .innerJoin(posts, eq(posts.id, topics.openingPostId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, topics.authorId))
    .$dynamic();
}

function tagsOfTopic(): SQL<FeedTopic['tags']> {
  const ofTopic = and(eq(topicTags.topicId, topics.id), eq(tags.id, topicTags.tagId));
  return sql`coalesce((select json_agg(json_build_object('slug', ${tags.slug}, 'name', ${tags.name})
      order by ${topicTags.position}) from ${topicTags}, ${tags} where ${ofTopic}), '[]'::json)`;
}

function listedSources(): SQL<FeedTopic['sources']> {
  return sql`coalesce((select json_agg(json_build_object(
      'url', ${sources.url}, 'title', ${sources.title}, 'host', ${sources.publisherHost})
      order by ${sql.join(inOrderOfPosting(), sql`, `)})
    from ${sources} where ${sources.topicId} = ${topics.id} and ${sources.state} <> 'removed'), '[]'::json)`;
}

/** What of the record changes an entry, beside its text and title. */
const CHANGES: EventKind[] = [
  'source-added',
  'source-edited',
  'source-removed',
  'headline-changed',
  'section-set',
  'tags-edited',
  'topic-merged',
  'topic-unmerged',
];

function topicChangedAt(): SQL<Date | null> {
  const ofTopic = and(eq(events.topicId, topics.id), inArray(events.kind, CHANGES));
  return sql`greatest(${topics.titleEditedAt}, ${postChangedAt()},
    (select max(${events.at}) from ${events} where ${ofTopic}))`.mapWith(posts.postedAt);
}

/**
 * When the text of a post last changed, also within the first minutes, which leaves no mark on its page: a reader that has
 * fetched the text before them must learn of it. Null: never. Wants `posts`.
 */
export function postChangedAt(): SQL<Date | null> {
  const ofPost = eq(revisions.postId, posts.id);
  return sql`greatest(${posts.editedAt},
    (select max(${revisions.replacedAt}) from ${revisions} where ${ofPost}))`.mapWith(posts.postedAt);
}
