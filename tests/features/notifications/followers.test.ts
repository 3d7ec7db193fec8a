// Whom a post is told to beside those it answers and names: who follows the topic, or what a new topic is about.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  followLevels,
  members,
  notifications,
  posts,
  sanctions,
  tags,
  topics,
  topicTags,
} from '../../../src/db/schema/index.ts';
import type { ActionId, PostId } from '../../../src/domain/ids.ts';
import { notifyOfPost } from '../../../src/features/notifications/jobs.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import type { Make, MemberRow, TopicRow } from '../../support/make.ts';

const NOW = new Date('2026-04-03T15:00:00Z');
const run = (db: Database, postId: PostId) => notifyOfPost(db, { postId }, NOW);
const naming = (name: string) => `<p><a class="mention" href="/u/${name}">@${name}</a></p>` as SafeHtml;

type Subject = Partial<typeof followLevels.$inferInsert>;

async function follow(db: Database, { id: memberId }: MemberRow, subject: Subject): Promise<void> {
  await db.insert(followLevels).values({ memberId, level: 'all', setAt: NOW, ...subject });
}

/** Who has been told what, in the order of their names. */
async function told(db: Database): Promise<string[]> {
  const rows = await db
    .select({ name: members.name, kind: notifications.kind })
    .from(notifications)
    .innerJoin(members, eq(members.id, notifications.memberId))
    .orderBy(members.name);
  return rows.map(({ name, kind }) => `${name}: ${kind}`);
}

/** A topic with everything by which it can be followed or muted. */
async function topicToFollow(
  db: Database,
  make: Make,
): Promise<{ topic: TopicRow; subjects: Record<string, Subject> }> {
  const author = await make.member({ name: 'kevin_h' });
  const topic = await make.topic({
    author,
    title: 'Nvidia’s GPT-5 rival: a test',
    source: 'https://grid.example/queue',
    section: 'funding',
  });
  const [tag] = await db.insert(tags).values({ slug: 'nvidia', name: 'Nvidia', kind: 'company' }).returning();
  await db.insert(topicTags).values({ topicId: topic.id, tagId: tag!.id, position: 0 });
  return {
    topic,
    subjects: {
      topic: { topicId: topic.id },
      tag: { tagId: tag!.id },
      section: { sectionId: topic.sectionId },
      site: { host: 'grid.example' },
      author: { aboutId: author.id },
      word: { word: 'gpt-5 rival' },
    },
  };
}

test('whoever follows a topic is told of each reply, once and for the strongest reason', async ({
  db,
  make,
}) => {
  const [anna, berta, carla, kevin] = [
    await make.member({ name: 'anna' }),
    await make.member({ name: 'berta' }),
    await make.member({ name: 'carla' }),
    await make.member({ name: 'kevin_h' }),
  ];
  const topic = await make.topic({ author: kevin });
  for (const member of [anna, berta, carla, kevin]) await follow(db, member, { topicId: topic.id });
  await run(db, (await make.reply({ topic, author: carla, bodyHtml: naming('berta') })).id);
  expect(await told(db)).toEqual(['anna: topic', 'berta: mention', 'kevin_h: reply']);
});

test('whoever asked for answers alone is told of these, whoever asked for nothing of nothing', async ({
  db,
  make,
}) => {
  const [anna, berta, kevin] = [
    await make.member({ name: 'anna' }),
    await make.member({ name: 'berta' }),
    await make.member({ name: 'kevin_h' }),
  ];
  const topic = await make.topic({ author: kevin });
  const parent = await make.reply({ topic, author: anna });
  await follow(db, anna, { topicId: topic.id, level: 'replies' });
  for (const member of [berta, kevin]) await follow(db, member, { topicId: topic.id, level: 'nothing' });
  await run(db, (await make.reply({ topic, bodyHtml: naming('berta') })).id);
  expect(await told(db)).toEqual([]);
  await run(db, (await make.reply({ topic, parent })).id);
  expect(await told(db)).toEqual(['anna: reply']);
});

test.for(['tag', 'section', 'site', 'author', 'word'])(
  'a new topic is told to whoever follows its %s, with what that is; replies to it are not',
  async (what, { as, db, make }) => {
    const { topic, subjects } = await topicToFollow(db, make);
    const anna = await make.member({ name: 'anna' });
    await follow(db, anna, subjects[what] ?? {});
    await run(db, topic.openingPostId);
    await run(db, (await make.reply({ topic, author: await make.member() })).id);
    expect(await told(db)).toEqual(['anna: new-topic', 'kevin_h: reply']);
    const page = await (await as.member(anna)).visit('/inbox');
    const named = {
      tag: 'Nvidia',
      section: 'Funding',
      site: 'grid.example',
      author: 'kevin_h',
      word: 'gpt-5 rival',
    };
    expect(page.document.querySelector('.note-t')?.textContent).toContain(named[what as keyof typeof named]);
    expect(page.main).toContain('Nvidia’s GPT-5 rival: a test');
  },
);

test('a new topic that is followed by several of what it is about is told once', async ({ db, make }) => {
  const { topic, subjects } = await topicToFollow(db, make);
  const anna = await make.member({ name: 'anna' });
  for (const [what, subject] of Object.entries(subjects))
    if (what !== 'topic') await follow(db, anna, subject);
  await follow(db, await make.member({ name: 'berta' }), { word: 'a rival' });
  await run(db, topic.openingPostId);
  expect(await told(db)).toEqual(['anna: new-topic']);
});

test.for(['topic', 'tag', 'section', 'site', 'author', 'word'])(
  'whoever mutes the %s is told neither of the topic nor of what answers or names them there',
  async (what, { db, make }) => {
    const { topic, subjects } = await topicToFollow(db, make);
    const anna = await make.member({ name: 'anna' });
    const parent = await make.reply({ topic, author: anna });
    await follow(db, anna, { ...subjects[what], level: 'nothing' });
    // What is followed besides does not outweigh it.
    const other = what === 'section' ? 'tag' : 'section';
    await follow(db, anna, subjects[other] ?? {});
    await run(db, topic.openingPostId);
    const reply = await make.reply({ topic, parent, author: await make.member(), bodyHtml: naming('anna') });
    await run(db, reply.id);
    expect(await told(db)).toEqual([]);
  },
);

test('a muted member is not heard of; others in the same topic are', async ({ db, make }) => {
  const kevin = await make.member({ name: 'kevin_h' });
  const loud = await make.member();
  await follow(db, kevin, { aboutId: loud.id, level: 'nothing' });
  const topic = await make.topic({ author: kevin });
  await run(db, (await make.reply({ topic, author: loud, bodyHtml: naming('kevin_h') })).id);
  expect(await told(db)).toEqual([]);
  await run(db, (await make.reply({ topic })).id);
  expect(await told(db)).toEqual(['kevin_h: reply']);
});

test('in an own topic a muted tag silences nobody', async ({ db, make }) => {
  const { topic, subjects } = await topicToFollow(db, make);
  await db.insert(followLevels).values({
    ...subjects.tag,
    memberId: topic.authorId!,
    level: 'nothing',
    setAt: NOW,
  });
  await run(db, (await make.reply({ topic })).id);
  expect(await told(db)).toEqual(['kevin_h: reply']);
});

test('whoever is suspended for good is told of no post; for a while, they are', async ({ db, make }) => {
  const author = await make.member();
  const topic = await make.topic({ author });
  for (const [name, endsAt] of [
    ['anna', null],
    ['berta', new Date('2026-05-01')],
  ] as const) {
    const member = await make.member({ name });
    await follow(db, member, { topicId: topic.id });
    const { rows } = await db.execute<{ id: string }>(
      sql`insert into actions (kind, at, reason, member_id) values ('suspend', now(), 'a', ${member.id}) returning id`,
    );
    const actionId = Number(rows[0]?.id) as ActionId;
    await db.insert(sanctions).values({
      memberId: member.id,
      kind: 'suspension',
      actionId,
      startsAt: new Date('2026-04-01'),
      endsAt,
    });
  }
  await run(db, (await make.reply({ topic, author })).id);
  expect(await told(db)).toEqual(['berta: topic']);
});

test('an edit is told to those it names anew, and not to who follows the topic since', async ({
  db,
  make,
  as,
  drain,
}) => {
  const diana = await make.member({ name: 'diana_f' });
  const topic = await make.topic({ author: await make.member({ name: 'kevin_h' }) });
  const browser = await as.member(diana);
  await browser.post(paths.topicReply(topic.id), { body: 'As it was' });
  await drain();
  expect(await told(db)).toEqual(['kevin_h: reply']);
  await follow(db, await make.member({ name: 'anna' }), { topicId: topic.id });
  await make.member({ name: 'berta' });
  const reply = await db.query.posts.findFirst({ where: eq(posts.authorId, diana.id) });
  await (await browser.visit(paths.postEdit(reply!.id))).press('Save', { body: 'As @berta said' });
  await drain();
  expect(await told(db)).toEqual(['berta: mention', 'kevin_h: reply']);
});

/** Members who follow a topic, as many as are asked for; mails at once to every other one. */
async function manyFollowers(db: Database, topic: TopicRow, n: number): Promise<void> {
  const given = sql`insert into members (name, name_key, name_skeleton, email, email_key, joined_at, confirmed_at)
    select 'f' || n, 'f' || n, 'f' || n, 'f' || n || '@example.org', 'f' || n || '@example.org', now(), now()
    from generate_series(1, ${n}::int) as n returning id`;
  await db.execute(sql`with made as (${given}),
    followed as (insert into follow_levels (member_id, topic_id, level, set_at) select id, ${topic.id}, 'all', now() from made)
    insert into notice_choices (member_id, kind, inbox, mail)
      select id, 'topic', true, 'at-once' from made where id % 2 = 0`);
}

async function mailsOrdered(db: Database): Promise<{ jobs: number; members: number }> {
  const { rows } = await db.execute<{ jobs: number; members: number }>(
    sql`select count(*)::int as jobs, count(distinct p.payload ->> 'to')::int as members
      from graphile_worker._private_jobs as p
      join graphile_worker._private_tasks as t on t.id = p.task_id where t.identifier = 'send-mail'`,
  );
  return rows[0]!;
}

test('10,000 followers, one reply: each is told once, however often the worker is killed', async ({
  db,
  make,
}) => {
  const topic = await make.topic();
  await manyFollowers(db, topic, 10_000);
  const reply = await make.reply({ topic });
  let batches = 0;
  // The third batch is killed inside its transaction, and then the first after it.
  const killed = Object.create(db, {
    transaction: {
      value: (work: Parameters<Database['transaction']>[0]) =>
        db.transaction(async (tx) => {
          const result = await work(tx);
          batches += 1;
          if (batches === 3 || batches === 8) throw new Error('killed');
          return result;
        }),
    },
  }) as Database;
  await expect(run(killed, reply.id)).rejects.toThrow('killed');
  expect(await db.$count(notifications)).toBe(2_000);
  await expect(run(killed, reply.id)).rejects.toThrow('killed');
  await run(db, reply.id);
  // The author of the topic besides.
  expect(await db.$count(notifications)).toBe(10_001);
  expect(await mailsOrdered(db)).toEqual({ jobs: 5_000, members: 5_000 });
});

test('the request that writes a reply asks the database as much with followers as without', async ({
  db,
  make,
  as,
}) => {
  const [quiet, followed] = [await make.topic(), await make.topic()];
  await manyFollowers(db, followed, 2_000);
  const queries: number[] = [];
  for (const topic of [quiet, followed]) {
    const answer = await (await as.member()).post(paths.topicReply(topic.id), { body: 'Something to say' });
    expect(answer.status).toBe(303);
    queries.push(Number(/(\d+) queries/.exec(answer.headers['server-timing'] ?? '')?.[1]));
  }
  expect(queries[0]).toBeGreaterThan(5);
  expect(queries[1]).toBe(queries[0]);
  expect(await db.$count(notifications)).toBe(0);
});

test('a new topic that awaits approval is told when it is approved', async ({ db, make, as, drain }) => {
  const { topic, subjects } = await topicToFollow(db, make);
  await follow(db, await make.member({ name: 'anna' }), subjects.section ?? {});
  for (const held of [topics, posts]) await db.update(held).set({ heldAt: NOW });
  await putInQueue(db, { post: topic.openingPostId, kind: 'held' });
  await run(db, topic.openingPostId);
  expect(await told(db)).toEqual([]);
  await (await (await as.moderator()).visit('/moderation?tab=held')).press('Approve');
  await drain();
  expect(await told(db)).toEqual(['anna: new-topic', 'kevin_h: action']);
});
