// Another role for a source, or its publisher's address: two members who say the same change it, a moderator at once.
import type { Tx } from '../../../db/connection.ts';
import type { SourceId, SuggestionId, TopicId } from '../../../domain/ids.ts';
import { changesAtOnce, maySuggest } from '../../../domain/policy/suggestions.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import type { Reason } from '../../log/index.ts';
import { openQueueItem } from '../../queue-items/index.ts';
import { countSuggestedToday, suggest } from '../../suggestions/index.ts';
import { findEarlierTopic, keysOfArticle, lockMember, recordEvent } from '../../threads/index.ts';
import { lockSource, type SourceInHand } from '../at-hand.ts';
import {
  applyChange,
  authorizeChange,
  judgeChange,
  spelled,
  suggestedChange,
  type WantedChange,
} from './apply-change.ts';
import { changeSource } from './decide-source.ts';

export interface ChangeOrder {
  readonly viewer: Member;
  readonly topicId: TopicId;
  readonly sourceId: SourceId;
  readonly change: WantedChange;
  /** A moderator's; members need to give none. */
  readonly reason: Reason | undefined;
  readonly limitsInForce: boolean;
  readonly now: Date;
}

/** Notes the suggestion, or makes the change. @throws Problem when the viewer may not, or it is none. */
export async function suggestChange(tx: Tx, order: ChangeOrder): Promise<'noted' | 'changed'> {
  const { viewer, topicId, sourceId, change, reason, limitsInForce, now } = order;
  if (changesAtOnce(viewer) && reason) {
    await changeSource(tx, { by: viewer, topicId, sourceId, change, reason, now });
    return 'changed';
  }
  const inHand = await lockSource(tx, topicId, sourceId);
  const { topic, source } = inHand;
  await lockMember(tx, viewer.id);
  const suggestedToday = await countSuggestedToday(tx, viewer.id, now);
  const what = change.kind === 'role' ? 'role' : source.wrapper ? 'wrapped-address' : 'address';
  // First: once the publisher is known, whoever comes too late could not suggest an address at all.
  authorizeChange(inHand, change);
  authorize(maySuggest(viewer, what, { ...topic, suggestedToday, limitsInForce }, now));
  await judgeChange(tx, viewer, change);
  const subject = { kind: change.kind, topicId, sourceId };
  const agreed = await suggest(tx, { subject, memberId: viewer.id, ...spelled(change), now });
  if (!agreed) return 'noted';
  const agreedOn = suggestedChange(change.kind, agreed.shown);
  await applyChange(tx, inHand, agreedOn, now);
  await recordAgreement(tx, inHand, agreed.suggestionIds, now);
  await callIfElsewhere(tx, inHand, agreedOn, now);
  return 'changed';
}

async function recordAgreement(
  tx: Tx,
  { topic, source }: SourceInHand,
  suggestionIds: readonly SuggestionId[],
  now: Date,
): Promise<void> {
  const about = { actorId: null, topicId: topic.id, at: now };
  await recordEvent(tx, { kind: 'source-edited', ...about, data: { sourceId: source.id } });
  await recordEvent(tx, { kind: 'suggestion-applied', ...about, data: { suggestionIds } });
}

/**
 * Two members have led a topic to an article that another topic is about: these may have to be merged, or the two may
 * have pointed to the wrong article. Moderators look at it at once.
 */
async function callIfElsewhere(
  tx: Tx,
  { topic, source }: SourceInHand,
  change: WantedChange,
  now: Date,
): Promise<void> {
  if (change.kind !== 'address') return;
  const keys = await keysOfArticle(tx, change.address);
  if (await findEarlierTopic(tx, keys, now, topic.id))
    await openQueueItem(tx, { kind: 'link', subject: { sourceId: source.id }, now });
}
