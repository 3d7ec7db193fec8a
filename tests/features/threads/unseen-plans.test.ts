// Counting what is new reads only what is new, from indexes, however large the forum is.
import { eq, sql } from 'drizzle-orm';
import { topics } from '../../../src/db/schema/index.ts';
import { unreadSince, unreadTopics, unseenReplies } from '../../../src/features/threads/queries/unseen.ts';
import { aMember } from '../../domain/support.ts';
import { expect, test } from '../../support/forum.ts';

class RolledBack extends Error {}

test('the new replies of a row, and whether a topic is unread, come from the topic’s index', async ({
  make,
  db,
  clock,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const reader = aMember({ id: (await make.member()).id });
  const plans: string[] = [];
  const run = db.transaction(async (tx) => {
    await tx.execute(sql`insert into topics (kind, slug, section_id, author_id, title, posted_at, last_activity_at, opening_post_id)
      select 'text', 'a', section_id, author_id, 'Another topic', posted_at, last_activity_at, opening_post_id
      from topics, generate_series(1, 300) where id = ${topic.id}`);
    await tx.execute(sql`insert into posts (topic_id, depth, branch_id, author_id, posted_at, body_md, body_html, renderer_version)
      select topics.id, 0, ${reply.id}, topics.author_id, topics.posted_at, 'a', '<p>a</p>', 1 from topics, generate_series(1, 60)`);
    await tx.execute(sql`insert into visits (member_id, topic_id, seen_post_id, previous_seen_post_id, visited_at)
      select ${reader.id}::bigint, id, ${reply.id}::bigint, ${reply.id}::bigint, ${clock.now()}::timestamptz from topics`);
    await tx.execute(sql`analyze topics, posts, visits, branch_visits`);
    const row = tx
      .select({ n: unseenReplies(reader) })
      .from(topics)
      .where(eq(topics.id, topic.id));
    const unread = tx
      .select({ id: topics.id })
      .from(topics)
      .where(unreadTopics(reader, unreadSince(clock.now())))
      .limit(30);
    for (const query of [row, unread]) {
      const { rows } = await tx.execute<{ 'QUERY PLAN': string }>(sql`explain ${query.getSQL()}`);
      plans.push(rows.map((line) => line['QUERY PLAN']).join('\n'));
    }
    throw new RolledBack();
  });
  await expect(run).rejects.toThrow(RolledBack);
  for (const plan of plans) {
    expect(plan).not.toMatch(/Seq Scan on posts/);
    expect(plan).toMatch(/posts_topic|posts_branch|posts_pkey/);
  }
});
