// What the author of a topic may set right besides title and text: its section, its tags, the address of its article.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { topics } from '../../../db/schema/index.ts';
import type { SectionId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { mayEditAddress, repostOf } from '../../../domain/policy/topics.ts';
import type { TypedTag } from '../../../domain/tags.ts';
import type { UrlKey } from '../../../domain/url-key.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import {
  type EarlierTopic,
  findAddress,
  findRecentTopicByKey,
  lockKey,
  replaceAddress,
} from '../../links/index.ts';
import { setTopicTags } from '../../tags/index.ts';
import { recordEvent } from '../events.ts';
import { applyDeltas, Deltas } from './counters.ts';
import { type LockedTopic, lockSection } from './locks.ts';

export interface TopicChanges {
  readonly sectionId: SectionId;
  readonly tags: readonly TypedTag[];
  /** Null leaves the address as it is. */
  readonly address: UrlKey | null;
}

/**
 * Changes a locked topic.
 * @returns the topic that is about the new address already; then nothing was changed.
 */
export async function changeTopic(
  tx: Tx,
  viewer: Member,
  topic: LockedTopic,
  { sectionId, tags, address }: TopicChanges,
  now: Date,
): Promise<EarlierTopic | undefined> {
  const about = { actorId: viewer.id, topicId: topic.id, at: now };
  const moved = sectionId !== topic.sectionId;
  // The section before the address, as when a topic is posted.
  if (moved) await lockSection(tx, sectionId);
  if (address && address.key !== (await findAddress(tx, topic.id))?.key) {
    authorize(mayEditAddress(viewer, topic, now));
    await lockKey(tx, address.key);
    const since = new Date(now.getTime() - WINDOWS.sameAddressRefused);
    const earlier = await findRecentTopicByKey(tx, address.key, since, topic.id);
    if (earlier && repostOf(earlier.postedAt, now) === 'refused') return earlier;
    const sourceId = await replaceAddress(tx, topic.id, address);
    if (sourceId !== undefined)
      await recordEvent(tx, { kind: 'source-edited', ...about, data: { sourceId } });
  }
  if (moved) {
    await tx.update(topics).set({ sectionId }).where(eq(topics.id, topic.id));
    await recordEvent(tx, {
      kind: 'section-set',
      ...about,
      data: { from: topic.sectionId, to: sectionId },
    });
  }
  const { added, removed } = await setTopicTags(tx, topic.id, tags);
  const retagged = added.length > 0 || removed.length > 0;
  if (retagged) await recordEvent(tx, { kind: 'tags-edited', ...about, data: { added, removed } });
  // Sections and tags have a say in the hot rank.
  if (moved || retagged) await applyDeltas(tx, topic.id, new Deltas());
  return undefined;
}
