// Keys of rows: the forum's own, those that came along, and those that somebody made up.
import { eq } from 'drizzle-orm';
import { findByOriginKeys, findForumKey, type KeyedNoun, originKeyOf } from '../../src/db/origin-keys.ts';
import { members, posts, sections, settings, sources, tags, topics } from '../../src/db/schema/index.ts';
import { expect, test } from '../support/forum.ts';

const TABLES = { member: members, section: sections, tag: tags, topic: topics, source: sources, post: posts };

test('a forum has a key, and keeps it; another has another', async ({ db }) => {
  const key = await findForumKey(db);
  expect(key).toMatch(/^[0-9a-f]{16}$/);
  await db.update(settings).set({ changedAt: new Date() });
  expect(await findForumKey(db)).toBe(key);
  await db.delete(settings);
  await expect(findForumKey(db)).rejects.toThrow('The forum has no settings');
});

test('every noun is found by the key that its rows are given, own or brought along', async ({ db, make }) => {
  const forumKey = await findForumKey(db);
  const topic = await make.topic({ source: 'https://one.example/a' });
  await make.reply({ topic });
  await db.insert(tags).values([
    { slug: 'power', name: 'power' },
    { slug: 'chips', name: 'chips', originKey: 'old:1' },
  ]);
  for (const [noun, table] of Object.entries(TABLES) as [KeyedNoun, (typeof TABLES)[KeyedNoun]][]) {
    const rows = await db
      .select({ id: table.id, stored: table.originKey, key: originKeyOf(noun, forumKey) })
      .from(table);
    expect(rows.length, noun).toBeGreaterThan(0);
    for (const { id, stored, key } of rows) expect(key).toBe(stored ?? `${forumKey}:${noun}:${id}`);
    const keys = rows.map(({ key }) => key);
    const found = await findByOriginKeys(db, noun, forumKey, [...keys, 'unknown']);
    expect([...found].toSorted()).toEqual(rows.map(({ key, id }) => [key, id]).toSorted());
  }
});

test('a row that was brought along has no key of this forum besides', async ({ db, make }) => {
  const forumKey = await findForumKey(db);
  const anna = await make.member();
  const bart = await make.member({ originKey: 'old:member:7' });
  const own = (id: number) => `${forumKey}:member:${id}`;
  const found = await findByOriginKeys(db, 'member', forumKey, [own(anna.id), own(bart.id), 'old:member:7']);
  expect([...found]).toEqual(
    expect.arrayContaining([
      [own(anna.id), anna.id],
      ['old:member:7', bart.id],
    ]),
  );
  expect(found.size).toBe(2);
  expect((await findByOriginKeys(db, 'member', forumKey, [own(bart.id)])).size).toBe(0);
});

test('keys that nothing has find nothing, whatever is in them', async ({ db, make }) => {
  const forumKey = await findForumKey(db);
  const { id } = await make.member();
  await make.member({ originKey: '{"a",NULL}' });
  const own = (text: string) => `${forumKey}:member:${text}`;
  const hostile = [
    ...[own(`0${id}`), own(`${id} `), own(`+${id}`), own(`-${id}`), own(`${id}.0`), own(`${id}e0`), own('')],
    ...[own('9'.repeat(16)), own('9'.repeat(19)), own('9'.repeat(180)), own(`${id}:post:1`), own('NULL')],
    ...[`${forumKey}:post:${id}`, `${forumKey}:`, forumKey, `0${forumKey}:member:${id}`],
    ...['NULL', 'null', '', '{}', '{NULL}', '\\', '\\\\', '"', "'", `' or true --`, '%', '_', 'a,b', '$1'],
  ];
  expect((await findByOriginKeys(db, 'member', forumKey, hostile)).size).toBe(0);
  const odd = await findByOriginKeys(db, 'member', forumKey, [...hostile, '{"a",NULL}', own(String(id))]);
  expect([...odd.keys()].toSorted()).toEqual([own(String(id)), '{"a",NULL}'].toSorted());
});

test('none of none asks the database nothing; many are found at once', async ({ db }) => {
  const forumKey = await findForumKey(db);
  expect((await findByOriginKeys(db, 'section', forumKey, [])).size).toBe(0);
  const rows = Array.from({ length: 6_000 }, (_, n) => ({
    slug: `t${n}`,
    name: `t${n}`,
    originKey: `old:${n}`,
  }));
  await db.insert(tags).values(rows);
  const found = await findByOriginKeys(
    db,
    'tag',
    forumKey,
    rows.map(({ originKey }) => originKey),
  );
  expect(found.size).toBe(6_000);
  const [one] = await db.select().from(tags).where(eq(tags.slug, 't4711'));
  expect(found.get('old:4711')).toBe(one?.id);
});
