// Who is told of a post: those it answers and those it names, once, and only while it can be read.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members, notifications, posts } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { notifyOfPost } from '../../../src/features/notifications/jobs.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { expect, test } from '../../support/forum.ts';

/** Who has been told what, in the order of their names. */
async function told(db: Database): Promise<string[]> {
  const rows = await db
    .select({ name: members.name, kind: notifications.kind, postId: notifications.postId })
    .from(notifications)
    .innerJoin(members, eq(members.id, notifications.memberId))
    .orderBy(members.name);
  return rows.map(({ name, kind }) => `${name}: ${kind}`);
}

const NOW = new Date('2026-04-03T15:00:00Z');
const run = (db: Database, postId: PostId) => notifyOfPost(db, { postId }, NOW);
const mentioning = (...names: string[]) =>
  `<p>${names.map((name) => `<a class="mention" href="/u/${name.toLowerCase()}">@${name}</a>`).join(' ')}</p>` as SafeHtml;

test('a top-level reply is told to the author of the topic', async ({ db, make }) => {
  const topic = await make.topic({ author: await make.member({ name: 'kevin_h' }) });
  const reply = await make.reply({ topic, author: await make.member({ name: 'diana_f' }) });
  await run(db, reply.id);
  expect(await told(db)).toEqual(['kevin_h: reply']);
  const [row] = await db.select().from(notifications);
  expect(row).toMatchObject({
    at: NOW,
    actorId: reply.authorId,
    topicId: topic.id,
    postId: reply.id,
    actionId: null,
    readAt: null,
  });
});

test('a reply to a reply is told to its author, not to the author of the topic', async ({ db, make }) => {
  const topic = await make.topic({ author: await make.member({ name: 'kevin_h' }) });
  const parent = await make.reply({ topic, author: await make.member({ name: 'diana_f' }) });
  const reply = await make.reply({ topic, parent });
  await run(db, reply.id);
  expect(await told(db)).toEqual(['diana_f: reply']);
});

test('nobody is told of what they wrote themselves', async ({ db, make }) => {
  const kevin = await make.member({ name: 'kevin_h' });
  const topic = await make.topic({ author: kevin });
  const own = await make.reply({ topic, author: kevin, bodyHtml: mentioning('kevin_h') });
  const further = await make.reply({ topic, author: kevin, parent: own });
  await run(db, own.id);
  await run(db, further.id);
  await run(db, topic.openingPostId);
  expect(await told(db)).toEqual([]);
});

test('members who are named are told, once, and not by what merely looks like a name', async ({
  db,
  make,
}) => {
  for (const name of ['anna', 'berta', 'carla', 'doris']) await make.member({ name });
  const topic = await make.topic({ author: await make.member({ name: 'kevin_h' }) });
  await db
    .update(posts)
    .set({
      bodyHtml:
        `${mentioning('Anna', 'anna', 'berta', 'nobody')}<p>@carla <code>@doris</code> <a href="/u/doris">@doris</a></p>` as SafeHtml,
    })
    .where(eq(posts.id, topic.openingPostId));
  await run(db, topic.openingPostId);
  expect(await told(db)).toEqual(['anna: mention', 'berta: mention']);
});

test('whoever is answered and named is told of the answer', async ({ db, make }) => {
  const topic = await make.topic({ author: await make.member({ name: 'kevin_h' }) });
  const reply = await make.reply({ topic, bodyHtml: mentioning('kevin_h') });
  await run(db, reply.id);
  expect(await told(db)).toEqual(['kevin_h: reply']);
});

test('a job that runs twice, or twice at once, tells once', async ({ db, make }) => {
  const topic = await make.topic({ author: await make.member({ name: 'kevin_h' }) });
  await make.member({ name: 'anna' });
  const reply = await make.reply({ topic, bodyHtml: mentioning('anna') });
  await Promise.all([run(db, reply.id), run(db, reply.id), run(db, reply.id)]);
  await run(db, reply.id);
  expect(await told(db)).toEqual(['anna: mention', 'kevin_h: reply']);
});

test('the author of a former member is nobody, and a former member answers like anyone', async ({
  db,
  make,
}) => {
  const topic = await make.topic({ author: await make.member({ name: 'kevin_h' }) });
  const parent = await make.reply({ topic });
  const reply = await make.reply({ topic, parent });
  await db.update(posts).set({ authorId: null }).where(eq(posts.id, parent.id));
  await run(db, reply.id);
  expect(await told(db)).toEqual([]);
  await run(db, parent.id);
  expect(await told(db)).toEqual(['kevin_h: reply']);
});

test.for(['held', 'withdrawn', 'hidden'] as const)(
  'a post that is %s by now tells nobody',
  async (state, { db, make, clock }) => {
    const topic = await make.topic();
    const reply = await make.reply({ topic, [`${state}At`]: clock.now(), bodyHtml: mentioning('kevin_h') });
    await run(db, reply.id);
    expect(await told(db)).toEqual([]);
  },
);

test('a reply in a hidden topic tells nobody, and neither does one that is not there', async ({
  db,
  make,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await make.hide({ topic: topic.id });
  await run(db, reply.id);
  await run(db, 999_999 as PostId);
  expect(await told(db)).toEqual([]);
});
