// Adding an article to a topic that is there.
import type { Tx } from '../../../db/connection.ts';
import type { SourceId, TopicId } from '../../../domain/ids.ts';
import { mayAddSource } from '../../../domain/policy/sources.ts';
import { repostOf } from '../../../domain/policy/topics.ts';
import { isSelf, type Member } from '../../../domain/viewer.ts';
import type { SourceRole } from '../../../domain/source-roles.ts';
import type { UrlKey } from '../../../domain/url-key.ts';
import { authorize } from '../../../web/problem.ts';
import {
  addSource,
  countAddedToday,
  type EarlierTopic,
  findSourceByKey,
  type SourceOfTopic,
} from '../../links/index.ts';
import {
  countPostsWithLink,
  findEarlierTopic,
  hostsOfArticle,
  keysOfArticle,
  lockArticle,
  lockMember,
  recordEvent,
} from '../../threads/index.ts';
import { addressPart, judgeText, noteJudgement } from '../../watch/index.ts';
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
  // From here to the commit nobody else can post this article.
  await lockArticle(tx, address);
  const keys = await keysOfArticle(tx, address);
  const same = await findSourceByKey(tx, topicId, keys);
  // The same form sent twice: what the second wants is there.
  if (same && isSelf(viewer, same.addedById)) return { outcome: 'added', id: same.id };
  const addedToday = await countAddedToday(tx, viewer.id, now);
  const earlierPostsWithLink = await countPostsWithLink(tx, viewer.id);
  authorize(mayAddSource(viewer, { ...topic, addedToday, earlierPostsWithLink, limitsInForce }, now));
  if (same) return { outcome: 'here', source: same };
  const elsewhere = await findEarlierTopic(tx, keys, now, topicId);
  if (elsewhere && repostOf(elsewhere.postedAt, now) === 'refused')
    return { outcome: 'elsewhere', topic: elsewhere };
  const parts = [addressPart(await hostsOfArticle(tx, address))];
  const watched = await judgeText(tx, viewer, { parts, seen: true });
  const id = await addSource(tx, { topicId, addedById: viewer.id, address, role, paywall, now });
  await recordEvent(tx, {
    kind: 'source-added',
    actorId: viewer.id,
    topicId,
    data: { sourceId: id },
    at: now,
  });
  if (topic.openingPostId) await noteJudgement(tx, topic.openingPostId, watched, now);
  return { outcome: 'added', id };
}
