// The lists read one page from an index, whatever the size of the forum: no sort, no scan over the table.
import { sql } from 'drizzle-orm';
import type { ListName } from '../../src/web/paths.ts';
import { sections, topics } from '../../src/db/schema/index.ts';
import { expect, test } from '../support/forum.ts';

const KEYS: Record<ListName, string> = {
  hot: 'hot_rank',
  new: 'posted_at',
  active: 'last_activity_at',
  top: 'score',
};

test('each list, whole or of a section, is read from its index', async ({ db }) => {
  const [section] = await db.select({ id: sections.id }).from(sections).limit(1);
  const sectionId = section?.id ?? 0;
  await db.transaction(async (tx) => {
    await tx.insert(topics).values(
      Array.from({ length: 2_000 }, (_, n) => ({
        kind: 'text' as const,
        slug: 'a',
        title: `Topic ${n}`,
        sectionId: sectionId as NonNullable<typeof section>['id'],
        postedAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000),
        lastActivityAt: new Date(Date.UTC(2026, 0, 1) + n * 61_000),
        hotRank: n / 7,
        score: n % 50,
      })),
    );
    await tx.execute(sql`analyze topics`);
    for (const [list, key] of Object.entries(KEYS)) {
      for (const where of ['true', `section_id = ${sectionId}`]) {
        const order = sql.raw(
          `select id from topics where state = 'visible' and ${where} order by ${key} desc, id desc limit 31`,
        );
        const { rows } = await tx.execute<{ 'QUERY PLAN': string }>(sql`explain ${order}`);
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan, `${list} where ${where}`).not.toMatch(/Sort|Seq Scan/);
      }
    }
  });
});
