// The inbox: what stands in it, what has gone from it, and what reading it changes.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { actionPosts, actions, notifications, posts, topics } from '../../../src/db/schema/index.ts';
import type { ActionId } from '../../../src/domain/ids.ts';
import { notifyOfAction } from '../../../src/features/notifications/decision-jobs.ts';
import { notifyOfPost } from '../../../src/features/notifications/jobs.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make, MemberRow, PostRow } from '../../support/make.ts';

const AT = new Date('2026-04-03T14:00:00Z');
const unreadOf = (page: Page) =>
  page.document.querySelector('.mast a[href="/inbox"] .new')?.textContent ?? '0';
const notesOf = (page: Page) => [...page.document.querySelectorAll('.note')];

/** A reply to the member's topic, and the notification of it. */
async function replyTo(
  db: Database,
  make: Make,
  member: MemberRow,
  facts: Partial<PostRow> & { at?: Date } = {},
): Promise<PostRow> {
  const { at = new Date('2026-04-03T14:00:00Z'), ...given } = facts;
  const topic = await make.topic({ author: member, title: 'Grid operators report' });
  const reply = await make.reply({ topic, author: await make.member(), ...given });
  await notifyOfPost(db, { postId: reply.id }, at);
  return reply;
}

test('a reply and a mention are listed with who, where and the beginning of the text', async ({
  as,
  db,
  make,
}) => {
  const member = await make.member({ name: 'priya_n' });
  const lena = await make.member({ name: 'ops_lena' });
  const topic = await make.topic({ author: member, title: 'Grid operators report' });
  const other = await make.topic({ author: member, title: 'Deposits' });
  const first = await make.reply({
    topic: other,
    author: lena,
    body: `Table 6 <splits> the figures. ${'More of it. '.repeat(30)}`,
  });
  const own = await make.reply({ topic, author: member });
  const second = await make.reply({ topic, author: lena, parent: own });
  const mention = await make.reply({
    topic: await make.topic({ title: 'Inference cost' }),
    author: lena,
    bodyHtml: '<p>As <a class="mention" href="/u/priya_n">@priya_n</a> said.</p>' as SafeHtml,
  });
  for (const { id } of [first, second, mention])
    await notifyOfPost(db, { postId: id }, new Date('2026-04-03T14:00:00Z'));

  const page = await (await as.member(member)).visit('/inbox');
  expect(unreadOf(page)).toBe('3');
  const texts = notesOf(page).map((note) => note.querySelector('.note-t')?.textContent);
  expect(texts).toEqual([
    'Unread: ops_lena mentioned you in Inference cost',
    'Unread: ops_lena replied to you in Grid operators report',
    'Unread: ops_lena replied to your topic in Deposits',
  ]);
  expect(page.main).toContain('As @priya_n said.');
  const beginning = notesOf(page)[2]?.querySelector('.muted')?.textContent ?? '';
  expect(beginning).toMatch(/^Table 6 <splits> the figures\. .*…$/);
  expect(beginning.length).toBeLessThanOrEqual(160);
  expect(notesOf(page)[0]?.querySelector('a')?.getAttribute('href')).toBe(`/p/${mention.id}`);
});

test("nobody sees another's inbox", async ({ as, db, make }) => {
  await replyTo(db, make, await make.member());
  const page = await (await as.member()).visit('/inbox');
  expect(notesOf(page)).toEqual([]);
  expect(page.main).toContain('Nothing yet.');
  expect(unreadOf(page)).toBe('0');
});

test('notifications stand under their days', async ({ as, db, make }) => {
  const member = await make.member();
  for (const at of [
    '2026-03-31T23:59:00Z',
    '2026-04-02T00:00:00Z',
    '2026-04-02T23:59:00Z',
    '2026-04-03T00:00:00Z',
  ]) {
    await replyTo(db, make, member, { at: new Date(at) });
  }
  const page = await (await as.member(member)).visit('/inbox');
  const days = [...page.document.querySelectorAll('.day')].map((day) => [
    day.textContent,
    day.nextElementSibling?.children.length,
  ]);
  expect(days).toEqual([
    ['Today', 1],
    ['Yesterday', 2],
    ['31 March 2026', 1],
  ]);
});

const GONE: Record<string, (db: Database, make: Make, reply: PostRow) => Promise<unknown>> = {
  'hidden post': (_db, make, reply) => make.hide({ post: reply.id }),
  'held post': (db, _make, reply) =>
    db.update(posts).set({ heldAt: new Date() }).where(eq(posts.id, reply.id)),
  'withdrawn post': (db, _make, reply) =>
    db.update(posts).set({ withdrawnAt: new Date() }).where(eq(posts.id, reply.id)),
  'post in a hidden topic': (_db, make, reply) => make.hide({ topic: reply.topicId }),
  'post in a withdrawn topic': (db, _make, reply) =>
    db.update(topics).set({ withdrawnAt: new Date() }).where(eq(topics.id, reply.topicId)),
};
test.for(Object.keys(GONE))(
  'the notification of a %s is neither shown nor counted',
  async (what, { as, db, make }) => {
    const member = await make.member();
    const reply = await replyTo(db, make, member, {
      bodyMd: 'gone',
      bodyHtml: '<p>A text that has gone</p>' as SafeHtml,
    });
    await replyTo(db, make, member);
    const browser = await as.member(member);
    expect(unreadOf(await browser.visit('/inbox'))).toBe('2');
    await GONE[what]?.(db, make, reply);
    for (const path of ['/inbox', '/inbox?show=unread']) {
      const page = await browser.visit(path);
      expect(notesOf(page)).toHaveLength(1);
      expect(page.html).not.toContain('A text that has gone');
      expect(unreadOf(page)).toBe('1');
    }
  },
);

test('one is marked read, then all, and both lead back to the page', async ({ as, db, make, clock }) => {
  const member = await make.member();
  for (let n = 0; n < 3; n++) await replyTo(db, make, member);
  const browser = await as.member(member);
  const page = await browser.visit('/inbox?show=unread');
  const one = await page.press('Mark read');
  expect(one.url).toBe('/inbox?show=unread');
  expect([notesOf(one).length, unreadOf(one)]).toEqual([2, '2']);
  const all = await one.press('Mark all read');
  expect(all.main).toContain('There is nothing unread.');
  expect(unreadOf(all)).toBe('0');
  const listed = await browser.visit('/inbox');
  expect(notesOf(listed)).toHaveLength(3);
  expect(listed.main).not.toContain('Unread:');
  const rows = await db.select({ readAt: notifications.readAt }).from(notifications);
  expect(rows.map(({ readAt }) => readAt)).toEqual([clock.now(), clock.now(), clock.now()]);
});

test('"all" is what was on the screen, not what came meanwhile', async ({ as, db, make }) => {
  const member = await make.member();
  await replyTo(db, make, member);
  const page = await (await as.member(member)).visit('/inbox');
  await replyTo(db, make, member);
  expect(unreadOf(await page.press('Mark all read'))).toBe('1');
});

test("nobody marks another's notification", async ({ as, db, make }) => {
  await replyTo(db, make, await make.member());
  const [row] = await db.select({ id: notifications.id }).from(notifications);
  const browser = await as.member();
  for (const body of [{ id: String(row?.id) }, { upTo: String(row?.id) }]) {
    expect((await browser.post('/inbox/read', body)).status).toBe(303);
  }
  expect(await db.select({ readAt: notifications.readAt }).from(notifications)).toEqual([{ readAt: null }]);
});

test.for([
  {},
  { id: '0' },
  { id: '1e3' },
  { id: '99999999999999999999' },
  { upTo: "1' or true" },
  { id: '\u0000' },
])('marking %j is no notification', async (body, { as }) => {
  expect((await (await as.member()).post('/inbox/read', body)).status).toBe(404);
});

test('marking leads nowhere else', async ({ as }) => {
  const answer = await (await as.member()).post('/inbox/read', { id: '7', next: '//evil.example' });
  expect(answer.headers.location).toBe('/');
});

test('long lists come in pages without a gap and without a repeat, whatever is told meanwhile', async ({
  as,
  db,
  make,
}) => {
  const member = await make.member();
  const author = await make.member();
  const topics = [];
  for (let n = 0; n < 65; n++) {
    const topic = await make.topic({ author: member });
    topics.push(topic);
    await notifyOfPost(db, { postId: (await make.reply({ topic, author })).id }, AT);
  }
  const seen: string[] = [];
  let page = await (await as.member(member)).visit('/inbox');
  for (let n = 0; n < 3; n++) {
    seen.push(...notesOf(page).map((note) => note.querySelector('a')?.getAttribute('href') ?? ''));
    // Only where the newest stands "all" can be meant.
    expect(page.document.querySelector('[name=upTo]') !== null).toBe(n === 0);
    // Those of the first page, and one that is on none yet: it moves to the front, where the reader has been.
    for (const topic of [topics[64]!, topics[2 + n]!])
      await notifyOfPost(db, { postId: (await make.reply({ topic, author })).id }, AT);
    if (n < 2) page = await page.follow('Earlier');
  }
  expect(page.document.querySelector('a[rel=next]')).toBeNull();
  // Of those that were told again while they waited on the last page, two were to come.
  expect(seen).toHaveLength(63);
  expect(new Set(seen).size).toBe(63);
});

test.for(['x', '0', '-1', '1_2', '99999999999999999999', ''])(
  'a cursor %j is refused',
  async (after, { as }) => {
    expect((await (await as.member()).get(`/inbox?after=${encodeURIComponent(after)}`)).status).toBe(400);
  },
);

test('the inbox is for members and kept nowhere; it costs three queries', async ({ as, db, make }) => {
  expect((await as.visitor().get('/inbox')).headers.location).toBe('/sign-in?next=%2Finbox');
  expect((await as.visitor().post('/inbox/read', { id: '1' })).status).toBe(303);
  const member = await make.member();
  const browser = await as.member(member);
  const answer = await browser.get('/inbox');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(String(answer.headers['server-timing'])).toContain('"2 queries"');
  await replyTo(db, make, member);
  expect(String((await browser.get('/inbox')).headers['server-timing'])).toContain('"3 queries"');
});

async function hidden(
  db: Database,
  by: MemberRow,
  reply: PostRow,
  kind: 'hide' | 'approve' = 'hide',
): Promise<void> {
  const [row] = await db
    .insert(actions)
    .values({
      kind,
      actorId: by.id,
      at: new Date(),
      rule: 4,
      reason: 'Spam or promotion',
      topicId: reply.topicId,
      postId: reply.id,
    })
    .returning({ id: actions.id });
  const actionId = row?.id as ActionId;
  await db.insert(actionPosts).values({ actionId, postId: reply.id });
  await notifyOfAction(db, { actionId }, new Date('2026-04-03T14:00:00Z'));
}

test('an author is told what a moderator did, under which rule and why, with the log and the own text', async ({
  as,
  db,
  make,
}) => {
  const author = await make.member();
  const moderator = await make.member({ name: 'mod_ana', role: 'moderator' });
  const topic = await make.topic({ title: 'Grid operators report' });
  const reply = await make.reply({ topic, author, body: 'Buy my course' });
  await hidden(db, moderator, reply);
  await make.hide({ post: reply.id });

  const page = await (await as.member(author)).visit('/inbox');
  expect(unreadOf(page)).toBe('1');
  expect(page.main).toContain('Hidden by a moderator: your reply in Grid operators report');
  expect(page.main).toContain('Reason: Spam or promotion (rule 4)');
  expect(page.main).not.toContain('mod_ana');
  const links = [...page.document.querySelectorAll('.note a')].map((link) => link.getAttribute('href'));
  expect(links[0]).toMatch(/^\/decisions\/\d+$/);
  expect(links[1]).toBe('/moderation/log?action=hide');
  expect((await page.follow('Hidden by a moderator: your reply')).main).toContain('Buy my course');
});

test('an approval stands in no log, so none is linked', async ({ as, db, make }) => {
  const author = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author });
  await hidden(db, await make.member({ role: 'admin' }), reply, 'approve');
  const page = await (await as.member(author)).visit('/inbox');
  expect(page.main).toContain('Approved by an admin: your reply');
  expect(page.document.querySelector('.note a[href^="/moderation/log"]')).toBeNull();
});

test('the title of a topic that was hidden since is not told', async ({ as, db, make }) => {
  const author = await make.member();
  const topic = await make.topic({ title: 'A headline nobody may read' });
  const reply = await make.reply({ topic, author });
  await hidden(db, await make.member({ role: 'moderator' }), reply);
  await make.hide({ topic: topic.id });
  const page = await (await as.member(author)).visit('/inbox');
  expect(page.main).toContain('Hidden by a moderator: your reply');
  expect(page.html).not.toContain('A headline nobody may read');
});
