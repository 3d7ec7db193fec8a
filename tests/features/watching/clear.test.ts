// Clearing away a wave of spam: two hundred new accounts, a thousand posts, five domains, at most ten forms.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members, posts, sanctions, topics, watchRules } from '../../../src/db/schema/index.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make, TopicRow } from '../../support/make.ts';
import { actionRows, postRow, putInQueue } from '../../support/moderation-rows.ts';
import type { TestClock } from '../../support/clock.ts';

const DOMAINS = ['one', 'two', 'three', 'four', 'five'].map((name) => `${name}-pills.example`);

/** 200 members who joined today, each with five replies for the domain of their fifth. */
async function spamWave(db: Database, make: Make, clock: TestClock): Promise<TopicRow> {
  const topic = await make.topic();
  const joinedAt = clock.ago({ hours: 2 });
  const names = Array.from({ length: 200 }, (_, n) => `spammer${n}`);
  const spammers = await db
    .insert(members)
    .values(
      names.map((name) => ({ name, nameKey: name, nameSkeleton: name, joinedAt, confirmedAt: joinedAt })),
    )
    .returning({ id: members.id });
  const written = spammers.flatMap(({ id }, n) =>
    Array.from({ length: 5 }, (_, k) => {
      const body = `Offer ${k} at https://www.${DOMAINS[n % 5]}/buy`;
      return { authorId: id, bodyMd: body, bodyHtml: `<p>${body}</p>` as SafeHtml };
    }),
  );
  const first = sql<number>`nextval(pg_get_serial_sequence('posts', 'id'))`;
  const ids = (
    await db.execute<{ id: string }>(sql`select ${first} as id from generate_series(1, ${written.length})`)
  ).rows.map(({ id }) => Number(id));
  await db.insert(posts).values(
    written.map((post, n) => {
      const id = ids[n] as (typeof topic)['openingPostId'];
      return {
        ...{ ...post, id, branchId: id, topicId: topic.id, depth: 0, rendererVersion: 1 },
        postedAt: clock.ago({ minutes: 60 }),
      };
    }),
  );
  await db.update(topics).set({ replyCount: written.length }).where(eq(topics.id, topic.id));
  return topic;
}

test('a wave of spam is cleared with at most ten forms', async ({ make, as, db, clock }) => {
  await spamWave(db, make, clock);
  const honest = await make.reply({ topic: await make.topic(), body: 'Nothing for sale' });
  const browser = await as.moderator();
  let sent = 0;
  for (const domain of DOMAINS) {
    const page = await browser.visit(`/moderation/watch?domain=${domain}`);
    expect(page.main).toContain('Would have refused 200 posts');
    expect(page.main).toContain('Suspend 40 new members of the 40 members who posted them');
    sent += 1;
    const done = await page.press('Save the rule', {
      canned: 'Spam or promotion',
      hide: true,
      suspend: true,
    });
    expect(done.main).toContain('Suspended: 40 new members');
    expect(done.main).toContain('There are 0 posts');
  }
  expect(sent).toBeLessThanOrEqual(10);
  const states = await db.select({ id: posts.id, state: posts.state }).from(posts);
  expect(states.filter(({ state }) => state === 'hidden')).toHaveLength(1_000);
  expect(await postRow(db, honest.id)).toMatchObject({ state: 'visible' });
  expect(await db.select().from(sanctions)).toHaveLength(200);
  const kinds = (await actionRows(db)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'suspend')).toHaveLength(200);
  expect(kinds.filter((kind) => kind === 'ban-domain')).toHaveLength(5);
}, 60_000);

test('what is seen is hidden and what awaits approval is refused, of whomever it is', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic();
  const seen = await make.reply({ topic, body: 'At https://pills.example/' });
  const held = await make.reply({ topic, body: 'At pills.example', heldAt: clock.ago({ hours: 1 }) });
  await putInQueue(db, { post: held.id, kind: 'held' });
  const started = await make.topic({ source: 'https://pills.example/a' });
  const page = await (await as.moderator()).visit('/moderation/watch?domain=pills.example');
  expect(page.main).toContain('Hide 2 posts and refuse 1 awaiting approval');
  expect(page.main).not.toContain('Suspend');
  const done = await page.press('Save the rule', { canned: 'Spam or promotion', hide: true });
  expect(done.main).toContain('Hidden: 2 posts. Refused: 1 post.');
  expect(await postRow(db, seen.id)).toMatchObject({ state: 'hidden', heldAt: null });
  expect(await postRow(db, held.id)).toMatchObject({ state: 'hidden' });
  expect(await postRow(db, started.openingPostId)).toMatchObject({ state: 'hidden' });
  expect((await actionRows(db)).map(({ kind, rule }) => [kind, rule])).toEqual([
    ['ban-domain', 4],
    ['hide', 4],
    ['hide', 4],
    ['refuse', 4],
  ]);
});

test('a press that broke off goes on from the rule’s page, and does nothing twice', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  await make.reply({ topic, body: 'At https://pills.example/' });
  const browser = await as.moderator();
  const page = await browser.visit('/moderation/watch?domain=pills.example');
  const rule = await page.press('Save the rule', { canned: 'Spam or promotion' });
  expect(rule.main).toContain('There is 1 post');
  const stale = await browser.visit(rule.url);
  expect((await rule.press('Clear away', { hide: true })).main).toContain('Hidden: 1 post.');
  expect((await stale.press('Clear away', { hide: true })).main).toContain('There are 0 posts');
  expect((await actionRows(db)).map(({ kind }) => kind)).toEqual(['ban-domain', 'hide']);
  expect(await db.select().from(watchRules)).toHaveLength(1);
});
