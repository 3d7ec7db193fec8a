// What is flagged, locked with whoever flags it: topic, post, members in ascending order, as everywhere.
import { asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { members, sources } from '../../db/schema/index.ts';
import type { FlagSubject } from '../../domain/flags.ts';
import type { MemberId, SourceId } from '../../domain/ids.ts';
import type { Flaggable } from '../../domain/policy/flags.ts';
import type { State } from '../../domain/state.ts';
import { notFound } from '../../web/problem.ts';
import { lockPostRow, lockTopic, mustStandIn } from '../threads/index.ts';

/**
 * Locks a subject until the transaction ends, and with it whoever flags it: of several flags at one moment, on one thing
 * or by one member, each counts those before it.
 * @param flaggerId undefined: nobody flags it now
 * @throws Problem not-found; conflict when it was carried to another topic meanwhile
 */
export async function lockSubject(tx: Tx, subject: FlagSubject, flaggerId?: MemberId): Promise<Flaggable> {
  const flagger = flaggerId === undefined ? [] : [flaggerId];
  if ('postId' in subject) {
    const { authorId, state, topic } = await lockPostRow(tx, subject.postId);
    await lockMembers(tx, flagger);
    return { kind: 'post', authorId, state: stateForOthers(state, topic.state) };
  }
  if ('memberId' in subject) {
    const { memberId } = subject;
    const locked = await lockMembers(tx, [memberId, ...flagger]);
    if (!locked.includes(memberId)) notFound('There is no such member.');
    return { kind: 'member', memberId };
  }
  const source = await lockSourceRow(tx, subject.sourceId);
  await lockMembers(tx, flagger);
  return { kind: 'source', ...source };
}

/** A post in a hidden or held topic is as little there for others as the topic; in a withdrawn one replies stay. */
export function stateForOthers(post: State, topic: State): State {
  return topic === 'hidden' || topic === 'held' ? topic : post;
}

/** A source is changed under the lock of its topic (features/sources), and so is what is said about it. */
async function lockSourceRow(tx: Tx, id: SourceId) {
  const place = (await findSource(tx, id)) ?? notFound('This source is not there any more.');
  const topic = (await lockTopic(tx, place.topicId)) ?? notFound('This source is not there any more.');
  const source = (await findSource(tx, id)) ?? notFound('This source is not there any more.');
  mustStandIn(topic.id, source.topicId);
  return { addedById: source.addedById, removed: source.state === 'removed', topicState: topic.state };
}

async function findSource(tx: Tx, id: SourceId) {
  const { topicId, addedById, state } = sources;
  const [source] = await tx.select({ topicId, addedById, state }).from(sources).where(eq(sources.id, id));
  return source;
}

/** @returns those who are there */
async function lockMembers(tx: Tx, ids: readonly MemberId[]): Promise<MemberId[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: members.id })
    .from(members)
    .where(inArray(members.id, [...ids]))
    .orderBy(asc(members.id))
    .for('no key update');
  return rows.map(({ id }) => id);
}
