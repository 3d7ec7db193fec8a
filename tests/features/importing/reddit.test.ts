// Archives of Reddit: what becomes of a discussion with everything that real ones do.
import { asc } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members, sections, sources, tags, topics, topicTags } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { type As, expect, test } from '../../support/forum.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import { discussion, moment, postsOf, reddit, T0 } from './discussions.ts';
import { emptyForum, exportText, importTexts } from './transfer.ts';

/** Headlines of the replies, as the page shows them. */
async function shownOrder(db: Database, as: As, sort: string): Promise<string[]> {
  const [topic] = await db.select().from(topics);
  const page = await as.visitor().visit(paths.topic(topic!, { sort }));
  return [...page.main.matchAll(/^Comment (\S+)$/gm)].map(([, name]) => name ?? '');
}

test('a discussion becomes a topic with its tag, its members and its tree', async ({ forum, db, as }) => {
  await emptyForum(forum);
  const { faults, notes, counts } = await importTexts(
    forum,
    [
      discussion('abc', { flair: ' News &amp; Views ', score: 42 }, [
        { score: 7 },
        { parent: 'c0', author: 'op_one', score: -3 },
        { parent: 'c1', author: 'writer0' },
      ]),
    ],
    reddit,
  );
  expect([faults, notes]).toEqual([[], []]);
  expect(counts).toEqual({ members: 2, sections: 0, tags: 1, topics: 1, replies: 3, known: 0 });
  const [topic] = await db.select().from(topics);
  const [first] = await db.select().from(sections).orderBy(asc(sections.position));
  expect(topic).toMatchObject({
    originKey: 'reddit:t3_abc',
    kind: 'text',
    title: 'Discussion abc',
    score: 42,
    replyCount: 3,
    replierCount: 1,
    postedAt: moment(T0),
    lastActivityAt: moment(T0 + 180),
    sectionId: first?.id,
  });
  expect(await db.select().from(tags)).toMatchObject([
    { slug: 'news-views', name: 'News & Views', kind: 'subject' },
  ]);
  expect(await db.select().from(sources)).toEqual([]);
  const byKey = await postsOf(db);
  const [c0, c1, c2] = ['c0', 'c1', 'c2'].map((id) => byKey.get(`reddit:t1_${id}`));
  expect(byKey.get('reddit:t3_abc/text')).toMatchObject({
    bodyMd: 'Text of abc',
    baseScore: 42,
    branchId: null,
  });
  expect(c0).toMatchObject({
    parentId: null,
    depth: 0,
    score: 7,
    baseScore: 7,
    branchSize: 3,
    editedAt: null,
  });
  expect(c1).toMatchObject({
    parentId: c0?.id,
    depth: 1,
    score: -3,
    branchId: c0?.id,
    authorId: topic?.authorId,
  });
  expect(c2).toMatchObject({ parentId: c1?.id, depth: 2, authorId: c0?.authorId });
  const people = await db.select().from(members).orderBy(asc(members.id));
  expect(people).toMatchObject([
    { name: 'op_one', originKey: 'reddit:u/op_one', joinedAt: moment(T0), email: null, passwordHash: null },
    { name: 'writer0', originKey: 'reddit:u/writer0', joinedAt: moment(T0 + 60), role: 'member' },
  ]);
  await expectTrueCounters(db);
  expect((await as.visitor().visit(paths.topic(topic!))).main).toContain('42 upvotes · 3 replies');
});

test.for<readonly [string, string]>([
  ['&amp;lt; is &lt; here', '&lt; is < here'],
  ['R&amp;D &gt; x', 'R&D > x'],
  ['&quot;&#39;&nbsp;', '&quot;&#39;&nbsp;'],
  ['&amp;amp;amp;', '&amp;amp;'],
  ['a\r\nb \u2028 \0c 😀', 'a\r\nb \u2028 c 😀'],
])('%j is unescaped once: %j', async ([escaped, plain], { forum, db }) => {
  await importTexts(
    forum,
    [discussion('abc', { selftext: escaped, title: `Title ${escaped}` }, [{ body: escaped }])],
    reddit,
  );
  const byKey = await postsOf(db);
  expect(byKey.get('reddit:t3_abc/text')?.bodyMd).toBe(plain);
  expect(byKey.get('reddit:t1_c0')?.bodyMd).toBe(plain);
  const [topic] = await db.select().from(topics);
  expect(topic?.title).toBe(`Title ${plain.replaceAll(/\s+/g, ' ')}`.trim());
});

test('who is gone is a former member, and what is gone is withdrawn', async ({ forum, db, as }) => {
  const { counts, faults } = await importTexts(
    forum,
    [
      discussion('abc', { author: '[deleted]', selftext: '[removed]', score: null }, [
        { author: '[deleted]', body: 'Comment kept' },
        { author: 'anna', body: '[deleted]' },
        { author: '[removed]', body: ' [removed]\n', parent: 'c1' },
        { author: null, body: 'Comment of-null', parent: 'c2', score: null },
        { author: undefined, body: 'About [deleted] posts', parent: 'c3' },
        { author: 'bart', body: 'Comment of a member' },
      ]),
    ],
    reddit,
  );
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ members: 2, topics: 1, replies: 6 });
  const [topic] = await db.select().from(topics);
  expect(topic).toMatchObject({
    authorId: null,
    state: 'withdrawn',
    score: 0,
    replyCount: 4,
    replierCount: 1,
  });
  const byKey = await postsOf(db);
  const told = [...byKey].map(([key, post]) => [key, post.state, post.authorId === null, post.bodyMd]);
  expect(told).toEqual([
    ['reddit:t3_abc/text', 'withdrawn', true, ''],
    ['reddit:t1_c0', 'visible', true, 'Comment kept'],
    ['reddit:t1_c1', 'withdrawn', false, ''],
    ['reddit:t1_c2', 'withdrawn', true, ''],
    ['reddit:t1_c3', 'visible', true, 'Comment of-null'],
    ['reddit:t1_c4', 'visible', true, 'About [deleted] posts'],
    ['reddit:t1_c5', 'visible', false, 'Comment of a member'],
  ]);
  const page = await as.visitor().visit(paths.topic(topic!));
  expect(page.main).toContain('Comment kept');
  expect(page.main).toContain('Comment of-null');
  expect(page.main).not.toContain('anna');
  await expectTrueCounters(db);
});

test.for<readonly [string, Record<string, unknown>, string, string | undefined, string]>([
  ['a link', { url: 'https://one.example/a?utm_source=x&amp;b=1' }, 'link', 'https://one.example/a?b=1', ''],
  [
    'a link with a text',
    { url: 'https://one.example/a', selftext: 'Why?' },
    'link',
    'https://one.example/a',
    'Why?',
  ],
  [
    'a place on Reddit',
    { url: '/r/grids/comments/xyz/?a=1' },
    'link',
    'https://www.reddit.com/r/grids/comments/xyz/?a=1',
    '',
  ],
  ['no address', { url: null }, 'text', undefined, ''],
  ['an empty address', { url: '' }, 'text', undefined, ''],
  [
    'what is no address',
    { url: 'not &lt;an&gt; address', selftext: 'Text' },
    'text',
    undefined,
    'not <an> address\n\nText',
  ],
  [
    'an address that may not be followed',
    { url: 'javascript:alert(1)' },
    'text',
    undefined,
    'javascript:alert(1)',
  ],
  [
    'an address too long',
    { url: `https://one.example/${'a'.repeat(3_000)}` },
    'text',
    undefined,
    `https://one.example/${'a'.repeat(3_000)}`,
  ],
  ['its own page, of a text', { is_self: true, selftext: 'Text' }, 'text', undefined, 'Text'],
])('%s', async ([, given, kind, url, body], { forum, db }) => {
  const { faults } = await importTexts(
    forum,
    [discussion('abc', { is_self: false, selftext: '', ...given })],
    reddit,
  );
  expect(faults).toEqual([]);
  expect(await db.select().from(topics)).toMatchObject([{ kind }]);
  expect((await postsOf(db)).get('reddit:t3_abc/text')?.bodyMd).toBe(body);
  const found = await db.select().from(sources);
  expect(found.map((source) => [source.url, source.originKey])).toEqual(
    url === undefined ? [] : [[url, 'reddit:t3_abc/source']],
  );
});

test('comments in any order, with clocks that stood wrong, are numbered by time behind what they answer', async ({
  forum,
  db,
  as,
}) => {
  await importTexts(
    forum,
    [
      discussion('abc', {}, [
        { id: 'late', created_utc: T0 + 500, score: 3, body: 'Comment late' },
        // Before the one it answers stands in the list, and by its clock.
        { id: 'below', parent: 'mid', created_utc: T0 + 10, score: 9, body: 'Comment below' },
        { id: 'mid', created_utc: T0 + 300, score: -5, body: 'Comment mid' },
        { id: 'early', created_utc: T0 + 100, score: 1, body: 'Comment early' },
        { id: 'same', created_utc: T0 + 100, score: 1, body: 'Comment same' },
        { id: 'under', parent: 'mid', created_utc: T0 + 400, score: 20, body: 'Comment under' },
      ]),
    ],
    reddit,
  );
  const ids = [...(await postsOf(db)).keys()].slice(1).map((key) => key?.replace('reddit:t1_', ''));
  expect(ids).toEqual(['early', 'same', 'mid', 'below', 'under', 'late']);
  expect(await shownOrder(db, as, 'old')).toEqual(['early', 'same', 'mid', 'below', 'under', 'late']);
  expect(await shownOrder(db, as, 'new')).toEqual(['late', 'mid', 'under', 'below', 'same', 'early']);
  expect(await shownOrder(db, as, 'best')).toEqual(['late', 'early', 'same', 'mid', 'under', 'below']);
});

test('when it was edited is known, or only that it was', async ({ forum, db }) => {
  await importTexts(
    forum,
    [discussion('abc', {}, [{ edited: T0 + 5_000.5 }, { edited: true }, { edited: false }, { edited: 1 }])],
    reddit,
  );
  const edited = [...(await postsOf(db)).values()].slice(1).map(({ editedAt }) => editedAt);
  expect(edited).toEqual([new Date((T0 + 5_000.5) * 1_000), null, null, null]);
});

test.for([
  ['News', 'news'],
  ['  ', undefined],
  [':redditgold:', 'redditgold'],
  ['🚀', undefined],
  [
    '日本語のとても長いフレアですからどうなるかみてみましょうねえ',
    '日本語のとても長いフレアですからどうなるかみてみましょうねえ',
  ],
  [`long ${'flair '.repeat(30)}`, `long${'-flair'.repeat(12)}`],
] as const)('the flair %j is the tag %j', async ([flair, slug], { forum, db }) => {
  const { faults } = await importTexts(
    forum,
    [discussion('abc', { flair }), discussion('abd', { flair })],
    reddit,
  );
  expect(faults).toEqual([]);
  const found = await db.select().from(tags);
  expect(found.map((tag) => tag.slug)).toEqual(slug === undefined ? [] : [slug]);
  expect(await db.$count(topicTags)).toBe(slug === undefined ? 0 : 2);
});

test('a flair that is a tag here already leads to it', async ({ forum, db }) => {
  const [tag] = await db.insert(tags).values({ slug: 'news', name: 'The news', kind: 'company' }).returning();
  await importTexts(forum, [discussion('abc', { flair: 'NEWS' })], reddit);
  expect(await db.select().from(tags)).toEqual([tag]);
  expect(await db.select().from(topicTags)).toMatchObject([{ tagId: tag?.id }]);
});

test('a conversation deeper than 60 goes on at 60', async ({ forum, db }) => {
  const deep = Array.from({ length: 75 }, (_, n) => (n === 0 ? {} : { parent: `c${n - 1}` }));
  await importTexts(forum, [discussion('abc', {}, deep)], reddit);
  const byKey = await postsOf(db);
  const at = (n: number) => byKey.get(`reddit:t1_c${n}`);
  expect(at(60)).toMatchObject({ depth: 60, parentId: at(59)?.id });
  expect(at(61)).toMatchObject({ depth: 60, parentId: at(59)?.id });
  expect(at(74)).toMatchObject({ depth: 60, parentId: at(59)?.id });
  await expectTrueCounters(db);
  const text = await exportText(db);
  await emptyForum(forum);
  await importTexts(forum, [text]);
  expect(await exportText(db)).toBe(text);
});
