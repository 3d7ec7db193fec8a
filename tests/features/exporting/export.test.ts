// What goes out: everything as it stands, in an order of its own, in one file that is whole or not there.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile as writeText } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { eq, sql } from 'drizzle-orm';
import { flags, members, posts, settings, topics } from '../../../src/db/schema/index.ts';
import { exportForum, writeFile } from '../../../src/features/exporting/index.ts';
import { HEADER } from '../../../src/features/importing/index.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import {
  emptyForum,
  exportText,
  fileOf,
  importTexts,
  memberRecord,
  sectionRecord,
  topicRecord,
} from '../importing/transfer.ts';

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind?: string; key: string; [name: string]: unknown });

test('the header, then sections, tags, members and topics; what was written here is named after the forum', async ({
  db,
  make,
}) => {
  const anna = await make.member({ name: 'anna' });
  const topic = await make.topic({ author: anna, source: 'https://one.example/a' });
  const reply = await make.reply({ topic, author: anna });
  const [{ forumKey } = { forumKey: '' }] = await db.select().from(settings);
  const [header, ...records] = linesOf(await exportText(db));
  expect(header).toEqual(HEADER);
  expect(records.map(({ kind }) => kind)).toEqual([...Array<string>(7).fill('section'), 'member', 'topic']);
  const exported = records.at(-1);
  expect(exported).toMatchObject({
    key: `${forumKey}:topic:${topic.id}`,
    section: records[0]?.key,
    sources: [{ added_by: `${forumKey}:member:${anna.id}` }],
    posts: [
      { key: `${forumKey}:post:${topic.openingPostId}`, author: `${forumKey}:member:${anna.id}` },
      { key: `${forumKey}:post:${reply.id}` },
    ],
  });
  // What has its default is not written.
  expect(Object.keys((exported?.posts as object[])[1] ?? {})).toEqual(['key', 'author', 'posted_at', 'body']);
});

test('sections stand in the order of their places, tags behind the one above them', async ({
  db,
  make,
  forum,
}) => {
  await make.topic();
  await db.execute(sql`update sections set position = 100 - position`);
  await db.execute(
    sql`insert into tags (slug, name) values ('leaf', 'leaf'), ('branch', 'branch'), ('root', 'root'), ('apart', 'apart')`,
  );
  await db.execute(sql`update tags set parent_id = (select id from tags as above where above.slug = case tags.slug when 'leaf' then 'branch' else 'root' end)
    where slug in ('leaf', 'branch')`);
  const text = await exportText(db);
  const slugs = (kind: string) =>
    linesOf(text).flatMap((record) => (record.kind === kind ? [record.slug] : []));
  expect(slugs('section').at(-1)).toBe('funding');
  expect(slugs('tag')).toEqual(['root', 'apart', 'branch', 'leaf']);
  await emptyForum(forum);
  expect((await importTexts(forum, [text])).faults).toEqual([]);
  expect(await exportText(db)).toBe(text);
});

test('tags that stand above each other in a circle do not keep it from ending', async ({ db }) => {
  await db.execute(sql`insert into tags (slug, name) values ('one', 'one'), ('other', 'other')`);
  await db.execute(
    sql`update tags set parent_id = (select id from tags as above where above.slug <> tags.slug)`,
  );
  expect(linesOf(await exportText(db)).filter(({ kind }) => kind === 'tag')).toHaveLength(2);
});

test('more members, topics and replies than are read at once', async ({ forum, db }) => {
  await emptyForum(forum);
  const crowd = Array.from({ length: 2_001 }, (_, n) => memberRecord(`m${n}`));
  const replies = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ author: crowd[n]!.key, body: `${n}` }));
  const file = fileOf(
    sectionRecord('grid'),
    ...crowd,
    ...Array.from({ length: 203 }, (_, n) => topicRecord(`t${n}`)),
    topicRecord('large', { posts: [{}, ...replies(2_001)] }),
    topicRecord('small', { posts: [{}, {}] }),
    topicRecord('half', { posts: [{}, ...replies(1_200)] }),
    topicRecord('other', { posts: [{}, ...replies(1_200)] }),
    topicRecord('last'),
  );
  expect((await importTexts(forum, [file])).faults).toEqual([]);
  await expectTrueCounters(db);
  expect(await exportText(db)).toBe(file);
});

test('what is written while it runs is not half in it', async ({ db, make }) => {
  const topic = await make.topic({ title: 'As it was' });
  const before = await exportText(db);
  let text = '';
  await exportForum(db, async (lines) => {
    for await (const line of lines) {
      if (text === '') {
        await make.reply({ topic });
        await db.update(topics).set({ title: 'As it became' });
      }
      text += line;
    }
  });
  expect(text).toBe(before);
  expect(await exportText(db)).toContain('As it became');
});

test('it counts what is in it, and what is not', async ({ db, make }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await make.reply({ topic, heldAt: new Date() });
  await make.flag({ post: reply.id });
  const counts = await exportForum(db, async (lines) => {
    for await (const line of lines) expect(line).toMatch(/^\{.*\}\n$/);
  });
  expect(counts).toEqual({
    members: await db.$count(members),
    topics: 1,
    replies: 2,
    leftOut: { flags: await db.$count(flags), sanctions: 0 },
  });
});

test('an opening post that came to its topic later than a reply stands first nevertheless', async ({
  forum,
  db,
  make,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  // As a merge leaves it: the reply has the lower id.
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx
      .update(posts)
      .set({ id: (reply.id + 1) as typeof reply.id })
      .where(eq(posts.id, topic.openingPostId));
    await tx.update(topics).set({ openingPostId: (reply.id + 1) as typeof reply.id });
  });
  const text = await exportText(db);
  const record = linesOf(text).at(-1);
  expect((record?.posts as { body: string }[]).map(({ body }) => body)).toEqual([
    expect.not.stringMatching(/^A reply/),
    'A reply that says something.',
  ]);
  await emptyForum(forum);
  expect((await importTexts(forum, [text])).faults).toEqual([]);
  expect(await exportText(db)).toBe(text);
});

async function* lines(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenwire-export-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a file is its owner's alone, and gzip by its name", () =>
  inFolder(async (folder) => {
    for (const name of ['a.jsonl', 'a.jsonl.gz']) {
      const path = join(folder, name);
      const size = await writeFile(path, lines('é\n', '😀\u2028\n'));
      const bytes = await readFile(path);
      expect(size).toBe(bytes.length);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(String(name.endsWith('.gz') ? gunzipSync(bytes) : bytes)).toBe('é\n😀\u2028\n');
    }
    expect((await readdir(folder)).toSorted()).toEqual(['a.jsonl', 'a.jsonl.gz']);
  }));

test('an export that breaks off leaves the file of before, and nothing beside it', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'a.jsonl');
    await writeText(path, 'of before\n');
    await chmod(path, 0o644);
    async function* broken() {
      yield 'half\n';
      throw new Error('The database is gone.');
    }
    await expect(writeFile(path, broken())).rejects.toThrow('The database is gone.');
    expect(await readdir(folder)).toEqual(['a.jsonl']);
    expect(String(await readFile(path))).toBe('of before\n');
    await writeFile(path, lines('whole\n'));
    expect(String(await readFile(path))).toBe('whole\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  }));

test('where nothing can be written, it says so and leaves nothing', () =>
  inFolder(async (folder) => {
    await expect(writeFile(join(folder, 'missing', 'a.jsonl'), lines('a\n'))).rejects.toThrow(/ENOENT/);
    const taken = join(folder, 'taken');
    await mkdir(taken);
    await expect(writeFile(taken, lines('a\n'))).rejects.toThrow(/EISDIR/);
    expect(await readdir(folder)).toEqual(['taken']);
  }));
