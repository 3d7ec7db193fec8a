// The page of a member who wrote much: its figures come from the member's posts alone, not from the topics they stand in.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from '../../../src/db/schema/index.ts';
import { type Member, visitor } from '../../../src/domain/viewer.ts';
import { findMember } from '../../../src/features/profiles/queries.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { expect, test } from '../../support/forum.ts';

const REPLIES = 1_000;

const postsRead = (plan: string) => plan.split('\n').filter((line) => /Scan .*on posts\b/.test(line));

test('what a member wrote is counted without looking at topics', async ({ app, db, make, clock }) => {
  const { id: topicId, openingPostId } = await make.topic();
  const [writer, other] = [await make.member({ name: 'writer' }), await make.member()];
  await db.insert(schema.posts).values(
    Array.from({ length: REPLIES }, (_, n) => ({
      ...{
        topicId,
        branchId: openingPostId,
        depth: 0,
        authorId: n % 20 === 0 ? writer.id : other.id,
        score: 2,
      },
      ...{ postedAt: clock.ago({ minutes: n }), bodyMd: '', bodyHtml: '' as SafeHtml, rendererVersion: 1 },
    })),
  );
  await db.execute(sql`analyze posts, topics, members, sections`);
  let asked = { text: '', values: [] as unknown[] };
  const logQuery = (text: string, values: unknown[]) => void (asked = { text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const found = await findMember(listening, visitor, 'writer');
  expect(found).toMatchObject({ replyCount: 50, upvotes: 100 });
  expect(found?.sections).toHaveLength(1);
  const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
  await client.connect();
  try {
    // So small a forum is read as it lies where an index would be right for a large one.
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${asked.text}`, asked.values);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/topics_unlisted/);
    expect(plan).toMatch(/posts_(author|form_unique)/);
    expect(plan).not.toMatch(/topics_pkey|Seq Scan on (posts|topics)\b/);
    expect(postsRead(plan), 'read once').toHaveLength(1);

    const standing = { silencedUntil: null, suspendedUntil: null, leavingAt: null };
    const reader: Member = { ...other, ...standing, kind: 'member', trust: 'member' };
    expect(await findMember(listening, reader, 'writer')).toMatchObject({ replyCount: 50 });
    const analyzed = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, timing off) ${asked.text}`,
      asked.values,
    );
    const byMember = analyzed.rows.map((row) => row['QUERY PLAN']).join('\n');
    const read = postsRead(byMember).filter((line) => !line.includes('never executed'));
    expect(read, 'for one who mutes nothing as for visitors').toHaveLength(1);
  } finally {
    await client.end();
  }
});
