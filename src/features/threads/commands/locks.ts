// The locks that commands hold, always in this order: topics (ascending), posts (ascending), members (ascending). Every
// change of a post's state or place holds its topic's lock, so whoever has it can trust what was read under it. A vote
// on a reply is the one change that takes only the post's.
import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { parameter, writtenOnce } from '../../../db/named-statements.ts';
import { members, posts, sections, topics } from '../../../db/schema/index.ts';
import type { MemberId, PostId, SectionId, TopicId } from '../../../domain/ids.ts';
import { isModerator, isSelf, type Viewer } from '../../../domain/viewer.ts';
import { notFound, Problem } from '../../../web/problem.ts';
import { standingPost } from '../queries/standing-post.ts';

export type LockedTopic = typeof topics.$inferSelect;
export type LockedPost = typeof posts.$inferSelect;

/** Locks a topic's row; what refers to it (flags, visits, new votes) may go on. Undefined when there is none. */
export async function lockTopic(tx: Tx, id: TopicId): Promise<LockedTopic | undefined> {
  const [topic] = await tx
    .select()
    .from(topics)
    .where(eq(topics.id, id))
    .for('no key update')
    .prepare('locked topic')
    .execute();
  return topic;
}

/**
 * Locks the topic of a post that is to be answered and then, as lockMember does, who answers: both in one statement, whose
 * second part waits for the first. Undefined when there is no such post.
 */
export async function lockToAnswer(
  tx: Tx,
  answeredId: PostId,
  memberId: MemberId,
): Promise<Pick<LockedTopic, 'id' | 'kind'> | undefined> {
  const [answered, member] = [parameter<PostId>('answered'), parameter<MemberId>('member')];
  const locking = writtenOnce<Pick<LockedTopic, 'id' | 'kind'>>(
    tx,
    'locked to answer',
    () => sql`
      with topic as materialized (
        select ${topics.id} as id, ${topics.kind} as kind from ${topics}
        where ${topics.id} = (select ${posts.topicId} from ${posts} where ${posts.id} = ${standingPost(answered)})
        for no key update),
      member as materialized (
        select ${members.id} from ${members} where ${members.id} = ${member} and exists (select from topic)
        for no key update)
      select topic.id::float8 as id, topic.kind from topic left join member on true`,
  );
  const { rows } = await locking.execute({ answered: answeredId, member: memberId });
  return rows[0];
}

/** Locks several topics, in the one order that keeps two callers from waiting for each other. */
export async function lockTopics(tx: Tx, ids: readonly TopicId[]): Promise<LockedTopic[]> {
  if (ids.length === 0) return [];
  return tx
    .select()
    .from(topics)
    .where(inArray(topics.id, [...ids]))
    .orderBy(asc(topics.id))
    .for('no key update');
}

export interface LockedPlace {
  readonly topic: LockedTopic;
  readonly post: LockedPost;
}

/**
 * Locks a post and, before it, its topic. @throws Problem not-found also for what the viewer may not learn of.
 * @param between takes a lock that stands between those two
 */
export async function lockPost(
  tx: Tx,
  viewer: Viewer,
  id: PostId,
  between?: (tx: Tx) => Promise<void>,
): Promise<LockedPlace> {
  const [place] = await tx.select({ topicId: posts.topicId }).from(posts).where(eq(posts.id, id));
  const topic = place && (await lockTopic(tx, place.topicId));
  await between?.(tx);
  const [post] = await tx.select().from(posts).where(eq(posts.id, id)).for('no key update');
  if (!topic || !post || isSecret(viewer, topic) || isSecret(viewer, post))
    notFound('There is no such post.');
  mustStandIn(topic.id, post.topicId);
  return { topic, post };
}

/** @throws Problem conflict when a merge, or undoing one, carried a post away while its topic's lock was waited for. */
export function mustStandIn(locked: TopicId, topicId: TopicId): void {
  if (locked !== topicId)
    throw new Problem('conflict', 'A moderator has just moved this to another topic. Try again.');
}

/** What awaits approval, or was refused it, exists for its author and the moderators only. */
export function isSecret(
  viewer: Viewer,
  held: { readonly heldAt: Date | null; readonly authorId: MemberId | null },
): boolean {
  return held.heldAt !== null && !isModerator(viewer) && !isSelf(viewer, held.authorId);
}

/** Lets a member's writes happen one after the other, so that the pace of the second counts the first. */
export async function lockMember(tx: Tx, id: MemberId): Promise<void> {
  await tx
    .select({ id: members.id })
    .from(members)
    .where(eq(members.id, id))
    .for('no key update')
    .prepare('locked member')
    .execute();
}

/** Keeps a section from being removed before the topic is in it. @throws Problem conflict when it was. */
export async function lockSection(tx: Tx, id: SectionId): Promise<void> {
  const [section] = await tx
    .select({ id: sections.id })
    .from(sections)
    .where(eq(sections.id, id))
    .for('key share');
  if (!section) throw new Problem('conflict', 'This section has been removed meanwhile. Choose another.');
}
