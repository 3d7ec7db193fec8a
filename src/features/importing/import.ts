// The import itself: line after line, a transaction for each topic, in the order of the files. What was imported before
// is recognised by its key, so that running it again goes on where it ended, and a line that is wrong stops no other.
import { sql } from 'drizzle-orm';
import { type Database, type Reader, sqlState, type Tx } from '../../db/connection.ts';
import { findByOriginKeys, findForumKey } from '../../db/origin-keys.ts';
import { sections, settings } from '../../db/schema/index.ts';
import { installDefaults, installSettings } from '../site/index.ts';
import type { RenderingServices } from '../threads/index.ts';
import type { ImportFile } from './files.ts';
import type { ImportListener } from './listener.ts';
import { findSectionKey, Places } from './places.ts';
import { LineFault } from './records.ts';
import { OWN_FORMAT, redditFormat, type Reading, type Step, stepsOf } from './steps.ts';
import { writeMembers } from './write-members.ts';
import { writeTopic } from './write-topic.ts';

export interface ImportServices extends RenderingServices {
  readonly db: Database;
}

export interface ImportOptions {
  /** Undefined: Tokenwire's own format. */
  readonly from: 'reddit' | undefined;
  /** Slug of the section for topics that bring none; undefined: the first. */
  readonly section: string | undefined;
  readonly now: Date;
  /** Stops it after the topic at hand. */
  readonly signal: AbortSignal;
}

/** Nothing can be imported at all: a sentence for who asked. */
export class ImportRefused extends Error {}

interface Writing {
  readonly db: Database;
  readonly forumKey: string;
  readonly places: Places;
  readonly listener: ImportListener;
}

/**
 * Imports files into the forum; one import at a time (the caller holds the lock).
 * @throws ImportRefused before anything is changed; the database's error when it is gone: what is committed stays.
 */
export async function importFiles(
  services: ImportServices,
  files: readonly ImportFile[],
  options: ImportOptions,
  listener: ImportListener,
): Promise<void> {
  const { db } = services;
  const { from, now, signal } = options;
  await db.transaction((tx) => (from === undefined ? installSettings(tx, now) : installIfEmpty(tx, now)));
  const forumKey = await findForumKey(db);
  const format =
    from === undefined ? OWN_FORMAT : redditFormat(await sectionFor(db, forumKey, options.section));
  const reading: Reading = { services, forumKey, listener, ...format };
  const writing: Writing = { db, forumKey, listener, places: await Places.load(db, forumKey) };
  for (const file of files) {
    if (signal.aborted) break;
    await importFile(file, reading, writing, signal);
  }
  await settle(db);
}

async function importFile(
  file: ImportFile,
  reading: Reading,
  writing: Writing,
  signal: AbortSignal,
): Promise<void> {
  const steps = stepsOf(file, reading);
  let next = steps.next();
  try {
    for (let step = await next; !step.done && !signal.aborted; step = await next) {
      // The next topic is rendered while this one is written; members first, since topics after them may mention them.
      const isTopic = step.value.topic !== undefined;
      if (isTopic) next = steps.next();
      // Its failure is met where it is awaited.
      next.catch(() => undefined);
      await write(step.value, writing);
      if (!isTopic) next = steps.next();
    }
  } finally {
    await next.catch(() => undefined);
    await steps.return(undefined);
  }
}

/** Writes a step; members that do not fit in together are written one by one, so that each answers for itself. */
async function write(step: Step, writing: Writing): Promise<void> {
  const { file, line, members, topic } = step;
  try {
    await writePlaces(step, writing);
    await again(() => writePeople(step, writing));
  } catch (error) {
    const reason = reasonOf(error);
    if (topic && (await isHere(topic.record, writing))) writing.listener.imported('known', 1);
    else if (topic || members.length < 2) writing.listener.fault(file, line, reason);
    else
      for (const member of members) await write({ ...step, line: member.line, members: [member] }, writing);
  }
}

/** Of a topic that stands twice in a row, the second is read before the first is written. */
async function isHere({ key }: { readonly key: string }, { db, forumKey }: Writing): Promise<boolean> {
  return (await findByOriginKeys(db, 'topic', forumKey, [key])).size > 0;
}

async function writePeople({ file, line, members, topic }: Step, writing: Writing): Promise<void> {
  const { db, forumKey, places, listener } = writing;
  const { added, told } = await db.transaction(async (tx) => {
    const records = members.map(({ record }) => record);
    const written = await writeMembers(tx, records, forumKey);
    if (topic?.bodies) {
      const surroundings = { forumKey, places, members: written.ids };
      await writeTopic(tx, topic.record, topic.bodies, surroundings);
    }
    return written;
  });
  listener.imported('members', added);
  for (const { of, text } of told) listener.note(file, members[of]?.line ?? line, text);
  if (!topic) listener.imported('known', members.length - added);
  else if (!topic.bodies) listener.imported('known', 1);
  else {
    listener.imported('topics', 1);
    listener.imported('replies', topic.record.posts.length - 1);
  }
}

const ATTEMPTS = 3;
/** Serialization failure and deadlock: the forum runs meanwhile, and one of two had to give way. */
const GAVE_WAY = ['40001', '40P01'];

async function again(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !GAVE_WAY.includes(sqlState(error) ?? '')) throw error;
    }
  }
}

async function writePlaces(
  { sections, tags, topic }: Step,
  { db, places, listener }: Writing,
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

const DUPLICATE = '23505';

/** What is wrong with the line that was being written. @throws what is wrong with something else */
function reasonOf(error: unknown): string {
  if (error instanceof LineFault) return error.message;
  const state = sqlState(error);
  // Classes 22 and 23: a value or a combination of values that the tables refuse.
  if (!/^2[23]/.test(state ?? '')) throw error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return `is refused by the database: ${String(cause)}`;
  // Of a duplicate it is the detail that names the key.
  const detail = state === DUPLICATE && 'detail' in cause ? ` ${String(cause.detail)}` : '';
  return `is refused by the database: ${cause.message}${detail}`;
}

async function installIfEmpty(tx: Tx, now: Date): Promise<void> {
  if ((await tx.$count(settings)) === 0) await installDefaults(tx, now);
}

async function sectionFor(db: Reader, forumKey: string, slug: string | undefined): Promise<string> {
  const key = await findSectionKey(db, forumKey, slug);
  if (key !== undefined) return key;
  const known = await db.select({ slug: sections.slug }).from(sections).orderBy(sections.position);
  throw new ImportRefused(
    known.length === 0
      ? 'The forum has no section yet: add one first.'
      : `There is no section "${slug}". There are: ${known.map((section) => section.slug).join(', ')}.`,
  );
}

/** Commits are not waited for one by one, since a run that breaks off is run again; this one is, and all before it. */
async function settle(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local synchronous_commit = on`);
    await tx.execute(sql`select pg_current_xact_id()`);
  });
}
