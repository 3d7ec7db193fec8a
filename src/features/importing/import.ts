// The import itself: line after line, a transaction for each topic, in the order of the files. What was imported before
// is recognised by its key, so that running it again goes on where it ended, and a line that is wrong stops no other.
import { sql } from 'drizzle-orm';
import type { Database, Reader, Tx } from '../../db/connection.ts';
import { findByOriginKeys, findForumKey } from '../../db/origin-keys.ts';
import { sections } from '../../db/schema/index.ts';
import { DEFAULT_SECTIONS } from '../../domain/sections.ts';
import { ahead } from '../../lib/ahead.ts';
import { installForum, installSettings, loadSettings } from '../site/index.ts';
import type { RenderingServices } from '../threads/index.ts';
import { type Arrival, arrivals, type Arriving } from './arrivals.ts';
import { again, reasonOf } from './faults.ts';
import type { ImportFile } from './files.ts';
import type { ImportListener } from './listener.ts';
import { findSectionKey, Places } from './places.ts';
import { OWN_FORMAT, redditFormat, type Reading, stepsOf } from './steps.ts';
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
  const arriving: Arriving = { db, forumKey, listener, places: await Places.load(db, forumKey) };
  for (const file of files) {
    if (signal.aborted) break;
    await importFile(file, reading, arriving, signal);
  }
  await settle(db);
}

async function importFile(
  file: ImportFile,
  reading: Reading,
  arriving: Arriving,
  signal: AbortSignal,
): Promise<void> {
  // Three topics at a time: one is written, the next one's members are, and the one after is rendered. Members and places
  // come in before what stands after them is read, since that may mention them.
  const steps = ahead(stepsOf(file, reading), ({ topic }) => topic !== undefined);
  for await (const topic of ahead(arrivals(steps, arriving, signal))) {
    if (signal.aborted) break;
    await write(topic, arriving);
  }
}

async function write({ file, line, planned }: Arrival, { db, forumKey, listener }: Arriving): Promise<void> {
  const { key, posts } = planned.record;
  try {
    await again(() => db.transaction((tx) => writeTopic(tx, planned, forumKey)));
    listener.imported('topics', 1);
    listener.imported('replies', posts.length - 1);
  } catch (error) {
    const reason = reasonOf(error);
    // Of a topic that stands twice in a row, the second is read before the first is written.
    const here = await findByOriginKeys(db, 'topic', forumKey, [key]);
    if (here.size > 0) listener.imported('known', 1);
    else listener.fault(file, line, reason);
  }
}

async function installIfEmpty(tx: Tx, now: Date): Promise<void> {
  if ((await tx.$count(sections)) > 0) return;
  // Settings can be there already: a file that was refused has left them.
  const stored = await loadSettings(tx);
  await installForum(tx, { settings: stored.settings, sections: DEFAULT_SECTIONS, now });
}

async function sectionFor(db: Reader, forumKey: string, slug: string | undefined): Promise<string> {
  const key = await findSectionKey(db, forumKey, slug);
  if (key !== undefined) return key;
  const known = await db.select({ slug: sections.slug }).from(sections).orderBy(sections.position);
  throw new ImportRefused(
    `There is no section "${slug}". There are: ${known.map((section) => section.slug).join(', ')}.`,
  );
}

/** Commits are not waited for one by one, since a run that breaks off is run again; this one is, and all before it. */
async function settle(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local synchronous_commit = on`);
    await tx.execute(sql`select pg_current_xact_id()`);
  });
}
