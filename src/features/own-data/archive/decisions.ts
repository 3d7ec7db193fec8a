// What moderators decided and noted about a member; never who did.
import { alias } from 'drizzle-orm/pg-core';
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { actionPosts, actions, posts, topics } from '../../../db/schema/index.ts';
import { ACTION_KINDS, type ActionKind } from '../../../domain/actions.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { inPages } from './rows.ts';

/** What is for moderators alone, and concerns others as well: who flagged, what they noted among themselves. */
const CONFIDENTIAL: readonly ActionKind[] = ['keep', 'note', 'propose-ban', 'decline-ban'];
const TOLD = ACTION_KINDS.filter((kind) => !CONFIDENTIAL.includes(kind));

/** What moderators decided about a member and about what they wrote; never who did. */
export function decisionsAbout(db: Reader, memberId: MemberId) {
  const undoing = alias(actions, 'undoing');
  const { id, kind, at, rule, reason, topicId, postId } = actions;
  const touched = sql`exists (select from ${actionPosts} join ${posts} on ${posts.id} = ${actionPosts.postId}
    where ${actionPosts.actionId} = ${actions.id} and ${posts.authorId} = ${memberId})`;
  const ownTopic = sql`exists (select from ${topics} where ${topics.id} = ${actions.topicId}
    and ${topics.authorId} = ${memberId})`;
  const ownPost = sql`exists (select from ${posts} where ${posts.id} = ${actions.postId} and ${posts.authorId} = ${memberId})`;
  const onTopic = and(isNull(actions.postId), ownTopic);
  return inPages(
    (after, limit) =>
      db
        .select({ id, kind, at, rule, reason, topicId, postId, undoneAt: undoing.at })
        .from(actions)
        .leftJoin(undoing, eq(undoing.id, actions.undoneById))
        .where(
          and(
            gt(id, after as typeof actions.$inferSelect.id),
            inArray(kind, [...TOLD]),
            or(eq(actions.memberId, memberId), touched, ownPost, onTopic),
          ),
        )
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}

/** What moderators noted about a member for each other. */
export function notesAbout(db: Reader, memberId: MemberId) {
  const { id, at, reason } = actions;
  return inPages(
    (after, limit) =>
      db
        .select({ id, at, note: reason })
        .from(actions)
        .where(
          and(
            eq(actions.memberId, memberId),
            eq(actions.kind, 'note'),
            gt(id, after as typeof actions.$inferSelect.id),
          ),
        )
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}
