// Between reading and writing: places and members come in, in the order of the file, and each topic gets its ids. Members
// have a transaction of their own: they may be here before a topic that is refused.
import type { Database } from '../../db/connection.ts';
import type { MemberId } from '../../domain/ids.ts';
import { again, reasonOf } from './faults.ts';
import type { ImportFile } from './files.ts';
import type { ImportListener } from './listener.ts';
import type { Places } from './places.ts';
import type { Step } from './steps.ts';
import { writeMembers } from './write-members.ts';
import { type PlannedTopic, planTopic } from './write-topic.ts';

export interface Arriving {
  readonly db: Database;
  readonly forumKey: string;
  readonly places: Places;
  readonly listener: ImportListener;
}

/** A topic that can be written as soon as those before it are. */
export interface Arrival {
  readonly file: ImportFile;
  readonly line: number;
  readonly planned: PlannedTopic;
}

/** The topics of the steps, each after what it names has come in. Steps that are wrong are told of and left out. */
export async function* arrivals(
  steps: AsyncIterable<Step>,
  arriving: Arriving,
  signal: AbortSignal,
): AsyncGenerator<Arrival> {
  for await (const step of steps) {
    if (signal.aborted) return;
    const arrival = await arrive(step, arriving);
    if (arrival) yield arrival;
  }
}

/** Members that do not fit in together are written one by one, so that each answers for itself. */
async function arrive(step: Step, arriving: Arriving): Promise<Arrival | undefined> {
  const { file, line, members, topic } = step;
  try {
    await writePlaces(step, arriving);
    const ids = await writePeople(step, arriving);
    if (!topic) return undefined;
    if (topic.readable) {
      const { db, forumKey, places } = arriving;
      const surroundings = { forumKey, places, members: ids };
      return { file, line, planned: await planTopic(db, topic.record, topic.readable, surroundings) };
    }
    arriving.listener.imported('known', 1);
  } catch (error) {
    const reason = reasonOf(error);
    if (topic || members.length < 2) arriving.listener.fault(file, line, reason);
    else
      for (const member of members) await arrive({ ...step, line: member.line, members: [member] }, arriving);
  }
  return undefined;
}

async function writePeople(
  { file, line, members, topic }: Step,
  { db, forumKey, listener }: Arriving,
): Promise<ReadonlyMap<string, MemberId>> {
  if (members.length === 0) return new Map();
  const records = members.map(({ record }) => record);
  const { ids, added, told } = await again(() => db.transaction((tx) => writeMembers(tx, records, forumKey)));
  listener.imported('members', added);
  for (const { of, text } of told) listener.note(file, members[of]?.line ?? line, text);
  // A discussion's members are no records of their own.
  if (!topic) listener.imported('known', members.length - added);
  return ids;
}

async function writePlaces(
  { sections, tags, topic }: Step,
  { db, places, listener }: Arriving,
): Promise<void> {
  for (const section of sections) {
    const added = await db.transaction((tx) => places.writeSection(tx, section));
    listener.imported(added ? 'sections' : 'known', 1);
  }
  for (const tag of tags) {
    const added = await db.transaction((tx) => places.writeTag(tx, tag));
    if (added) listener.imported('tags', 1);
    // A discussion's tag is no record of its own.
    else if (!topic) listener.imported('known', 1);
  }
}
