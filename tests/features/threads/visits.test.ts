// A visit is noted when a person was shown a topic, and not when a program asked whether it is there.
import { eq, sql } from 'drizzle-orm';
import { notifications, visits } from '../../../src/db/schema/index.ts';
import { noteVisit } from '../../../src/features/threads/commands/note-visit.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('asking for the head of a topic’s page, or fetching it ahead, is no visit', async ({
  make,
  app,
  db,
}) => {
  await make.member({ name: 'anna', password: 'a long password' });
  const [asked, fetched, read] = [await make.topic(), await make.topic(), await make.topic()];
  const signedIn = await app.inject({
    method: 'POST',
    url: paths.signIn(),
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'name=anna&password=a+long+password',
  });
  const cookies = Object.fromEntries(signedIn.cookies.map(({ name, value }) => [name, value]));
  expect((await app.inject({ method: 'HEAD', url: paths.topic(asked), cookies })).statusCode).toBe(200);
  await app.inject({ url: paths.topic(fetched), cookies, headers: { 'sec-purpose': 'prefetch' } });
  await app.inject({ url: paths.topic(read), cookies });
  const noted = () => db.select({ topicId: visits.topicId }).from(visits);
  await expect.poll(async () => (await noted()).map(({ topicId }) => topicId)).toContain(read.id);
  expect(await noted()).toEqual([{ topicId: read.id }]);
});

test('a page that is opened again while nothing on it is new writes nothing', async ({ make, db, clock }) => {
  const reader = await make.member();
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const shown = { newest: reply.id, parts: [{ branchId: reply.id, after: 0, upTo: reply.id }] };
  const postIds = [topic.openingPostId, reply.id];
  for (const whole of [true, false]) {
    await db.delete(visits);
    const note = () =>
      noteVisit(db, {
        ...{ memberId: reader.id, topicId: topic.id, postIds },
        ...{ shown: { ...shown, whole }, at: clock.now() },
      });
    const written = () => db.select({ in: sql<string>`xmin::text` }).from(visits);
    await note();
    const first = await written();
    await note();
    expect(await written()).toEqual(first);
    const told = {
      memberId: reader.id,
      kind: 'reply',
      at: clock.now(),
      postId: reply.id,
      topicId: topic.id,
    } as const;
    const [notice] = await db.insert(notifications).values(told).returning();
    await note();
    const [after] = await db.select().from(notifications).where(eq(notifications.id, notice!.id));
    expect(after?.readAt).toEqual(clock.now());
    await db.delete(notifications);
    clock.advance({ minutes: 31 });
    await note();
    expect(await db.select().from(visits)).toMatchObject([{ visitedAt: clock.now() }]);
  }
});
