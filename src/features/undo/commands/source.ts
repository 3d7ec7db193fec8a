// A source as a moderator changed it, changed back: its role, its address, or whether it is there at all.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { sources } from '../../../db/schema/index.ts';
import type { ActionId, SourceId } from '../../../domain/ids.ts';
import { mayRemoveSource } from '../../../domain/policy/sources.ts';
import { mayReverse } from '../../../domain/policy/undoing.ts';
import { readRole, ROLE_NAMES } from '../../../domain/source-roles.ts';
import { urlKey } from '../../../domain/url-key.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import {
  correctAddress,
  listSources,
  lockKey,
  putSourceBack,
  removeSource,
  restoreAddress,
  setSourceRole,
  type SourceOfTopic,
} from '../../links/index.ts';
import { recordAction } from '../../log/index.ts';
import { lockTopic, type LockedTopic, mustStandIn, recordEvent } from '../../threads/index.ts';
import { findAction } from '../queries/action.ts';
import type { Undoing } from './undo.ts';

interface InHand {
  readonly topic: LockedTopic;
  readonly source: SourceOfTopic;
  /** All of the topic that were not removed. */
  readonly present: readonly SourceOfTopic[];
}

interface Change {
  readonly from: string;
  readonly to: string;
}

/** Undoes what a moderator changed about a source, while that still stands. */
export async function undoSource(tx: Tx, order: Undoing): Promise<ActionId> {
  const data = (await findAction(tx, order.actionId))?.data ?? {};
  const inHand = await lockSource(tx, Number(data.sourceId) as SourceId);
  const [role, address, state] = [changeIn(data.role), changeIn(data.address), changeIn(data.state)];
  if (role) return undoRole(tx, order, inHand, role);
  if (address) return undoAddress(tx, order, inHand, address);
  return state ? undoState(tx, order, inHand, state) : notFound('There is no such decision.');
}

async function undoRole(tx: Tx, order: Undoing, inHand: InHand, { from, to }: Change): Promise<ActionId> {
  const { source } = inHand;
  const role = readRole(from) ?? notFound();
  const stands = source.role === to && source.state !== 'removed';
  authorize(mayReverse(order.by, { what: 'The role of the source', stands }, order.now));
  await setSourceRole(tx, source.id, role);
  return record(tx, order, inHand, ROLE_NAMES[role], { role: { from: to, to: from } });
}

async function undoAddress(tx: Tx, order: Undoing, inHand: InHand, { from, to }: Change): Promise<ActionId> {
  const { source, present } = inHand;
  const address = urlKey(from);
  if (!address.ok) return notFound('The address that it had cannot be read any more.');
  await lockKey(tx, address.key);
  const stands =
    source.url === to && source.state !== 'removed' && !isElsewhere(present, source, address.key);
  authorize(mayReverse(order.by, { what: 'The address of the source', stands }, order.now));
  await correctAddress(tx, source.id, address, order.now);
  await restoreAddress(tx, source.id, from);
  return record(tx, order, inHand, `address at ${address.host}`, { address: { from: to, to: from } });
}

async function undoState(tx: Tx, order: Undoing, inHand: InHand, { from, to }: Change): Promise<ActionId> {
  const { by, now } = order;
  const { topic, source, present } = inHand;
  const gone = to === 'removed';
  const stands = (source.state === 'removed') === gone && !isElsewhere(present, source, source.urlKey);
  authorize(mayReverse(by, { what: 'The source', stands }, now));
  if (gone) {
    await putSourceBack(tx, source.id, from === 'dead' ? 'dead' : 'live');
  } else {
    const sourceCount = present.length;
    const isFirst = present[0]?.id === source.id;
    authorize(mayRemoveSource(by, { topic: { ...topic, sourceCount }, source: { ...source, isFirst } }, now));
  }
  const what = gone ? 'back again' : 'removed';
  const actionId = await record(tx, order, inHand, what, { state: { from: to, to: from } });
  if (!gone) await removeSource(tx, source.id, { actionId, now });
  return actionId;
}

/** Whether the topic has an article twice if this source had that key. */
function isElsewhere(present: readonly SourceOfTopic[], source: SourceOfTopic, key: string): boolean {
  return present.some((other) => other.id !== source.id && other.urlKey === key);
}

function changeIn(value: unknown): Change | undefined {
  return typeof value === 'object' && value !== null ? (value as Change) : undefined;
}

/** The source with its topic locked, wherever a merge has taken it since. */
async function lockSource(tx: Tx, id: SourceId): Promise<InHand> {
  const gone = 'There is no such source any more.';
  const [place] = await tx.select({ topicId: sources.topicId }).from(sources).where(eq(sources.id, id));
  if (!place) return notFound(gone);
  const topic = (await lockTopic(tx, place.topicId)) ?? notFound(gone);
  const [source] = await tx.select().from(sources).where(eq(sources.id, id));
  if (!source) return notFound(gone);
  mustStandIn(topic.id, source.topicId);
  return { topic, source, present: await listSources(tx, topic.id) };
}

async function record(
  tx: Tx,
  { by, reason, now }: Undoing,
  { topic, source }: InHand,
  what: string,
  change: Readonly<Record<string, Change>>,
): Promise<ActionId> {
  const about = { actorId: by.id, topicId: topic.id, at: now };
  const data = { sourceId: source.id, what: `${source.publisherHost}: ${what}`, ...change };
  const actionId = await recordAction(tx, { kind: 'edit-source', ...about, reason, data });
  await enqueue(tx, 'notify-of-action', { actionId });
  const kind =
    what === 'back again' ? 'source-added' : what === 'removed' ? 'source-removed' : 'source-edited';
  await recordEvent(tx, { kind, ...about, data: { sourceId: source.id } });
  return actionId;
}
