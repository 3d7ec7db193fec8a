// Another title or other tags for somebody else's topic: two trusted members who say the same change it, a moderator at once.
import type { Reader, Tx } from '../../../db/connection.ts';
import type { ActionId, MemberId, TopicId } from '../../../domain/ids.ts';
import {
  changesAtOnce,
  isChange,
  mayOfferSuggestion,
  maySuggest,
} from '../../../domain/policy/suggestions.ts';
import { readTags, type TypedTag } from '../../../domain/tags.ts';
import type { Member } from '../../../domain/viewer.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { type Decision, recordAction, type Reason } from '../../log/index.ts';
import { countSuggestedToday, suggest } from '../../suggestions/index.ts';
import { listTagsOfTopic, tagSlugsOf } from '../../tags/index.ts';
import {
  correctTags,
  correctTitle,
  lockMember,
  lockTopic,
  type LockedTopic,
  recordEvent,
} from '../../threads/index.ts';
import { judgeText, noteJudgement, textAndHosts } from '../../watch/index.ts';

export type WantedCorrection =
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'tags'; readonly tags: readonly TypedTag[] };

export interface CorrectionOrder {
  readonly viewer: Member;
  readonly topicId: TopicId;
  readonly correction: WantedCorrection;
  /** A moderator's; members need to give none. */
  readonly reason: Reason | undefined;
  readonly limitsInForce: boolean;
  readonly now: Date;
}

/** Notes the suggestion, or makes the change. @throws Problem when the viewer may not, or it is none. */
export async function suggestCorrection(tx: Tx, order: CorrectionOrder): Promise<'noted' | 'changed'> {
  const { viewer, topicId, correction, reason, limitsInForce, now } = order;
  if (changesAtOnce(viewer) && reason) {
    await correctTopic(tx, { by: viewer, topicId, correction, reason, now });
    return 'changed';
  }
  const topic = (await lockTopic(tx, topicId)) ?? notFound('There is no such topic.');
  await lockMember(tx, viewer.id);
  const suggestedToday = await countSuggestedToday(tx, viewer.id, now);
  authorize(maySuggest(viewer, correction.kind, { ...topic, suggestedToday, limitsInForce }, now));
  const { present, value, shown } = await compared(tx, topic, correction);
  authorize(isChange(present, value));
  const watched = await judgeText(tx, viewer, { parts: [partOf(correction)], seen: true });
  const subject = { kind: correction.kind, topicId };
  const agreed = await suggest(tx, { subject, memberId: viewer.id, value, shown, now });
  if (!agreed) return 'noted';
  await apply(tx, topic, null, suggestedCorrection(correction.kind, agreed.shown), now);
  if (topic.openingPostId) await noteJudgement(tx, topic.openingPostId, watched, now);
  const { suggestionIds } = agreed;
  await recordEvent(tx, {
    kind: 'suggestion-applied',
    actorId: null,
    topicId,
    data: { suggestionIds },
    at: now,
  });
  return 'changed';
}

/** Corrects a topic at once, as a moderator decided. @throws Problem when the viewer is none, or it is no change. */
export async function correctTopic(
  tx: Tx,
  order: Decision & Pick<CorrectionOrder, 'topicId' | 'correction'>,
): Promise<ActionId> {
  const { by, topicId, correction, reason, now, queueItemId } = order;
  const topic = (await lockTopic(tx, topicId)) ?? notFound('There is no such topic.');
  authorize(mayOfferSuggestion(by, correction.kind, { ...topic, limitsInForce: false }, now));
  const { present, value } = await compared(tx, topic, correction);
  authorize(isChange(present, value));
  const watched = await judgeText(tx, by, { parts: [partOf(correction)], seen: true });
  const data = await apply(tx, topic, by.id, correction, now);
  if (topic.openingPostId) await noteJudgement(tx, topic.openingPostId, watched, now);
  const kind = correction.kind === 'title' ? 'edit-title' : 'edit-tags';
  const item = queueItemId === undefined ? {} : { queueItemId };
  const about = { actorId: by.id, topicId, reason, at: now, data, ...item };
  const actionId = await recordAction(tx, { kind, ...about });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

/** What stands there and what is wanted, each in the one spelling in which suggestions are compared. */
async function compared(db: Reader, topic: LockedTopic, correction: WantedCorrection) {
  if (correction.kind === 'title')
    return { present: topic.title, value: correction.title, shown: correction.title };
  const { tags } = correction;
  const present = (await listTagsOfTopic(db, topic.id)).map(({ slug }) => slug);
  const wanted = await tagSlugsOf(db, tags);
  return {
    present: setOf(present),
    value: setOf(wanted),
    shown: tags.map(({ name }) => name).join(', '),
  };
}

/** A suggestion as watched words see it. */
function partOf(correction: WantedCorrection) {
  return correction.kind === 'title'
    ? textAndHosts('title', correction.title)
    : textAndHosts('tags', correction.tags.map(({ name }) => name).join(', '));
}

function setOf(slugs: readonly string[]): string {
  return [...new Set(slugs)].sort().join(' ');
}

/** What was suggested, as it was typed. */
export function suggestedCorrection(kind: WantedCorrection['kind'], shown: string): WantedCorrection {
  return kind === 'title' ? { kind, title: shown } : { kind, tags: readTags(shown) };
}

/** @returns what undoing it needs. */
async function apply(
  tx: Tx,
  topic: LockedTopic,
  actorId: MemberId | null,
  correction: WantedCorrection,
  now: Date,
): Promise<Readonly<Record<string, unknown>>> {
  const order = { topic, actorId, now };
  if (correction.kind === 'title') return { revisionId: await correctTitle(tx, order, correction.title) };
  return { ...(await correctTags(tx, order, correction.tags)) };
}
