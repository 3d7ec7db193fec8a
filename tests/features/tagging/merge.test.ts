// Two tags that are one: what moves, where the names lead, and two moderators at once.
import { eq } from 'drizzle-orm';
import { actions, followLevels, tagMerges, tags } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { follow } from '../undo/scene.ts';
import { addTag, giveTags, tagsOf } from './tagging.ts';

const reason = 'Two names for one thing';

test('topics and followers go to the other tag, and the old names lead there', async ({ make, as, db }) => {
  await addTag(db, 'gpt4', { aliases: ['gpt-iv'] });
  await addTag(db, 'gpt-4');
  const [one, both, later] = [
    await make.topic({ title: 'With the old one' }),
    await make.topic({ title: 'With both of them' }),
    await make.topic({ title: 'Tagged after that' }),
  ];
  await giveTags(db, one, 'power', 'gpt4', 'chips');
  await giveTags(db, both, 'gpt4', 'gpt-4');
  const [follower, muter] = [await make.member(), await make.member()];
  await follow(db, follower, { gpt4: 'all' });
  await follow(db, muter, { gpt4: 'nothing', 'gpt-4': 'all' });

  const browser = await as.moderator();
  const choice = await browser.visit(paths.tagMerge('gpt4'));
  const page = await choice.press('Go on', { into: '#GPT-4' });
  expect(page.main).toContain('2 topics with #gpt4 get #gpt-4 in its place.');
  expect((await page.press('Merge', { reason })).url).toBe(paths.tag('gpt-4'));

  expect([await tagsOf(db, one), await tagsOf(db, both)]).toEqual([
    ['0 power', '1 gpt-4', '2 chips'],
    ['1 gpt-4'],
  ]);
  const visitor = as.visitor();
  for (const old of ['gpt4', 'gpt-iv']) {
    for (const path of [`/tag/${old}?sort=new`, `/tag/${old}/feed.atom`, `/tag/${old}/feed.json`]) {
      const answer = await visitor.get(path);
      expect([answer.status, answer.headers.location]).toEqual([301, path.replace(old, 'gpt-4')]);
    }
  }
  const tagPage = await visitor.visit(paths.tag('gpt-4'));
  expect(tagPage.main).toContain('also: gpt-iv, gpt4');
  expect((await visitor.visit(paths.tags())).main).not.toContain('#gpt4');
  await giveTags(db, later, 'gpt-iv');
  expect(await tagsOf(db, later)).toEqual(['0 gpt-4']);
  const levels = await db
    .select({ memberId: followLevels.memberId, level: followLevels.level })
    .from(followLevels)
    .innerJoin(tags, eq(tags.id, followLevels.tagId))
    .where(eq(tags.slug, 'gpt-4'))
    .orderBy(followLevels.memberId);
  expect(levels).toEqual([
    { memberId: follower.id, level: 'all' },
    { memberId: muter.id, level: 'all' },
  ]);
  const log = await visitor.visit(paths.moderationLog());
  expect(log.main).toContain('Tags merged');
  expect(log.main).toContain('#gpt4 into #gpt-4');
  expect(log.main).toContain(reason);
});

test('what came since stays when a merge is undone', async ({ make, as, db, clock }) => {
  await addTag(db, 'gpt4');
  await addTag(db, 'gpt-4');
  const [moved, both, edited] = [await make.topic(), await make.topic(), await make.topic()];
  await giveTags(db, moved, 'gpt4');
  await giveTags(db, both, 'a', 'gpt4', 'gpt-4', 'b');
  await giveTags(db, edited, 'a', 'gpt4', 'gpt-4', 'b');
  const [stays, changes] = [await make.member(), await make.member()];
  await follow(db, stays, { gpt4: 'all' });
  await follow(db, changes, { gpt4: 'all' });
  const browser = await as.moderator();
  await browser.post(paths.tagMerge('gpt4'), { into: 'gpt-4', reason });
  clock.advance({ minutes: 5 });
  const later = await make.topic();
  await giveTags(db, later, 'gpt4');
  // Meanwhile: one topic lost the tag, one has its five places full, one member thinks otherwise.
  await giveTags(db, moved, 'power');
  await giveTags(db, edited, 'a', 'gpt-4', 'b', 'c', 'd');
  await db
    .update(followLevels)
    .set({ level: 'nothing', setAt: clock.now() })
    .where(eq(followLevels.memberId, changes.id));

  const [action] = await db.select().from(actions).where(eq(actions.kind, 'merge-tags'));
  expect((await browser.post(paths.undo(action!.id), { reason: 'They are two' })).status).toBe(303);
  expect(await tagsOf(db, later)).toEqual(['0 gpt-4']);
  expect(await tagsOf(db, moved)).toEqual(['0 power']);
  expect(await tagsOf(db, both)).toEqual(['0 a', '1 gpt4', '2 gpt-4', '3 b']);
  expect(await tagsOf(db, edited)).toEqual(['0 a', '1 gpt-4', '2 b', '3 c', '4 d']);
  expect((await as.visitor().visit(paths.tag('gpt4'))).url).toBe('/tag/gpt4');
  const left = await db
    .select({ memberId: followLevels.memberId, slug: tags.slug })
    .from(followLevels)
    .innerJoin(tags, eq(tags.id, followLevels.tagId))
    .orderBy(followLevels.memberId, tags.slug);
  expect(left).toEqual([
    { memberId: stays.id, slug: 'gpt4' },
    { memberId: changes.id, slug: 'gpt-4' },
    { memberId: changes.id, slug: 'gpt4' },
  ]);
});

test('two moderators who merge two tags crosswise at once do it once', async ({ as, db }) => {
  const [a, b] = [await addTag(db, 'gpt4'), await addTag(db, 'gpt-4')];
  const browsers = await Promise.all([as.moderator(), as.moderator(), as.moderator(), as.moderator()]);
  const answers = await Promise.all(
    browsers.map((browser, index) =>
      index % 2 === 0
        ? browser.post(paths.tagMerge('gpt4'), { into: 'gpt-4', reason })
        : browser.post(paths.tagMerge('gpt-4'), { into: 'gpt4', reason }),
    ),
  );
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  // Whoever came later was told: by the page, or because the one tag is the other already.
  expect(answers.filter(({ status }) => [409, 422].includes(status))).toHaveLength(3);
  const rows = await db.select({ id: tags.id, into: tags.mergedIntoId }).from(tags);
  expect(rows.filter(({ into }) => into !== null)).toHaveLength(1);
  expect(rows.map(({ id }) => id).sort()).toEqual([a, b].sort());
  expect(await db.$count(tagMerges)).toBe(1);
});

test('tags are given to topics while they are merged: every topic has the one that stays', async ({
  make,
  as,
  db,
}) => {
  await addTag(db, 'gpt4', { aliases: ['gpt-iv'] });
  await addTag(db, 'gpt-4');
  const topics = [await make.topic(), await make.topic(), await make.topic(), await make.topic()];
  for (const topic of topics.slice(0, 2)) await giveTags(db, topic, 'gpt4');
  const browser = await as.moderator();
  await Promise.all([
    ...topics.map((topic, index) =>
      giveTags(db, topic, 'power', index % 2 === 0 ? 'gpt4' : 'gpt-iv', 'gpt-4'),
    ),
    browser.post(paths.tagMerge('gpt4'), { into: 'gpt-4', reason }),
    ...topics.map((topic) => giveTags(db, topic, 'gpt-iv', 'power')),
  ]);
  for (const topic of topics) {
    const slugs = (await tagsOf(db, topic)).map((line) => line.slice(2)).sort();
    expect(slugs).toEqual(['gpt-4', 'power']);
  }
});

test('a tag is not merged into one below it, nor its merge undone while the other went on', async ({
  as,
  db,
}) => {
  const company = await addTag(db, 'acme');
  await addTag(db, 'acme-one', { parentId: company });
  await addTag(db, 'acme-two');
  const browser = await as.moderator();
  const below = await browser.post(paths.tagMerge('acme'), { into: 'acme-one', reason });
  expect([below.status, below.text]).toEqual([409, expect.stringContaining('stands below this one')]);
  await browser.post(paths.tagMerge('acme-one'), { into: 'acme', reason });
  await browser.post(paths.tagMerge('acme'), { into: 'acme-two', reason });
  expect((await as.visitor().get('/tag/acme-one')).headers.location).toBe('/tag/acme-two');
  const [first] = await db.select().from(actions).where(eq(actions.kind, 'merge-tags')).orderBy(actions.id);
  expect((await browser.post(paths.undo(first!.id), { reason })).status).toBe(409);
});

test('only moderators merge, and they say why', async ({ as, db }) => {
  await addTag(db, 'gpt4');
  await addTag(db, 'gpt-4');
  for (const browser of [as.visitor(), await as.member()]) {
    const answer = await browser.post(paths.tagMerge('gpt4'), { into: 'gpt-4', reason });
    expect([303, 403]).toContain(answer.status);
  }
  const browser = await as.moderator();
  for (const [fields, says] of [
    [{ into: 'gpt-4' }, 'Say why'],
    [{ into: 'nothing-of-this-name', reason }, 'There is no such tag.'],
    [{ into: 'gpt4', reason }, 'That is this tag'],
  ] as const) {
    const answer = await browser.post(paths.tagMerge('gpt4'), fields);
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining(says)]);
  }
  expect(await db.$count(tagMerges)).toBe(0);
});

test('what was merged twice leads to the last of them, to follow it and to narrow a list by it', async ({
  make,
  as,
  db,
}) => {
  await addTag(db, 'gpt4');
  await addTag(db, 'gpt-4');
  await addTag(db, 'gpt-4o');
  const topic = await make.topic({ title: 'Tagged by the oldest name' });
  await giveTags(db, topic, 'gpt4');
  const moderator = await as.moderator();
  await moderator.post(paths.tagMerge('gpt4'), { into: 'gpt-4', reason });
  await moderator.post(paths.tagMerge('gpt-4'), { into: 'gpt-4o', reason });
  expect((await as.visitor().visit('/new?tag=gpt4')).main).toContain(topic.title);
  const reader = await as.member();
  await reader.post(paths.tagFollow('gpt4'), { level: 'all' });
  expect((await reader.visit(paths.follows())).main).toContain('#gpt-4o');
});
