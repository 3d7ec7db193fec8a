// What others than its author set right in a topic: its title, its tags, its section; and what of its earlier texts goes. Whether enough of them agree, or a moderator
// decided it, and the lock of the topic, are the callers' to see to.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { posts, revisions, topics } from '../../../db/schema/index.ts';
import type { MemberId, RevisionId, SectionId } from '../../../domain/ids.ts';
import { slugOf } from '../../../domain/slug.ts';
import type { TypedTag } from '../../../domain/tags.ts';
import { bumpQueueItems } from '../../queue-items/index.ts';
import { closeOutdated } from '../../suggestions/index.ts';
import { setTopicTags, type TagChanges } from '../../tags/index.ts';
import { recordEvent } from '../events.ts';
import { applyDeltas, Deltas } from './counters.ts';
import { type LockedTopic, lockSection } from './locks.ts';

export interface Correction {
  readonly topic: LockedTopic;
  /** Null: members agreed on it. */
  readonly actorId: MemberId | null;
  readonly now: Date;
}

/** Gives a topic another title, and its address the slug of it; the title that stood there is kept. */
export async function correctTitle(
  tx: Tx,
  { topic, actorId, now }: Correction,
  title: string,
): Promise<RevisionId> {
  const opening = await lockOpening(tx, topic);
  const [kept] = await tx
    .insert(revisions)
    .values({
      ...{ postId: opening.id, version: opening.version, title: topic.title, bodyMd: opening.bodyMd },
      ...{ replacedAt: now, replacedById: actorId },
    })
    .returning({ id: revisions.id });
  if (!kept) throw new Error('An inserted revision was not returned.');
  await tx
    .update(topics)
    .set({ title, slug: slugOf(title), titleEditedAt: now })
    .where(eq(topics.id, topic.id));
  await tx.update(posts).set({ editedAt: now }).where(eq(posts.id, opening.id));
  await raiseVersion(tx, opening);
  const about = { actorId, topicId: topic.id, postId: opening.id, at: now };
  await recordEvent(tx, { kind: 'title-edited', ...about, data: { revisionId: kept.id } });
  await closeOutdated(tx, { kind: 'title', topicId: topic.id }, now);
  return kept.id;
}

/** Gives a topic other tags, in this order. */
export async function correctTags(
  tx: Tx,
  { topic, actorId, now }: Correction,
  tags: readonly TypedTag[],
): Promise<TagChanges> {
  const { added, removed, before } = await setTopicTags(tx, topic.id, tags);
  await raiseVersion(tx, await lockOpening(tx, topic));
  await recordEvent(tx, {
    ...{ kind: 'tags-edited', actorId, topicId: topic.id, at: now },
    data: { added, removed },
  });
  // Tags have a say in the hot rank.
  await applyDeltas(tx, topic.id, new Deltas());
  await closeOutdated(tx, { kind: 'tags', topicId: topic.id }, now);
  return { added, removed, before };
}

/** Moves a topic to another section. @throws Problem conflict when that was removed. */
export async function correctSection(
  tx: Tx,
  { topic, actorId, now }: Correction,
  sectionId: SectionId,
): Promise<void> {
  await lockSection(tx, sectionId);
  await tx.update(topics).set({ sectionId }).where(eq(topics.id, topic.id));
  await raiseVersion(tx, await lockOpening(tx, topic));
  const data = { from: topic.sectionId, to: sectionId };
  await recordEvent(tx, { kind: 'section-set', actorId, topicId: topic.id, at: now, data });
  // Sections have a say in the hot rank.
  await applyDeltas(tx, topic.id, new Deltas());
}

/** Erases an earlier text for good. Its title becomes empty, not unknown: the next one in the history is not its. */
export async function eraseRevision(tx: Tx, id: RevisionId, now: Date): Promise<void> {
  const title = sql`case when ${revisions.title} is not null then '' end`;
  await tx.update(revisions).set({ bodyMd: '', title, blankedAt: now }).where(eq(revisions.id, id));
}

type Opening = typeof posts.$inferSelect;

async function lockOpening(tx: Tx, { openingPostId }: LockedTopic): Promise<Opening> {
  const [opening] = openingPostId
    ? await tx.select().from(posts).where(eq(posts.id, openingPostId)).for('no key update')
    : [];
  if (!opening) throw new Error('A topic has no opening post.');
  return opening;
}

/** Whoever has the post before them, in a form or in the queue, has not seen what it says of its topic now. */
async function raiseVersion(tx: Tx, { id, version }: Opening): Promise<void> {
  await tx
    .update(posts)
    .set({ version: version + 1 })
    .where(eq(posts.id, id));
  await bumpQueueItems(tx, [id]);
}
