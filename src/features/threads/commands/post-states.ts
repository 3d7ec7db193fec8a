// Changing whether posts are seen. State has three owners (approval, author, moderators), each with its own column; the
// database derives the state, and the counters follow here, whoever changed it (DESIGN section 4).
import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { hides, posts, topics } from '../../../db/schema/index.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import type { PostPurpose } from '../../../domain/post-text.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { closeTopicItems } from '../../queue-items/index.ts';
import { type EventToRecord, recordEvent } from '../events.ts';
import { applyDeltas, type CountedReply, Deltas } from './counters.ts';
import { type LockedTopic, lockTopics } from './locks.ts';

interface ChangedPost extends Omit<CountedReply, 'branchId'> {
  readonly id: PostId;
  readonly topicId: TopicId;
  readonly parentId: PostId | null;
  /** Null: the opening post. */
  readonly branchId: PostId | null;
  readonly purpose: PostPurpose | null;
}

const COLUMNS = {
  id: posts.id,
  topicId: posts.topicId,
  parentId: posts.parentId,
  branchId: posts.branchId,
  authorId: posts.authorId,
  postedAt: posts.postedAt,
  state: posts.state,
  heldAt: posts.heldAt,
  purpose: posts.purpose,
};

interface StateChange {
  readonly topicId: TopicId;
  readonly ids: readonly PostId[];
  readonly set: StateColumns;
  readonly now: Date;
}

interface StateColumns {
  readonly heldAt?: null;
  readonly withdrawnAt?: Date | null;
  readonly hiddenAt?: SQL;
  readonly postedAt?: Date;
}

/**
 * Changes the state columns of posts of a topic that the transaction has locked; an opening post takes its topic along.
 * What could be improved about a topic that is gone for others is no work for moderators any more.
 * @returns the posts as they are now.
 */
export async function changeStates(tx: Tx, { topicId, ids, set, now }: StateChange): Promise<ChangedPost[]> {
  const chosen = and(inArray(posts.id, [...ids]), eq(posts.topicId, topicId));
  const before = await tx
    .select(COLUMNS)
    .from(posts)
    .where(chosen)
    .orderBy(asc(posts.id))
    .for('no key update');
  const after = await tx.update(posts).set(set).where(chosen).returning(COLUMNS);
  const opening = after.find(({ branchId }) => branchId === null);
  if (opening) await followOpeningPost(tx, topicId);
  if (opening && opening.state !== 'visible') await closeTopicItems(tx, topicId, now);

  const states = new Map(before.map((post) => [post.id, post]));
  const deltas = new Deltas();
  for (const post of after) {
    const was = states.get(post.id);
    if (isReply(post) && was && isReply(was)) deltas.add(was, post);
  }
  await applyDeltas(tx, topicId, deltas);
  return after;
}

function isReply(post: ChangedPost): post is ChangedPost & CountedReply {
  return post.branchId !== null;
}

/** A topic's state is its opening post's. */
async function followOpeningPost(tx: Tx, topicId: TopicId): Promise<void> {
  await tx
    .update(topics)
    .set({
      heldAt: sql`opening.held_at`,
      withdrawnAt: sql`opening.withdrawn_at`,
      hiddenAt: sql`opening.hidden_at`,
      postedAt: sql`opening.posted_at`,
    })
    .from(sql`${posts} as opening`)
    .where(and(eq(topics.id, topicId), sql`opening.id = ${topics.openingPostId}`));
}

/**
 * Derives anew from the hides in force whether a topic or posts are hidden; called by whoever writes or lifts hides,
 * in the same transaction. A hide on an opening post is a hide on its topic, and the other way round.
 */
export async function refreshHidden(
  tx: Tx,
  subject: { readonly topicId?: TopicId; readonly postIds?: readonly PostId[] },
  now: Date,
): Promise<void> {
  const concerned = or(
    inArray(posts.id, [...(subject.postIds ?? [])]),
    subject.topicId === undefined
      ? undefined
      : and(eq(posts.topicId, subject.topicId), isNull(posts.branchId)),
  );
  const isHidden = sql`exists (select from ${hides} where ${hides.liftedAt} is null and (${hides.postId} = ${posts.id}
    or ${posts.branchId} is null and ${hides.topicId} = ${posts.topicId}))`;
  const hiddenAt = sql`case when ${isHidden} then coalesce(${posts.hiddenAt}, ${now.toISOString()}::timestamptz) end`;
  for (const [topic, ids] of await lockWith(tx, concerned)) {
    await changeStates(tx, { topicId: topic.id, ids, set: { hiddenAt }, now });
  }
}

/**
 * Lets held posts be seen: they count as posted from now on, and those they speak to are told. To approve what was
 * refused before, lift the hide (refreshHidden) first.
 */
export async function approvePosts(tx: Tx, postIds: readonly PostId[], now: Date): Promise<void> {
  const held = and(inArray(posts.id, [...postIds]), isNotNull(posts.heldAt));
  for (const [topic, ids] of await lockWith(tx, held)) {
    const set = { heldAt: null, postedAt: now };
    const approved = await changeStates(tx, { topicId: topic.id, ids, set, now });
    for (const post of approved) if (post.state === 'visible') await announce(tx, topic, post, now);
  }
}

type Announced = Pick<ChangedPost, 'id' | 'parentId' | 'branchId' | 'authorId' | 'purpose'>;

/** From now on others can read a post: the record says so, and whom it speaks to is told. */
export async function announce(
  tx: Tx,
  topic: Pick<LockedTopic, 'id' | 'kind'>,
  post: Announced,
  now: Date,
): Promise<void> {
  const about = { actorId: post.authorId, topicId: topic.id, postId: post.id, at: now };
  const event: EventToRecord =
    post.branchId === null
      ? { kind: 'topic-posted', ...about, data: { topicKind: topic.kind } }
      : {
          kind: 'reply-posted',
          ...about,
          data: { parentId: post.parentId, branchId: post.branchId, purpose: post.purpose },
        };
  await recordEvent(tx, event);
  await enqueue(tx, 'notify-of-post', { postId: post.id });
}

/** Locks the topics of the posts that fulfil a condition; each with those that still do under its lock. */
async function lockWith(tx: Tx, condition: SQL | undefined): Promise<[LockedTopic, PostId[]][]> {
  const places = await tx.selectDistinct({ id: posts.topicId }).from(posts).where(condition);
  const locked = await lockTopics(
    tx,
    places.map(({ id }) => id),
  );
  const given = await tx.select({ id: posts.id, topicId: posts.topicId }).from(posts).where(condition);
  return locked.map((topic) => [
    topic,
    given.filter(({ topicId }) => topicId === topic.id).map(({ id }) => id),
  ]);
}
