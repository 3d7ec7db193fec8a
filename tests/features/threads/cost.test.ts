// A reply in a topic of two thousand costs what it costs in one of two: the same statements, as many rows looked at.
import { sql } from 'drizzle-orm';
import type { Database, Tx } from '../../../src/db/connection.ts';
import type { PostId, TopicId } from '../../../src/domain/ids.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { postReply } from '../../../src/features/threads/commands/post-reply.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { MemberRow } from '../../support/make.ts';
import { bodyOf, importOne } from './importing.ts';

const SIZES = [2, 2_000] as const;

/** Rows that this connection's statements have read so far, by whatever way. */
async function rowsRead(tx: Tx): Promise<number> {
  const { rows } = await tx.execute<{ n: string }>(sql`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as n from pg_stat_xact_user_tables
    where relname in ('posts', 'topics', 'topic_repliers', 'votes', 'revisions')`);
  return Number(rows[0]?.n);
}

async function importTopicOf(db: Database, size: number, authors: readonly MemberRow[], postedAt: Date) {
  const topic = await importOne(db, {
    authorId: authors[0]!.id,
    postedAt,
    title: `A topic of ${size} replies`,
    replies: Array.from({ length: size }, (_, n) => ({
      text: `Reply ${n}`,
      authorId: authors[n % authors.length]!.id,
      parent: n % 10 === 0 ? null : n - 1,
    })),
  });
  return { ...topic, last: topic.replyIds.at(-1)! };
}

test('a reply costs the same, whatever the topic holds', async ({ make, as, db, clock, app }) => {
  const authors = await Promise.all(Array.from({ length: 20 }, () => make.member()));
  const statements: string[] = [];
  const rows: number[] = [];
  const made: { id: TopicId; last: PostId }[] = [];
  for (const size of SIZES) made.push(await importTopicOf(db, size, authors, clock.ago({ hours: 3 })));
  await db.execute(sql`analyze`);
  for (const { last } of made) {
    const browser = await as.member();
    const answer = await browser.post(paths.postReply(last), { body: 'What does this cost?' });
    expect(answer.status).toBe(303);
    statements.push(/(\d+) queries/.exec(String(answer.headers['server-timing']))?.[1] ?? '');

    const writer = await make.member();
    const viewer: Member = {
      kind: 'member',
      id: writer.id,
      name: writer.name,
      role: 'member',
      joinedAt: writer.joinedAt,
      confirmedAt: writer.confirmedAt,
      silencedUntil: null,
      suspendedUntil: null,
      leavingAt: null,
      trust: 'member',
    };
    await app.db.transaction(async (tx) => {
      const body = { ...bodyOf('And this?'), addresses: [], linksInBody: 0, mentions: 0 };
      const before = await rowsRead(tx);
      await postReply(tx, {
        viewer,
        answeredId: last,
        body,
        modelWritten: false,
        formId: null,
        draft: undefined,
        limitsInForce: false,
        now: clock.now(),
      });
      rows.push((await rowsRead(tx)) - before);
    });
  }
  expect(statements[0]).toMatch(/^\d+$/);
  expect(statements[1]).toBe(statements[0]);
  expect(rows[0]).toBeGreaterThan(0);
  expect(rows[1]).toBeLessThan((rows[0] ?? 0) + 20);
});
