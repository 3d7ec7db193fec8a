// What the author of a topic may set right besides title and text: its section, its tags, the address of its article.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { topics } from '../../../db/schema/index.ts';
import type { SectionId, TopicId } from '../../../domain/ids.ts';
import { mayAddLinks } from '../../../domain/policy/edits.ts';
import { mayEditAddress, repostOf } from '../../../domain/policy/topics.ts';
import type { TypedTag } from '../../../domain/tags.ts';
import type { UrlKey } from '../../../domain/url-key.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { type EarlierTopic, findAddress, replaceAddress } from '../../links/index.ts';
import { closeOutdated } from '../../suggestions/index.ts';
import { listTagsOfTopic, setTopicTags, tagSlugsOf } from '../../tags/index.ts';
import { findEarlierTopic, keysOfArticle, lockArticle } from '../checks.ts';
import { recordEvent } from '../events.ts';
import { countPostsWithLink } from '../queries/writing.ts';
import { applyDeltas, Deltas } from './counters.ts';
import { type LockedTopic, lockSection } from './locks.ts';

export interface TopicChanges {
  readonly sectionId: SectionId;
  readonly tags: readonly TypedTag[];
  /** Null leaves the address as it is. */
  readonly address: UrlKey | null;
}

/** What of a topic an edit changes. */
export interface TopicDifference {
  readonly moved: boolean;
  readonly retagged: boolean;
  readonly readdressed: boolean;
}

/** Compares a locked topic with what its author wants of it. */
export async function compareTopic(
  tx: Tx,
  topic: LockedTopic,
  { sectionId, tags, address }: TopicChanges,
): Promise<TopicDifference> {
  return {
    moved: sectionId !== topic.sectionId,
    retagged: await hasOtherTags(tx, topic.id, tags),
    readdressed: address !== null && address.key !== (await findAddress(tx, topic.id))?.key,
  };
}

/** Whether a topic's tags are not those typed, in their order; an alias stands for its tag. */
async function hasOtherTags(tx: Tx, topicId: TopicId, typed: readonly TypedTag[]): Promise<boolean> {
  const present = (await listTagsOfTopic(tx, topicId)).map(({ slug }) => slug);
  const wanted = new Set(await tagSlugsOf(tx, typed));
  return present.join() !== [...wanted].join();
}

/** Who edits, and when. */
export interface Editor {
  readonly viewer: Member;
  /** See areNewMemberLimitsInForce. */
  readonly limitsInForce: boolean;
  readonly now: Date;
}

/**
 * Changes a locked topic in what compareTopic found to differ.
 * @returns the topic that is about the new address already; then nothing was changed.
 */
export async function changeTopic(
  tx: Tx,
  editor: Editor,
  topic: LockedTopic,
  { sectionId, tags, address }: TopicChanges,
  { moved, retagged, readdressed }: TopicDifference,
): Promise<EarlierTopic | undefined> {
  const about = { actorId: editor.viewer.id, topicId: topic.id, at: editor.now };
  // The section before the address, as when a topic is posted.
  if (moved) await lockSection(tx, sectionId);
  if (address && readdressed) {
    const earlier = await changeAddress(tx, editor, topic, address);
    if (earlier) return earlier;
  }
  if (moved) {
    await tx.update(topics).set({ sectionId }).where(eq(topics.id, topic.id));
    await recordEvent(tx, {
      kind: 'section-set',
      ...about,
      data: { from: topic.sectionId, to: sectionId },
    });
  }
  if (retagged) {
    const { added, removed } = await setTopicTags(tx, topic.id, tags);
    if (added.length > 0 || removed.length > 0)
      await recordEvent(tx, { kind: 'tags-edited', ...about, data: { added, removed } });
    await closeOutdated(tx, { kind: 'tags', topicId: topic.id }, editor.now);
  }
  // Sections and tags have a say in the hot rank.
  if (moved || retagged) await applyDeltas(tx, topic.id, new Deltas());
  return undefined;
}

/** @returns the topic that is about the new address already; then this one keeps its own. */
async function changeAddress(
  tx: Tx,
  { viewer, limitsInForce, now }: Editor,
  topic: LockedTopic,
  address: UrlKey,
): Promise<EarlierTopic | undefined> {
  authorize(mayEditAddress(viewer, topic, now));
  if (topic.state === 'visible') {
    const earlierPostsWithLink = await countPostsWithLink(tx, viewer.id);
    authorize(mayAddLinks(viewer, { hasLink: true, earlierPostsWithLink, limitsInForce }));
  }
  await lockArticle(tx, address);
  const earlier = await findEarlierTopic(tx, await keysOfArticle(tx, address), now, topic.id);
  if (earlier && repostOf(earlier.postedAt, now) === 'refused') return earlier;
  const sourceId = await replaceAddress(tx, topic.id, address, now);
  if (sourceId !== undefined) {
    const about = { actorId: viewer.id, topicId: topic.id, at: now };
    await recordEvent(tx, { kind: 'source-edited', ...about, data: { sourceId } });
    await closeOutdated(tx, { kind: 'address', topicId: topic.id, sourceId }, now);
  }
  return undefined;
}
