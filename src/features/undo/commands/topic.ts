// A topic's title and tags as a moderator changed them, changed back.
import { and, eq, gt, inArray, isNotNull } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { revisions, tags } from '../../../db/schema/index.ts';
import type { ActionId, RevisionId, TagId } from '../../../domain/ids.ts';
import { LENGTHS } from '../../../domain/limits.ts';
import { mayReverse } from '../../../domain/policy/undoing.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { recordAction } from '../../log/index.ts';
import { listTagsOfTopic } from '../../tags/index.ts';
import { correctTags, correctTitle, lockTopic, type LockedTopic } from '../../threads/index.ts';
import { findAction } from '../queries/action.ts';
import type { Undoing } from './undo.ts';

/** Gives a topic back the title it had, unless it has got yet another one since, or that one was blanked. */
export async function undoTitle(tx: Tx, order: Undoing): Promise<ActionId> {
  const { topic, data } = await lockTopicOf(tx, order.actionId);
  const [kept] = await tx
    .select()
    .from(revisions)
    .where(eq(revisions.id, Number(data.revisionId) as RevisionId));
  const later = kept && (await countLaterTitles(tx, kept));
  const stands = later === 0 && Boolean(kept?.title);
  authorize(mayReverse(order.by, { what: 'The title', stands }, order.now));
  const title = kept?.title ?? notFound();
  const revisionId = await correctTitle(tx, { topic, actorId: order.by.id, now: order.now }, title);
  return record(tx, order, topic, 'edit-title', { revisionId });
}

async function countLaterTitles(tx: Tx, { postId, version }: typeof revisions.$inferSelect): Promise<number> {
  const later = and(eq(revisions.postId, postId), gt(revisions.version, version), isNotNull(revisions.title));
  return tx.$count(revisions, later);
}

/** Takes off what was added and gives back what was taken off; tags that came since stay. */
export async function undoTags(tx: Tx, order: Undoing): Promise<ActionId> {
  const { topic, data } = await lockTopicOf(tx, order.actionId);
  const [added, removed, before] = [idsIn(data.added), idsIn(data.removed), idsIn(data.before)];
  const present = (await listTagsOfTopic(tx, topic.id)).map(({ id }) => id);
  const kept = present.filter((id) => !added.includes(id));
  const wanted = [...kept, ...removed];
  const stands =
    added.every((id) => present.includes(id)) &&
    !removed.some((id) => present.includes(id)) &&
    wanted.length <= LENGTHS.tagsPerTopic;
  authorize(mayReverse(order.by, { what: 'What stands in the tags', stands }, order.now));
  // In the order they had, while they are the same.
  const same = before.length === wanted.length && before.every((id) => wanted.includes(id));
  const ids = same ? before : wanted;
  const rows = await tx
    .select({ id: tags.id, slug: tags.slug, name: tags.name })
    .from(tags)
    .where(inArray(tags.id, ids));
  const typed = ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  const changes = await correctTags(
    tx,
    { topic, actorId: order.by.id, now: order.now },
    typed.map(({ slug, name }) => ({ slug, name })),
  );
  return record(tx, order, topic, 'edit-tags', { ...changes });
}

function idsIn(value: unknown): TagId[] {
  return Array.isArray(value) ? (value as TagId[]) : [];
}

async function lockTopicOf(tx: Tx, actionId: ActionId) {
  const action = await findAction(tx, actionId);
  if (typeof action?.topicId !== 'number') return notFound('There is no such decision.');
  const topic = (await lockTopic(tx, action.topicId)) ?? notFound('There is no such topic.');
  return { topic, data: action.data };
}

async function record(
  tx: Tx,
  { by, reason, now }: Undoing,
  { id: topicId }: LockedTopic,
  kind: 'edit-title' | 'edit-tags',
  data: Readonly<Record<string, unknown>>,
): Promise<ActionId> {
  const actionId = await recordAction(tx, { kind, actorId: by.id, topicId, reason, at: now, data });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}
