// The whole forum as lines of the format, in one snapshot: what is written while it runs is not half in it.
import { sql } from 'drizzle-orm';
import type { Database, Reader, Tx } from '../../db/connection.ts';
import { findForumKey } from '../../db/origin-keys.ts';
import { flags, sanctions } from '../../db/schema/index.ts';
import type { MemberId, TopicId } from '../../domain/ids.ts';
import { HEADER } from '../importing/index.ts';
import { loadContents, loadMembers, loadSections, loadTags, loadTopics } from './queries.ts';
import { arrangeContents, memberRecord, sectionRecord, tagRecord, topicRecord } from './records.ts';

export interface ExportCounts {
  members: number;
  topics: number;
  replies: number;
  /** What version 1 of the format has no record for. */
  leftOut: { flags: number; sanctions: number };
}

/**
 * Hands the lines of an export to `write`, which may let it wait.
 * @returns what was in it
 */
export async function exportForum(
  db: Database,
  write: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<ExportCounts> {
  const counts = { members: 0, topics: 0, replies: 0, leftOut: { flags: 0, sanctions: 0 } };
  await db.transaction(
    async (tx) => {
      // A large forum, or a slow disk, takes longer than any page may.
      await tx.execute(sql`set local statement_timeout = 0`);
      await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
      await write(linesOf(tx, counts));
      counts.leftOut = { flags: await tx.$count(flags), sanctions: await tx.$count(sanctions) };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  return counts;
}

async function* linesOf(tx: Tx, counts: ExportCounts): AsyncGenerator<string> {
  const forumKey = await findForumKey(tx);
  yield lineOf(HEADER);
  for (const row of await loadSections(tx, forumKey)) yield lineOf(sectionRecord(row));
  for (const row of await loadTags(tx, forumKey)) yield lineOf(tagRecord(row));
  for await (const row of membersOf(tx, forumKey)) {
    counts.members += 1;
    yield lineOf(memberRecord(row));
  }
  for await (const { row, contents } of topicsOf(tx, forumKey)) {
    const record = topicRecord(row, contents);
    counts.topics += 1;
    counts.replies += record.posts.length - 1;
    yield lineOf(record);
  }
}

async function* membersOf(db: Reader, forumKey: string) {
  let after: MemberId | undefined = 0 as MemberId;
  while (after !== undefined) {
    const batch: Awaited<ReturnType<typeof loadMembers>> = await loadMembers(db, forumKey, after);
    yield* batch;
    after = batch.at(-1)?.member.id;
  }
}

async function* topicsOf(db: Reader, forumKey: string) {
  let after: TopicId | undefined = 0 as TopicId;
  while (after !== undefined) {
    const batch: Awaited<ReturnType<typeof loadTopics>> = await loadTopics(db, forumKey, after);
    const ids = batch.map(({ topic }) => topic.id);
    const contents = arrangeContents(await loadContents(db, forumKey, ids));
    for (const row of batch) yield { row, contents };
    after = ids.at(-1);
  }
}

function lineOf(record: object): string {
  return `${JSON.stringify(record)}\n`;
}
