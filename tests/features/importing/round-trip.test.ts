// A forum goes out and comes back: the same bytes, the same pages, the same doors that are closed.
import { asc, eq, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../../../src/db/schema/index.ts';
import { members, topics, visits } from '../../../src/db/schema/index.ts';
import type { Database } from '../../../src/db/connection.ts';
import type { ImportCounts } from '../../../src/features/importing/index.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Browser } from '../../support/browser.ts';
import { type As, expect, type Forum, test } from '../../support/forum.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import { makeRichForum, PASSWORD } from './rich-forum.ts';
import { GONE } from './rich-moderation.ts';
import { emptyForum, exportText, importTexts } from './transfer.ts';

/** Imports a file that has nothing wrong in it. */
async function importSound(forum: Forum, text: string): Promise<ImportCounts> {
  const { faults, notes, counts } = await importTexts(forum, [text]);
  expect([faults, notes]).toEqual([[], []]);
  return counts;
}

/** Every topic's page as it reads to a visitor, to who wrote much of it, and to a moderator. */
async function pagesOf(db: Database, as: As): Promise<Record<string, string>> {
  // What somebody has seen does not travel.
  await db.delete(visits);
  const all = await db.select().from(topics).orderBy(asc(topics.id));
  const pages: Record<string, string> = {};
  const readers: readonly (readonly [string, Browser])[] = [
    ['a visitor', as.visitor()],
    ['anna', await as.member(await memberNamed(db, 'anna'))],
    ['mira', await as.member(await memberNamed(db, 'mira'))],
  ];
  for (const [name, browser] of readers) {
    for (const topic of all) {
      const page = await browser.visit(paths.topic(topic));
      // The decision behind a lock does not travel: version 1 has no record for it.
      const text = page.main.replace(' The reason: Enough.', '');
      pages[`${topic.title}, read by ${name}`] = `${page.status}\n${text}`;
    }
    await db.delete(visits);
  }
  return pages;
}

async function memberNamed(db: Database, name: string) {
  const [member] = await db.select().from(members).where(eq(members.name, name));
  if (!member) throw new Error(`There is no ${name}`);
  return member;
}

const LISTS = [
  '/',
  '/new',
  '/active',
  '/top?t=all',
  '/s/infrastructure',
  '/tag/power',
  '/u/anna',
  '/u/Bart_2',
];
const ELSEWHERE = ['/feed.atom', '/feed.json', '/sitemap.xml', '/moderation/log'];

async function listsOf(browser: Browser): Promise<Record<string, string>> {
  const lists: Record<string, string> = {};
  for (const path of LISTS) lists[path] = (await browser.visit(path)).main;
  return lists;
}

test('a forum comes back as it was: its file, its pages, its lists, its passwords', async ({
  forum,
  db,
  make,
  as,
  clock,
}) => {
  await makeRichForum({ forum, db, make, as, clock });
  const [text, pages, lists] = [await exportText(db), await pagesOf(db, as), await listsOf(as.visitor())];
  expect(Object.keys(pages).length).toBe(33);
  expect(pages['A quarrel, read by anna']).toContain(`${GONE} hidden alone`);
  expect(pages['A quarrel, read by a visitor']).toContain('Hidden by a moderator');
  expect(pages[`Hidden ${GONE}, read by a visitor`]).toMatch(/^410\n/);
  expect(pages[`Refused ${GONE}, read by a visitor`]).not.toContain(`Refused ${GONE}`);
  expect(text.match(/"refused":true/g)).toHaveLength(2);

  await emptyForum(forum);
  expect(await importSound(forum, text)).toMatchObject({
    topics: await db.$count(topics),
    members: await db.$count(members),
    known: 0,
  });
  await expectTrueCounters(db);
  expect(await exportText(db)).toBe(text);
  expect(await pagesOf(db, as)).toEqual(pages);
  expect(await listsOf(as.visitor())).toEqual(lists);
  for (const path of [...LISTS, ...ELSEWHERE]) {
    const { status, text: answer } = await as.visitor().get(path);
    expect(status, path).toBe(200);
    expect(answer, path).not.toContain(GONE);
  }
  const searched = async (word: string) => (await as.visitor().visit(`/search?q=${word}`)).main;
  expect(await searched(GONE)).toContain('Nothing matches');
  expect(await searched('late')).toContain('Transformers are late');
  for (const name of ['anna', 'bart@example.org', 'mira', 'ada']) {
    const browser = as.visitor();
    const answer = await browser.post('/sign-in', { name, password: PASSWORD });
    expect(answer.status, name).toBe(303);
    expect((await browser.visit('/settings')).status).toBe(200);
  }
  expect((await as.visitor().post('/sign-in', { name: 'without-email', password: '' })).status).not.toBe(303);
  expect((await (await as.member(await memberNamed(db, 'mira'))).visit('/moderation')).status).toBe(200);
  expect((await (await as.member(await memberNamed(db, 'anna'))).get('/moderation')).status).toBe(403);
});

/** How many rows each table has. */
async function sizesOf(db: Database): Promise<Record<string, number>> {
  const tables = Object.values(schema).filter((table) => is(table, PgTable) && table !== schema.pageChanges);
  const sizes = tables.map(async (table): Promise<[string, number]> => [
    getTableName(table),
    await db.$count(table),
  ]);
  return Object.fromEntries(await Promise.all(sizes));
}

test('its own file changes nothing in the forum that it came from, and doubles nobody', async ({
  forum,
  db,
  make,
  as,
  clock,
}) => {
  await makeRichForum({ forum, db, make, as, clock });
  const [text, sizes] = [await exportText(db), await sizesOf(db)];
  expect(await importSound(forum, text)).toEqual({
    ...{ members: 0, sections: 0, tags: 0, topics: 0, replies: 0 },
    known: text.trimEnd().split('\n').length - 1,
  });
  expect(await exportText(db)).toBe(text);
  expect(await sizesOf(db)).toEqual(sizes);
});

test('nobody hears of what was imported', async ({ forum, db, make, as, clock, drain, mails }) => {
  const { anna } = await makeRichForum({ forum, db, make, as, clock });
  const text = await exportText(db);
  await emptyForum(forum);
  await importSound(forum, text);
  await drain();
  expect(mails()).toEqual([]);
  const inbox = await (await as.member(await memberNamed(db, anna.name))).visit('/inbox');
  expect(inbox.main).not.toContain('Transformers');
});
