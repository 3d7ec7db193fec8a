// What keeps a post or topic hidden.
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { actions, hides, members } from '../../../db/schema/index.ts';
import type { ActionId } from '../../../domain/ids.ts';
import type { PostShown } from '../../threads/index.ts';

export interface HideShown {
  readonly actionId: ActionId;
  readonly kind: 'hide' | 'refuse';
  readonly rule: number | null;
  readonly reason: string;
  readonly at: Date;
  /** Null: the forum itself. */
  readonly by: string | null;
  /** How many posts it keeps hidden. */
  readonly posts: number;
}

/** The hides in force on a post (of an opening post: on its topic), newest first. */
export async function listHides(db: Reader, post: PostShown): Promise<HideShown[]> {
  const subject = post.isOpening ? eq(hides.topicId, post.topic.id) : eq(hides.postId, post.id);
  return db
    .select({
      actionId: actions.id,
      kind: sql<'hide' | 'refuse'>`${actions.kind}`,
      rule: actions.rule,
      reason: actions.reason,
      at: actions.at,
      by: members.name,
      posts: sql<number>`(select count(*)::int from ${hides} as each where each.action_id = ${actions.id} and each.lifted_at is null)`,
    })
    .from(hides)
    .innerJoin(actions, eq(actions.id, hides.actionId))
    .leftJoin(members, eq(members.id, actions.actorId))
    .where(and(subject, isNull(hides.liftedAt)))
    .orderBy(sql`${hides.id} desc`);
}
