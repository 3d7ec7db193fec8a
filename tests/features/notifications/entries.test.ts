// Entries of the inbox: one for each topic, opened at the first unread reply, read by reading the topic.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  actionPosts,
  actions,
  followLevels,
  members,
  notifications,
  posts,
} from '../../../src/db/schema/index.ts';
import type { ActionId } from '../../../src/domain/ids.ts';
import { notifyOfAction } from '../../../src/features/notifications/decision-jobs.ts';
import { notifyOfPost } from '../../../src/features/notifications/jobs.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make, PostRow, TopicRow } from '../../support/make.ts';

const AT = new Date('2026-04-03T14:00:00Z');
const unreadOf = (page: Page) =>
  page.document.querySelector('.mast a[href="/inbox"] .new')?.textContent ?? '0';
const notesOf = (page: Page) =>
  [...page.document.querySelectorAll('.note')].map((note) => ({
    text: note.querySelector('.note-t')?.textContent,
    href: note.querySelector('a')?.getAttribute('href'),
  }));

/** Replies to a topic by members of these names, in this order; its author is told. */
async function replies(
  db: Database,
  make: Make,
  topic: TopicRow,
  names: readonly string[],
  bodyHtml?: SafeHtml,
  at = AT,
): Promise<PostRow[]> {
  const made: PostRow[] = [];
  for (const name of names) {
    const known = await db.query.members.findFirst({ where: eq(members.name, name) });
    const author = known ?? (await make.member({ name }));
    const reply = await make.reply({ topic, author, ...(bodyHtml && { bodyHtml }) });
    await notifyOfPost(db, { postId: reply.id }, at);
    made.push(reply);
  }
  return made;
}

test('what is told of a topic is one entry: how many, by whom, opened at the first unread', async ({
  as,
  db,
  make,
}) => {
  const member = await make.member();
  const [grid, cost] = [
    await make.topic({ author: member, title: 'Grid operators report' }),
    await make.topic({ author: member, title: 'Inference cost' }),
  ];
  const [first] = await replies(db, make, grid, ['ana', 'ben', 'carl', 'dora', 'ben']);
  await replies(db, make, cost, ['ana', 'ben']);
  const browser = await as.member(member);
  const page = await browser.visit('/inbox');
  expect(notesOf(page).map(({ text }) => text)).toEqual([
    'Unread: 2 new replies by ben and ana in Inference cost',
    'Unread: 5 new replies by ben, dora and 2 others in Grid operators report',
  ]);
  expect(notesOf(page)[1]?.href).toBe(`/p/${first!.id}`);
  expect(unreadOf(page)).toBe('7');

  const read = await page.press('Mark read: 5 new replies');
  expect(notesOf(read)[1]?.text).toBe('5 replies by ben, dora and 2 others in Grid operators report');
  expect(unreadOf(read)).toBe('2');
  // What comes next is what the entry tells of then; those read before are not told again.
  const [next] = await replies(db, make, grid, ['eva']);
  expect(notesOf(await browser.visit('/inbox'))[0]).toEqual({
    text: 'Unread: eva replied to your topic in Grid operators report',
    href: `/p/${next!.id}`,
  });
});

test('an entry stands under the day on which it was last added to', async ({ as, db, make }) => {
  const member = await make.member();
  const [old, other] = [await make.topic({ author: member }), await make.topic({ author: member })];
  await replies(db, make, old, ['ana'], undefined, new Date('2026-04-01T10:00:00Z'));
  await replies(db, make, other, ['ana'], undefined, new Date('2026-04-02T10:00:00Z'));
  await replies(db, make, old, ['ben']);
  const page = await (await as.member(member)).visit('/inbox');
  const days = [...page.document.querySelectorAll('.day')].map(({ textContent }) => textContent);
  expect(days).toEqual(['Today', 'Yesterday']);
});

test('marking an entry marks what was on the screen, and neither what came since nor other topics', async ({
  as,
  db,
  make,
}) => {
  const member = await make.member();
  const [one, other] = [await make.topic({ author: member }), await make.topic({ author: member })];
  await replies(db, make, other, ['ana']);
  await replies(db, make, one, ['ana', 'ben']);
  const page = await (await as.member(member)).visit('/inbox');
  await replies(db, make, one, ['carl']);
  expect(unreadOf(await page.press('Mark read'))).toBe('2');
});

test('decisions are entries of their own, and are not read with the topic', async ({ as, db, make }) => {
  const member = await make.member();
  const topic = await make.topic({ author: member, title: 'Grid operators report' });
  await replies(db, make, topic, ['ana']);
  const by = await make.member({ role: 'moderator' });
  const ids: ActionId[] = [];
  for (const kind of ['lock', 'pin'] as const) {
    const values = { kind, actorId: by.id, at: AT, reason: 'Enough', topicId: topic.id };
    const [row] = await db.insert(actions).values(values).returning();
    await db.insert(actionPosts).values({ actionId: row!.id, postId: topic.openingPostId });
    await notifyOfAction(db, { actionId: row!.id }, AT);
    ids.push(row!.id);
  }
  const browser = await as.member(member);
  const page = await browser.visit('/inbox');
  expect(notesOf(page).map(({ href }) => href)).toEqual([
    paths.decision(ids[1]!),
    paths.decision(ids[0]!),
    expect.stringMatching(/^\/p\//),
  ]);
  await browser.visit(paths.topic(topic));
  await expect.poll(async () => unreadOf(await browser.visit('/inbox'))).toBe('2');
  const marked = await page.press('Mark read');
  expect(unreadOf(marked)).toBe('1');
});

test('a tab shows and marks its kind alone', async ({ as, db, make }) => {
  const member = await make.member({ name: 'priya_n' });
  const own = await make.topic({ author: member, title: 'Own topic' });
  const other = await make.topic({ title: 'Other topic' });
  const naming = '<p><a class="mention" href="/u/priya_n">@priya_n</a></p>' as SafeHtml;
  await replies(db, make, own, ['ana', 'ben']);
  await replies(db, make, other, ['ana'], naming);
  const browser = await as.member(member);
  const mentions = await browser.visit('/inbox?show=mentions');
  expect(notesOf(mentions).map(({ text }) => text)).toEqual(['Unread: ana mentioned you in Other topic']);
  expect(notesOf(await browser.visit('/inbox?show=replies')).map(({ text }) => text)).toEqual([
    'Unread: 2 new replies by ben and ana in Own topic',
  ]);
  const marked = await mentions.press('Mark all read');
  expect(marked.url).toBe('/inbox?show=mentions');
  expect(unreadOf(marked)).toBe('2');
  expect((await browser.visit('/inbox?show=nonsense')).main).toContain('Own topic');
});

test('of replies some of which mention the member, the entry says so', async ({ as, db, make }) => {
  const member = await make.member({ name: 'priya_n' });
  const topic = await make.topic({ title: 'Other topic' });
  await db.insert(followLevels).values({ memberId: member.id, topicId: topic.id, level: 'all', setAt: AT });
  const naming = '<p><a class="mention" href="/u/priya_n">@priya_n</a></p>' as SafeHtml;
  await replies(db, make, topic, ['ana', 'ben']);
  await replies(db, make, topic, ['carl'], naming);
  await db.update(posts).set({ authorId: null });
  await db.update(notifications).set({ actorId: null });
  const page = await (await as.member(member)).visit('/inbox');
  expect(notesOf(page)[0]?.text).toBe(
    'Unread: 3 new replies by a former member, 1 of them mentions you in Other topic',
  );
});

test('reading a topic reads what was told of the posts that were shown', async ({ as, db, make }) => {
  const member = await make.member();
  const topic = await make.topic({ author: member });
  const [one, other] = await replies(db, make, topic, ['ana', 'ben']);
  const browser = await as.member(member);
  await browser.visit(paths.topic(topic, { branch: one!.id }));
  const unread = async () => {
    const { postId, readAt } = notifications;
    const rows = await db.select({ postId, readAt }).from(notifications).orderBy(notifications.id);
    return rows.filter((row) => row.readAt === null).map((row) => row.postId);
  };
  await expect.poll(unread).toEqual([other!.id]);
  await browser.visit(paths.topic(topic));
  await expect.poll(unread).toEqual([]);
  expect(unreadOf(await browser.visit('/'))).toBe('0');
});

test.for([{ headers: { 'sec-purpose': 'prefetch' } }, { remembersReading: false }])(
  'nothing is read by %j',
  async ({ headers, remembersReading = true }, { as, db, make }) => {
    const member = await make.member({ remembersReading });
    const topic = await make.topic({ author: member });
    await replies(db, make, topic, ['ana']);
    const browser = await as.member(member);
    await browser.get(paths.topic(topic), headers);
    expect(unreadOf(await browser.visit('/'))).toBe('1');
  },
);

test('what is muted meanwhile is neither listed nor counted', async ({ as, db, make }) => {
  const member = await make.member();
  const topic = await make.topic({ author: member });
  const [reply] = await replies(db, make, topic, ['ana', 'ben']);
  const browser = await as.member(member);
  const mute = { memberId: member.id, level: 'nothing', setAt: AT } as const;
  await db.insert(followLevels).values({ ...mute, aboutId: reply!.authorId });
  const page = await browser.visit('/inbox');
  expect(unreadOf(page)).toBe('1');
  expect(page.main).not.toContain('ana');
  await db.insert(followLevels).values({ ...mute, topicId: topic.id });
  expect((await browser.visit('/inbox')).main).toContain('Nothing yet.');
  expect(unreadOf(await browser.visit('/inbox'))).toBe('0');
});

test('what was told of a topic that was merged stands under the one that stays, and the decision names it', async ({
  as,
  db,
  make,
  drain,
}) => {
  const member = await make.member();
  const [gone, stays] = [
    await make.topic({ author: member, title: 'The same again' }),
    await make.topic({ author: member, title: 'Grid operators report' }),
  ];
  await replies(db, make, stays, ['ana']);
  await replies(db, make, gone, ['ben']);
  const start = await (await as.moderator()).visit(paths.topicMerge(gone.id));
  const form = await start.press('Go on', { with: String(stays.id) });
  await form.press('Merge', { stays: String(stays.id), reason: 'The same article', rule: '' });
  await drain();
  const page = await (await as.member(member)).visit('/inbox');
  expect(page.main).toContain('Into “Grid operators report”. Reason:');
  expect(notesOf(page).map(({ text }) => text)).toContain(
    'Unread: 2 new replies by ben and ana in Grid operators report',
  );
});

test('more unread ones than are counted read "99+"', async ({ as, db, make }) => {
  const member = await make.member();
  const topic = await make.topic({ author: member });
  const author = await make.member({ name: 'ana' });
  for (let n = 0; n < 101; n += 1) await make.reply({ topic, author });
  const told = await db.select({ id: posts.id }).from(posts).where(eq(posts.authorId, author.id));
  await db.insert(notifications).values(
    told.map(({ id: postId }) => ({
      memberId: member.id,
      kind: 'reply' as const,
      at: AT,
      actorId: author.id,
      topicId: topic.id,
      postId,
    })),
  );
  const page = await (await as.member(member)).visit('/inbox');
  expect(unreadOf(page)).toBe('99+');
  expect(notesOf(page)[0]?.text).toContain('100 or more new replies by ana');
});
