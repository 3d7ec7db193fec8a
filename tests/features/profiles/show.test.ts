// The page of a member: what everybody sees, what only the member sees, and what nobody does.
import { eq, sql } from 'drizzle-orm';
import { members, posts, settings } from '../../../src/db/schema/index.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { sanction } from '../members/sanctions.ts';

const tabsOf = (page: Page) =>
  [...page.document.querySelectorAll('.tabs a')].map((tab) => tab.textContent?.replace(/\s+/g, ' ').trim());
const titlesOf = (page: Page, list: '.rows' | '.items') =>
  [...page.document.querySelectorAll(`main ${list} :is(.row-title, h3)`)].map(
    (title) => title.querySelector('a')?.textContent,
  );

test('a visitor sees who it is and what they wrote', async ({ as, make }) => {
  const member = await make.member({
    name: 'kevin_h',
    role: 'moderator',
    joinedAt: new Date('2024-09-14T10:00:00Z'),
    about: 'Capital flows.\nFormerly in chips.',
    affiliation: 'Holds shares in two chip makers',
  });
  const topic = await make.topic({ author: member, title: 'Investment hits a record' });
  const diana = await make.member({ name: 'diana_f' });
  const other = await make.topic({ author: diana, title: 'Grid operators report' });
  const parent = await make.reply({ topic: other, author: await make.member({ name: 'omar_t' }) });
  await make.reply({
    topic: other,
    author: member,
    body: 'Minimum-take contracts answer part of that.',
    score: 15,
    postedAt: new Date('2026-04-03T08:00:00Z'),
  });
  const deep = await make.reply({
    topic: other,
    author: member,
    parent,
    body: 'A <second> one.',
    postedAt: new Date('2026-04-03T09:00:00Z'),
  });

  const page = await as.visitor().visit('/u/kevin_h');
  expect(page.status).toBe(200);
  for (const text of [
    'Member since 14 September 2024',
    'Moderator',
    'Capital flows.\nFormerly in chips.',
    'Holds shares in two chip makers',
    '15 upvotes',
    'to diana_f',
    'to omar_t',
    'A <second> one.',
  ]) {
    expect(page.main).toContain(text);
  }
  expect(tabsOf(page)).toEqual(['Recent', 'Topics 1', 'Replies 2']);
  expect(titlesOf(page, '.rows')).toEqual([topic.title]);
  expect(titlesOf(page, '.items')).toEqual([other.title, other.title]);
  expect(page.document.querySelector('.items a')?.getAttribute('href')).toBe(`/p/${deep.id}`);
  expect(page.main).not.toContain('Only you see this');
  expect(page.main).not.toContain('Settings');
});

test.for([
  ['/u/KEVIN_H', '/u/kevin_h'],
  ['/u/Kevin_h?show=replies&after=x', '/u/kevin_h?show=replies&after=x'],
])('%s moves to the name as it is written', async ([asked = '', right], { as, make }) => {
  await make.member({ name: 'kevin_h' });
  const answer = await as.visitor().get(asked);
  expect([answer.status, answer.headers.location]).toEqual([301, right]);
});

test.for(['/u/nobody', '/u/%F0%9F%90%99', `/u/${'x'.repeat(400)}`, "/u/'%20or%20true--"])(
  '%s is nobody',
  async (path, { as, make }) => {
    await make.member({ name: 'kevin_h' });
    const page = await as.visitor().visit(path);
    expect(page.status).toBe(404);
    expect(page.main).toContain('There is no member of this name.');
  },
);

test('a name with other characters, as imports bring them, has its page', async ({ as, make }) => {
  await make.member({ name: 'Zoë ?/# &' });
  const page = await as.visitor().visit(`/u/${encodeURIComponent('Zoë ?/# &')}`);
  expect(page.status).toBe(200);
  expect(page.document.querySelector('h1')?.textContent).toBe('Zoë ?/# &');
});

test("what is hidden, held or withdrawn is on nobody else's screen, a moderator's included", async ({
  as,
  make,
  clock,
}) => {
  const member = await make.member({ name: 'kevin_h' });
  const at = clock.now();
  const topic = await make.topic({ title: 'Seen by all' });
  await make.reply({ topic, author: member, body: 'reply seen' });
  for (const state of ['hiddenAt', 'heldAt', 'withdrawnAt']) {
    await make.topic({ author: member, title: `Topic with ${state}`, [state]: at });
    await make.reply({ topic, author: member, body: `reply with ${state}`, [state]: at });
  }
  const gone = await make.topic({ title: 'Headline that went' });
  await make.reply({ topic: gone, author: member, body: 'reply in a hidden topic' });
  await make.hide({ topic: gone.id });

  for (const browser of [as.visitor(), await as.member(), await as.moderator()]) {
    for (const query of ['', '?show=topics', '?show=replies']) {
      const page = await browser.visit(`/u/kevin_h${query}`);
      expect(page.html).not.toMatch(/ with (hidden|held|withdrawn)At|Headline that went|reply in a hidden/);
      expect(tabsOf(page)).toEqual(['Recent', 'Topics 0', 'Replies 1']);
    }
  }
});

test('the member sees own posts that are held or hidden, marked as such', async ({ as, make, clock }) => {
  const member = await make.member({ name: 'kevin_h' });
  const at = clock.now();
  const topic = await make.topic({ title: 'Somebody else asks' });
  await make.topic({ author: member, title: 'Held topic', heldAt: at });
  await make.topic({ author: member, title: 'Hidden topic', hiddenAt: at });
  await make.reply({ topic, author: member, body: 'held reply', heldAt: at });
  await make.reply({ topic, author: member, body: 'hidden reply', hiddenAt: at });
  await make.reply({ topic, author: member, body: 'withdrawn reply', withdrawnAt: at });
  const gone = await make.topic({ title: 'Headline that went' });
  await make.reply({ topic: gone, author: member });
  await make.hide({ topic: gone.id });

  const page = await (await as.member(member)).visit('/u/kevin_h');
  expect(tabsOf(page)).toEqual(['Recent', 'Topics 2', 'Replies 2', 'Saved 0']);
  const notes = [...page.document.querySelectorAll('.meta .badge')].map((badge) => badge.textContent);
  expect(notes.sort()).toEqual([
    'Awaiting approval',
    'Awaiting approval',
    'Hidden by a moderator',
    'Hidden by a moderator',
  ]);
  expect(page.main).toContain('held reply');
  expect(page.main).toContain('hidden reply');
  expect(page.html).not.toContain('withdrawn reply');
  expect(page.html).not.toContain('Headline that went');
});

test('whoever withdrew what was answered is not named', async ({ as, db, make, clock }) => {
  const member = await make.member({ name: 'kevin_h' });
  const topic = await make.topic({ author: await make.member({ name: 'shy_author' }) });
  const parent = await make.reply({ topic, author: await make.member({ name: 'shy_replier' }) });
  await make.reply({ topic, author: member, parent });
  expect((await as.visitor().visit('/u/kevin_h')).main).toContain('to shy_replier');
  await db.update(posts).set({ withdrawnAt: clock.now() }).where(eq(posts.id, parent.id));
  expect((await as.visitor().visit('/u/kevin_h')).html).not.toContain('shy_');
});

test('everybody sees the step of trust, and only the member what is missing', async ({
  as,
  db,
  make,
  clock,
}) => {
  const member = await make.member({
    name: 'kevin_h',
    joinedAt: clock.ago({ days: 2 }),
    topicsRead: 27,
    repliesKept: 0,
  });
  const own = await (await as.member(member)).visit('/u/kevin_h');
  expect(own.main).toContain('Standing\nNew member');
  expect(own.main).toContain(
    'Days here\n2 of 10\nTopics read\n20 of 20, reached\nReplies that stand\n0 of 1\nThis forum sets new members no limits',
  );
  for (const browser of [as.visitor(), await as.member(), await as.moderator()]) {
    const page = await browser.visit('/u/kevin_h');
    expect(page.main).toContain('New member');
    expect(page.main).not.toMatch(/Only you see this|Topics read/);
  }
  await db.update(members).set({ joinedAt: clock.ago({ days: 60 }), topicsRead: 30, repliesKept: 2 });
  const trusted = await (await as.member(member)).visit('/u/kevin_h');
  expect(trusted.main).toContain('Standing\nTrusted member');
  expect(trusted.main).toContain('You can edit what you wrote for 30 days');
});

test('on the way to being trusted, flags and sanctions count as well', async ({ as, db, make, clock }) => {
  const member = await make.member({ name: 'kevin_h', flagsDecided: 10, flagsUpheld: 6 });
  await sanction(db, member, 'warning', {
    startsAt: clock.ago({ days: 40 }),
    endsAt: clock.ago({ days: 39 }),
  });
  const page = await (await as.member(member)).visit('/u/kevin_h');
  expect(page.main).toContain('On the way to trusted member');
  expect(page.main).toContain(
    'Days here\n50 of 50, reached\nFlags upheld\n60 % (70 % wanted)\nWithout a sanction for\n40 of 100 days',
  );
});

test('where limits of new members are in force, the member reads which', async ({
  app,
  as,
  db,
  make,
  clock,
}) => {
  await db.update(settings).set({ values: sql`${settings.values} || '{"newMemberLimits": "on"}'` });
  await app.site.refresh();
  const member = await make.member({ name: 'kevin_h', joinedAt: clock.ago({ days: 2 }) });
  const page = await (await as.member(member)).visit('/u/kevin_h');
  expect(page.main).toContain('Until then you can post 3 topics and 10 replies a day');
});

test('the sections somebody is active in stand most active first, by what everybody can read', async ({
  as,
  make,
  clock,
}) => {
  const member = await make.member({ name: 'kevin_h' });
  const chips = await make.topic({ section: 'infrastructure' });
  for (let n = 0; n < 2; n++) await make.reply({ topic: chips, author: member, score: 4 });
  await make.topic({ author: member, section: 'funding', score: 3 });
  const secret = await make.topic({ section: 'regions' });
  for (let n = 0; n < 3; n++)
    await make.reply({ topic: secret, author: member, score: 50, hiddenAt: clock.now() });
  const page = await as.visitor().visit('/u/kevin_h');
  expect([...page.document.querySelectorAll('aside li a')].map((link) => link.getAttribute('href'))).toEqual([
    '/s/infrastructure',
    '/s/funding',
  ]);
  expect(page.main).toContain('Upvotes received\n11');
});

test('somebody who wrote nothing has a page that says so, for no search engine', async ({ as, make }) => {
  await make.member({ name: 'quiet', about: 'Visit my shop' });
  const page = await as.visitor().visit('/u/quiet');
  expect(page.main).toContain('quiet has not written anything yet.');
  expect(page.html).toContain('<meta name="robots" content="noindex">');
});

test('topics and replies come in pages without a gap and without a repeat', async ({ as, make, clock }) => {
  const member = await make.member({ name: 'kevin_h' });
  const topic = await make.topic();
  for (let n = 0; n < 65; n++) {
    // Four at each moment, a page of 30 ends amid them: the id decides.
    const postedAt = clock.ago({ minutes: Math.floor(n / 4) });
    await make.reply({ topic, author: member, postedAt });
    await make.topic({ author: member, postedAt });
  }
  for (const [show, list] of [
    ['replies', '.items h3 a'],
    ['topics', '.rows .row-title a'],
  ] as const) {
    const seen: string[] = [];
    let page = await as.visitor().visit(`/u/kevin_h?show=${show}`);
    for (let n = 0; n < 3; n++) {
      seen.push(
        ...[...page.document.querySelectorAll(`main ${list}`)].map((link) => link.getAttribute('href') ?? ''),
      );
      if (n < 2) page = await page.follow('Earlier');
    }
    expect(page.document.querySelector('a[rel=next]')).toBeNull();
    expect(new Set(seen).size).toBe(65);
    expect(seen).toHaveLength(65);
  }
});

test.for(['x', '', '0_1', '2026-04-03T14:30:00.000Z_0'])(
  'a cursor %j is refused',
  async (after, { as, make }) => {
    await make.member({ name: 'kevin_h' });
    const answer = await as.visitor().get(`/u/kevin_h?show=replies&after=${encodeURIComponent(after)}`);
    expect(answer.status).toBe(400);
  },
);

test('recent shows five topics and ten replies, for at most three queries', async ({ as, make }) => {
  const member = await make.member({ name: 'kevin_h' });
  const topic = await make.topic();
  for (let n = 0; n < 12; n++) await make.reply({ topic, author: member });
  for (let n = 0; n < 7; n++) await make.topic({ author: member });
  const page = await as.visitor().visit('/u/kevin_h');
  expect([titlesOf(page, '.rows').length, titlesOf(page, '.items').length]).toEqual([5, 10]);
  expect(page.document.querySelector('.pager a')).toBeNull();
  expect(page.headers['server-timing']).toContain('"3 queries"');
});
