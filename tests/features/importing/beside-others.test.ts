// Members, sections and tags that meet others of their name: in the file, or in the forum.
import { asc, eq } from 'drizzle-orm';
import { members, sections, tags, topics } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import {
  emptyForum,
  exportText,
  fileOf,
  importTexts,
  memberRecord,
  sectionRecord,
  tagRecord,
  topicRecord,
} from './transfer.ts';

const AT = '2026-01-05T09:30:00.000Z';

test('names that differ by case alone, and one address for two, in one file', async ({ forum, db }) => {
  await emptyForum(forum);
  const { faults, notes, counts } = await importTexts(forum, [
    fileOf(
      memberRecord('anna', { email: 'a@example.org', confirmed_at: AT }),
      memberRecord('ANNA', { email: 'A@Example.org', confirmed_at: AT }),
      memberRecord('Anna', { email: 'b@example.org' }),
      memberRecord('anna_2'),
    ),
  ]);
  expect(faults).toEqual([]);
  expect(counts.members).toBe(4);
  expect(notes.map(({ text }) => text)).toEqual([
    'the name ANNA is taken: imported as ANNA_2',
    "the e-mail address of ANNA_2 is somebody else's: left out",
    'the name Anna is taken: imported as Anna_3',
    'the name anna_2 is taken: imported as anna_2_2',
  ]);
  const rows = await db.select().from(members).orderBy(asc(members.id));
  expect(rows.map(({ name, email, confirmedAt }) => [name, email, confirmedAt !== null])).toEqual([
    ['anna', 'a@example.org', true],
    ['ANNA_2', null, false],
    ['Anna_3', 'b@example.org', false],
    ['anna_2_2', null, false],
  ]);
});

test('who is here keeps name, address and account; what they are called in the file is another', async ({
  forum,
  db,
  make,
}) => {
  const here = await make.member({ name: 'Anna', email: 'anna@example.org', password: 'a password of hers' });
  const foreign = memberRecord('anna', {
    email: 'ANNA@example.org',
    confirmed_at: AT,
    role: 'admin',
    password_hash: here.passwordHash!,
  });
  const { notes, counts } = await importTexts(forum, [fileOf(foreign)]);
  expect(counts.members).toBe(1);
  expect(notes.map(({ line, text }) => [line, text])).toEqual([
    [2, 'the name anna is taken: imported as anna_2'],
    [2, "the e-mail address of anna_2 is somebody else's: left out"],
  ]);
  const [same] = await db.select().from(members).where(eq(members.id, here.id));
  expect(same).toEqual(here);
  const [imported] = await db.select().from(members).where(eq(members.originKey, foreign.key));
  expect(imported).toMatchObject({ name: 'anna_2', email: null, emailKey: null, confirmedAt: null });
});

test('a section or tag with a slug of one that is here is that one, and stays as it is', async ({
  forum,
  db,
}) => {
  const [section] = await db.select().from(sections).where(eq(sections.slug, 'infrastructure'));
  const [tag] = await db
    .insert(tags)
    .values({ slug: 'power', name: 'Electric power', kind: 'company', aliases: ['electricity'] })
    .returning();
  const before = await db.$count(sections);
  const { faults, counts } = await importTexts(forum, [
    fileOf(
      sectionRecord('infrastructure', { key: 'old:section:grid', name: 'Another', modifier: 1 }),
      tagRecord('power', { name: 'Power', description: 'Other words', aliases: ['trafos'] }),
      // Of another file once, with a key of its own: the same tag.
      tagRecord('power', { key: 'older:tag:power' }),
      topicRecord('t', { tags: ['old:tag:power', 'older:tag:power'] }),
    ),
  ]);
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ sections: 0, tags: 0, topics: 1, known: 3 });
  expect(await db.select().from(tags)).toEqual([tag]);
  expect(await db.$count(sections)).toBe(before);
  const [same] = await db.select().from(sections).where(eq(sections.slug, 'infrastructure'));
  expect(same).toEqual(section);
  const [topic] = await db.select().from(topics);
  expect(topic?.sectionId).toBe(section?.id);
  await expectTrueCounters(db);
  // The next run finds the same places by their slugs.
  const again = await importTexts(forum, [
    fileOf(sectionRecord('infrastructure', { key: 'old:section:grid' }), topicRecord('t2')),
  ]);
  expect(again.faults).toEqual([]);
});

test('imported members have joined with the earliest that a file says, those of this forum when they did', async ({
  forum,
  db,
  make,
}) => {
  const local = await make.member({ name: 'local' });
  const joined = (year: number) => ({ joined_at: `${year}-01-01T00:00:00.000Z` });
  for (const year of [2024, 2022, 2023])
    await importTexts(forum, [fileOf(memberRecord('anna', joined(year)), sectionRecord('grid'))]);
  const own = (await exportText(db)).split('\n').find((line) => line.includes('"name":"local"'));
  await importTexts(forum, [fileOf({ ...(JSON.parse(own!) as object), ...joined(2020) })]);
  const rows = await db.select().from(members).orderBy(asc(members.id));
  expect(rows.map(({ name, joinedAt }) => [name, joinedAt])).toEqual([
    ['local', local.joinedAt],
    ['anna', new Date('2022-01-01T00:00:00.000Z')],
  ]);
});
