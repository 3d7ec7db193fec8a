// Adding an article to a topic that is there.
import type { Tx } from '../../../db/connection.ts';
import type { SourceId, TopicId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { mayAddSource } from '../../../domain/policy/sources.ts';
import { isSelf, type Member } from '../../../domain/viewer.ts';
import type { SourceRole } from '../../../domain/source-roles.ts';
import type { UrlKey } from '../../../domain/url-key.ts';
import { authorize } from '../../../web/problem.ts';
import {
  addSource,
  countAddedToday,
  type EarlierTopic,
  findRecentTopicByKey,
  findSourceByKey,
  lockKey,
  type SourceOfTopic,
} from '../../links/index.ts';
import { countPostsWithLink, lockMember, recordEvent } from '../../threads/index.ts';
import { lockTopicOfSources } from '../at-hand.ts';

export interface NewSource {
  readonly viewer: Member;
  readonly topicId: TopicId;
  readonly address: UrlKey;
  readonly role: SourceRole;
  readonly paywall: boolean;
  /** See areNewMemberLimitsInForce. */
  readonly limitsInForce: boolean;
  readonly now: Date;
}

export type AddOutcome =
  | { readonly outcome: 'added'; readonly id: SourceId }
  /** Somebody else has brought this article. */
  | { readonly outcome: 'here'; readonly source: SourceOfTopic }
  /** Another topic is about it. */
  | { readonly outcome: 'elsewhere'; readonly topic: EarlierTopic };

/** Adds the article, or says where it is already. @throws Problem when the member may not add it now. */
export async function addSourceToTopic(tx: Tx, order: NewSource): Promise<AddOutcome> {
  const { viewer, topicId, address, role, paywall, limitsInForce, now } = order;
  const topic = await lockTopicOfSources(tx, topicId);
  await lockMember(tx, viewer.id);
  const same = await findSourceByKey(tx, topicId, address.key);
  // The same form sent twice: what the second wants is there.
  if (same && isSelf(viewer, same.addedById)) return { outcome: 'added', id: same.id };
  const addedToday = await countAddedToday(tx, viewer.id, now);
  const earlierPostsWithLink = await countPostsWithLink(tx, viewer.id);
  authorize(mayAddSource(viewer, { ...topic, addedToday, earlierPostsWithLink, limitsInForce }, now));
  if (same) return { outcome: 'here', source: same };
  await lockKey(tx, address.key);
  const since = new Date(now.getTime() - WINDOWS.sameAddressRefused);
  const elsewhere = await findRecentTopicByKey(tx, address.key, since, topicId);
  if (elsewhere) return { outcome: 'elsewhere', topic: elsewhere };
  const id = await addSource(tx, { topicId, addedById: viewer.id, address, role, paywall, now });
  await recordEvent(tx, {
    kind: 'source-added',
    actorId: viewer.id,
    topicId,
    data: { sourceId: id },
    at: now,
  });
  return { outcome: 'added', id };
}
