// A decision as it stands in the record, with whom it concerns.
import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { actions, members, posts, topics } from '../../../db/schema/index.ts';
import type { ActionId, MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import type { UndoFacts } from '../../../domain/policy/undoing.ts';

const actor = alias(members, 'actor');
const subject = alias(members, 'subject');

export interface ActionDetails extends UndoFacts {
  readonly id: ActionId;
  readonly at: Date;
  readonly rule: number | null;
  readonly reason: string;
  readonly automatic: boolean;
  /** Null: the forum itself, or a former member. */
  readonly by: string | null;
  /** Where it happened, or was to be found then: a reply may have moved since. */
  readonly topicId: TopicId | null;
  readonly title: string | null;
  /** Null: about the topic as a whole, or about none. */
  readonly postId: PostId | null;
  readonly member: string | null;
  readonly memberId: MemberId | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The action of this id; for moderators, who see every title. */
export async function findAction(db: Reader, id: ActionId): Promise<ActionDetails | undefined> {
  const { kind, at, rule, reason, automatic, actorId, topicId, postId, memberId, data } = actions;
  const [row] = await db
    .select({
      ...{ id: actions.id, kind, at, rule, reason, automatic, actorId, topicId, postId, memberId, data },
      undone: sql<boolean>`${actions.undoneById} is not null`,
      concernedId: sql<MemberId | null>`coalesce(${actions.memberId}, case when ${actions.postId} is null
        then ${topics.authorId} else ${posts.authorId} end)`.mapWith(members.id),
      by: actor.name,
      title: topics.title,
      member: subject.name,
    })
    .from(actions)
    .leftJoin(actor, eq(actor.id, actions.actorId))
    .leftJoin(subject, eq(subject.id, actions.memberId))
    .leftJoin(topics, eq(topics.id, actions.topicId))
    .leftJoin(posts, eq(posts.id, actions.postId))
    .where(eq(actions.id, id));
  return row;
}
