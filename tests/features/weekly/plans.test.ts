// Queries of weeks and of the mails that are due read indexes, whatever the size of the forum.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from '../../../src/db/schema/index.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { visitor } from '../../../src/domain/viewer.ts';
import {
  listDueForNotices,
  listDueForWeek,
  listTimesForNotices,
  listTimesForWeek,
} from '../../../src/features/weekly/due.ts';
import {
  countWeek,
  findWeek,
  listWeeks,
  listWeekTopics,
} from '../../../src/features/weekly/queries/weeks.ts';
import { expect, test } from '../../support/forum.ts';

const START = Date.UTC(2025, 0, 6);
const DAY = 86_400_000;
const SUNDAY = new Date('2026-04-05T12:00:00Z');

test('the page of a week, the list of weeks, and whose mails are due', async ({ db, app, make, clock }) => {
  const topic = await make.topic();
  const { sectionId, authorId } = topic;
  const made = await db
    .insert(schema.topics)
    .values(
      Array.from({ length: 3_000 }, (_, n) => ({
        ...{ kind: 'text' as const, slug: 'a', title: `Topic ${n}`, sectionId, authorId, hotRank: n },
        postedAt: new Date(START + n * (DAY / 4)),
        lastActivityAt: new Date(START + n * (DAY / 4)),
      })),
    )
    .returning({ id: schema.topics.id, postedAt: schema.topics.postedAt });
  await db.execute(sql`insert into posts (topic_id, branch_id, depth, posted_at, body_md, body_html, renderer_version)
    select id, ${topic.openingPostId}, 0, posted_at, '', '', 1 from topics where id <> ${topic.id}`);
  const startOf = (n: number) => new Date(START + n * 7 * DAY);
  const weeks = await db
    .insert(schema.weeks)
    .values(
      Array.from({ length: 200 }, (_, n) => ({
        name: `w${n}`,
        startsAt: startOf(n - 140),
        closedAt: SUNDAY,
      })),
    )
    .returning();
  await db
    .insert(schema.weekTopics)
    .values(made.map(({ id: topicId }, n) => ({ weekId: weeks[n % 200]!.id, topicId, position: 1 })));
  const people = await db
    .insert(schema.members)
    .values(
      Array.from({ length: 4_000 }, (_, n) => ({
        ...{ name: `m${n}`, nameKey: `m${n}`, nameSkeleton: `m${n}`, joinedAt: SUNDAY, confirmedAt: SUNDAY },
        ...{ email: `m${n}@example.org`, emailKey: `m${n}@example.org`, mailDay: 7 },
        weekByMailSince: n % 50 === 0 ? startOf(0) : null,
      })),
    )
    .returning({ id: schema.members.id });
  const told = {
    kind: 'topic' as const,
    topicId: topic.id,
    postId: topic.openingPostId,
    at: clock.ago({ days: 3 }),
  };
  await db.insert(schema.notifications).values(
    people.map(({ id: memberId }, n) => ({
      ...told,
      memberId,
      mail: n % 2 === 0 ? null : ('daily' as const),
      mailedAt: n % 80 === 1 ? null : SUNDAY,
    })),
  );
  await db.execute(sql`analyze topics, posts, weeks, week_topics, members, notifications`);

  const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
  await client.connect();
  // So small a forum is read as it lies where an index would be right for a large one.
  await client.query('set enable_seqscan = off');
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const plansOf = async (ask: () => Promise<unknown>) => {
    asked.length = 0;
    await ask();
    const plans: string[] = [];
    for (const { text, values } of asked) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return plans.join('\n\n');
  };
  const week = { ...weeks[199]!, startsAt: new Date('2026-03-30T00:00:00Z') };
  try {
    const page = await plansOf(async () => {
      await findWeek(listening, startOf(3));
      await countWeek(listening, startOf(3));
      await listWeekTopics(listening, visitor, weeks[7]!.id);
      await listWeeks(listening, visitor, startOf(20), 5);
    });
    for (const index of [
      'weeks_starts_at_unique',
      'posts_new',
      'week_topics_week_id_topic_id_pk',
      'topics_pkey',
    ])
      expect(page).toContain(index);
    expect(page).not.toMatch(/Seq Scan on (posts|topics|week_topics)\b/);

    const late = { ...week, startsAt: new Date('2026-03-23T00:00:00Z') };
    const ofWeek = await plansOf(async () => {
      const times = await listTimesForWeek(listening, late, SUNDAY);
      expect(times).toHaveLength(1);
      expect(await listDueForWeek(listening, late, times, 0 as MemberId)).toHaveLength(80);
    });
    expect(ofWeek.match(/members_week_by_mail/g)).toHaveLength(2);
    expect(ofWeek).not.toMatch(/Seq Scan on members/);

    const ofNotices = await plansOf(async () => {
      const times = await listTimesForNotices(listening, 'daily', SUNDAY);
      expect(times).toHaveLength(1);
      expect(await listDueForNotices(listening, 'daily', times, 0 as MemberId)).toHaveLength(50);
    });
    expect(ofNotices.match(/notifications_to_mail/g)?.length).toBeGreaterThanOrEqual(2);
    expect(ofNotices).not.toMatch(/Seq Scan on notifications/);
  } finally {
    await client.end();
  }
});
