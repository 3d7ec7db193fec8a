// What moderators decide about a source, at its page or in the queue: another role or address, or that it goes. Both are
// actions in the public log, with what was there before: enough to undo them.
import type { Tx } from '../../../db/connection.ts';
import type { ActionId, SourceId, TopicId } from '../../../domain/ids.ts';
import { mayRemoveSource } from '../../../domain/policy/sources.ts';
import { mayOfferSuggestion } from '../../../domain/policy/suggestions.ts';
import { ROLE_NAMES } from '../../../domain/source-roles.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize } from '../../../web/problem.ts';
import { lockConcerned, settleFlags } from '../../flags/index.ts';
import { removeSource } from '../../links/index.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import { closeOutdated } from '../../suggestions/index.ts';
import { recordEvent } from '../../threads/index.ts';
import { lockSource, type SourceInHand } from '../at-hand.ts';
import { applyChange, authorizeChange, judgeChange, type WantedChange } from './apply-change.ts';

export interface SourceDecision extends Decision {
  readonly topicId: TopicId;
  readonly sourceId: SourceId;
}

/** Changes a source at once. @throws Problem when the viewer is no moderator, or it would be no change. */
export async function changeSource(
  tx: Tx,
  order: SourceDecision & { readonly change: WantedChange },
): Promise<ActionId> {
  const { by, topicId, sourceId, change, now } = order;
  const inHand = await lockSource(tx, topicId, sourceId);
  authorizeChange(inHand, change);
  const what = change.kind === 'role' ? 'role' : 'address';
  authorize(mayOfferSuggestion(by, what, { ...inHand.topic, limitsInForce: false }, now));
  await judgeChange(tx, by, change);
  await applyChange(tx, inHand, change, now);
  await closeOutdated(tx, { kind: change.kind, topicId, sourceId }, now);
  const actionId = await record(tx, order, { sourceId, ...before(inHand, change) });
  await recordEvent(tx, {
    ...{ kind: 'source-edited', actorId: by.id, topicId, at: now },
    data: { sourceId },
  });
  return actionId;
}

/** Takes a source off its topic, and what waited for a decision about it out of the queue. @throws Problem. */
export async function removeSourceAsDecided(tx: Tx, order: SourceDecision): Promise<ActionId> {
  const { by, topicId, sourceId, now } = order;
  const { topic, source } = await lockSource(tx, topicId, sourceId);
  authorize(mayRemoveSource(by, { topic, source }, now));
  const actionId = await record(tx, order, {
    sourceId,
    what: `${source.publisherHost}: removed`,
    state: { from: source.state, to: 'removed' },
  });
  await removeSource(tx, sourceId, { actionId, now });
  await lockConcerned(tx, [{ sourceId }]);
  await settleFlags(tx, [{ sourceId }], 'upheld');
  for (const kind of ['role', 'address'] as const) await closeOutdated(tx, { kind, topicId, sourceId }, now);
  await recordEvent(tx, {
    ...{ kind: 'source-removed', actorId: by.id, topicId, at: now },
    data: { sourceId },
  });
  return actionId;
}

function before({ source: { publisherHost, role, url } }: SourceInHand, change: WantedChange) {
  return change.kind === 'role'
    ? { what: `${publisherHost}: ${ROLE_NAMES[change.role]}`, role: { from: role, to: change.role } }
    : {
        what: `${publisherHost}: address at ${change.address.host}`,
        address: { from: url, to: change.address.shown },
      };
}

async function record(
  tx: Tx,
  { by, topicId, reason, now, queueItemId }: SourceDecision,
  data: Readonly<Record<string, unknown>>,
): Promise<ActionId> {
  const item = queueItemId === undefined ? {} : { queueItemId };
  const about = { actorId: by.id, topicId, reason, at: now, data, ...item };
  const actionId = await recordAction(tx, { kind: 'edit-source', ...about });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}
