// Whom a decision of moderators concerns, and a piece of their work: who is told, may read the reasons, appeal and answer.
import { and, eq, inArray, lte, sql, type SQL } from 'drizzle-orm';
import { ACTION_KINDS, ACTIONS } from '../domain/actions.ts';
import { TOLD_KINDS } from '../domain/appeals.ts';
import type { ActionId, MemberId, PostId, TopicId } from '../domain/ids.ts';
import type { Reader } from './connection.ts';
import { actionPosts, actions, appeals, posts, queueItems, sources, topics } from './schema/index.ts';

export interface Concerned {
  readonly memberId: MemberId;
  /** The first of their posts that it touched, the one above the others; null: it is about none. */
  readonly postId: PostId | null;
  readonly topicId: TopicId | null;
}

const OUTCOMES = ['uphold', 'reverse'] as const;
const ofSubject = (subject: 'post' | 'topic') =>
  ACTION_KINDS.filter(
    (kind) => ACTIONS[kind].subject === subject && !OUTCOMES.some((known) => known === kind),
  );

/**
 * The members whom a decision concerns, each once: the authors of posts it touched, of the topic, the member, who added
 * the source, who appealed. Nobody, when it is among moderators or about the forum.
 */
export async function listConcerned(db: Reader, actionId: ActionId): Promise<Concerned[]> {
  const onPosts = inArray(actions.kind, ofSubject('post'));
  const onTopic = inArray(actions.kind, ofSubject('topic'));
  // One that names no reply names its topic, and with it the opening post.
  const { rows } = await db.execute<{ member: string; post: string | null; topic: string | null }>(sql`
    select touched.member_id as member, min(touched.post_id) as post, min(touched.topic_id) as topic
    from ${actions} cross join lateral (
      select ${posts.authorId} as member_id, ${posts.id} as post_id, ${posts.topicId} as topic_id
        from (select ${actions.postId} as id
          union all select ${actionPosts.postId} from ${actionPosts} where ${actionPosts.actionId} = ${actions.id}) as named
        join ${posts} on ${posts.id} = named.id where ${onPosts}
      union all select ${topics.authorId}, ${topics.openingPostId}, ${topics.id}
        from ${topics} where ${topics.id} = ${actions.topicId}
          and (${onTopic} or (${onPosts} and ${actions.postId} is null))
      union all select ${sources.addedById}, null, ${sources.topicId}
        from ${sources} where ${onTopic} and ${sources.id} = (${actions.data}->>'sourceId')::bigint
      union all select ${actions.memberId}, null, null
      union all select ${appeals.memberId}, null, null from ${appeals} where ${appeals.decisionId} = ${actions.id}
    ) as touched
    where ${actions.id} = ${actionId} and ${inArray(actions.kind, [...TOLD_KINDS])} and touched.member_id is not null
    group by touched.member_id order by touched.member_id`);
  return rows.map(({ member, post, topic }) => ({
    memberId: Number(member) as MemberId,
    postId: post === null ? null : (Number(post) as PostId),
    topicId: topic === null ? null : (Number(topic) as TopicId),
  }));
}

/** The member whom a queue item concerns, as a part of a query over queue_items: whoever a moderator can talk to in it. */
export function concernedByItem(): SQL<MemberId | null> {
  const author = sql`(select ${posts.authorId} from ${posts} where ${eq(posts.id, queueItems.postId)})`;
  const adder = sql`(select ${sources.addedById} from ${sources} where ${eq(sources.id, queueItems.sourceId)})`;
  // One that was taken back is gone. What was said about it is not for whoever appeals after that.
  const ofItem = and(
    eq(appeals.actionId, queueItems.appealedActionId),
    lte(appeals.openedAt, queueItems.openedAt),
  );
  const appellant = sql`(select ${appeals.memberId} from ${appeals} where ${ofItem})`;
  return sql<MemberId | null>`coalesce(${queueItems.memberId}, ${author}, ${adder}, ${appellant})`.mapWith(
    (id: string | number) => Number(id) as MemberId,
  );
}
