// Following and muting on the page of the thing, and the page of settings that lists all of it.
import { eq } from 'drizzle-orm';
import { followLevels, tags, topics, topicTags } from '../../../src/db/schema/index.ts';
import { FOLLOWING } from '../../../src/domain/limits.ts';
import { ICONS } from '../../../src/web/icons.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('everything has its buttons on its own page, and stands in the settings, where one press takes it back', async ({
  make,
  as,
  db,
}) => {
  const loud = await make.member({ name: 'loud' });
  const topic = await make.topic({ author: loud, title: 'A topic to follow', source: 'https://a.example/1' });
  const [tag] = await db.insert(tags).values({ slug: 'chips', name: 'chips' }).returning();
  await db.insert(topicTags).values({ topicId: topic.id, tagId: tag!.id, position: 0 });
  const browser = await as.member();
  const pages = [
    [paths.topic(topic), 'Every reply', 'topic A topic to follow'],
    [paths.tag('chips'), 'Follow tag #chips', 'tag #chips'],
    [paths.section('funding'), 'Follow section Funding', 'section Funding'],
    [paths.site('a.example'), 'Follow site a.example', 'site a.example'],
    [paths.member('loud'), 'Follow member loud', 'member loud'],
  ] as const;
  for (const [path, button] of pages) {
    expect((await as.visitor().visit(path)).document.querySelector('button[name="level"]')).toBeNull();
    const pressed = await (await browser.visit(path)).press(button);
    // Who pressed it by keyboard goes on from the buttons, not from the top of the page.
    expect(pressed.url).toBe(`${path}#follow`);
    expect(pressed.document.querySelectorAll('#follow [aria-pressed=true]')).toHaveLength(1);
  }
  const worded = await (await browser.visit(paths.follows())).press('Mute', { word: ' Zeppelin ' });
  expect(worded.url).toBe(`${paths.follows()}#words`);
  expect(await db.$count(followLevels)).toBe(6);
  for (const name of ['A topic to follow', '#chips', 'Funding', 'a.example', 'loud', '“zeppelin”'])
    expect(worded.main).toContain(name);

  for (const [, , what] of pages) await (await browser.visit(paths.follows())).press(`Mute ${what}`);
  const levels = await db.select({ level: followLevels.level }).from(followLevels);
  expect(levels.map(({ level }) => level)).toEqual(Array.from({ length: 6 }, () => 'nothing'));
  for (const [, , what] of pages) await (await browser.visit(paths.follows())).press(`Muted ${what}`);
  await (await browser.visit(paths.follows())).press('Muted word “zeppelin”');
  expect(await db.$count(followLevels)).toBe(0);
});

test('a topic has three levels, of which the middle one needs no choice', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  const level = async () => (await db.select().from(followLevels)).map((row) => row.level);
  const press = async (button: string) => (await browser.visit(paths.topic(topic))).press(button);
  const pressed = (page: Awaited<ReturnType<typeof press>>) =>
    page.document.querySelector('.act-menu [aria-pressed="true"]')?.textContent?.trim();
  const closed = (page: Awaited<ReturnType<typeof press>>) => {
    const summary = page.document.querySelector('.act-menu > summary');
    return [summary?.classList.contains('is-chosen'), summary?.querySelector('path')?.getAttribute('d')];
  };
  const asItIs = await browser.visit(paths.topic(topic));
  expect(pressed(asItIs)).toBe('Replies to me');
  expect(closed(asItIs)).toEqual([false, ICONS.bell]);
  expect(pressed(await press('Every reply'))).toBe('Every reply');
  expect(await level()).toEqual(['all']);
  const muted = await press('Nothing: mute');
  expect(pressed(muted)).toBe('Nothing: mute');
  // Phones have no room for its word.
  expect(closed(muted)).toEqual([true, ICONS.hide]);
  expect(await level()).toEqual(['nothing']);
  expect(pressed(await press('Replies to me'))).toBe('Replies to me');
  expect(await level()).toEqual([]);
});

test('a word that cannot be one comes back with the reason, and can be tried before it is muted', async ({
  make,
  as,
  clock,
}) => {
  await make.topic({ title: 'OpenAI/Zeppelin: GPT-5 “flies”', postedAt: clock.ago({ days: 1 }) });
  await make.topic({ title: 'Zeppelins of old', postedAt: clock.ago({ days: 1 }) });
  await make.topic({ title: 'A zeppelin of last month', postedAt: clock.ago({ days: 30 }) });
  await make.topic({ title: 'A hidden zeppelin', postedAt: clock.ago({ days: 1 }), hiddenAt: clock.now() });
  const browser = await as.member();
  const refused = await (await browser.visit(paths.follows())).press('Mute', { word: '?' });
  expect([refused.status, refused.document.querySelector('#word')?.getAttribute('value')]).toEqual([
    422,
    '?',
  ]);
  expect(refused.main).toContain('A word or phrase has 2 to 50 characters.');
  for (const word of ['zeppelin', 'ZEPPELIN gpt', 'gpt 5', 'gpt-5', 'openai', 'flies']) {
    const found = await browser.visit(paths.follows({ word }));
    expect(found.main, word).toContain(`1 topic of the last week has “${word}” in the title.`);
  }
  for (const word of ['eppelin', 'fly', 'zeppelin flies', 'gpt | zeppelin', 'zeppelin & old', '.*'])
    expect((await browser.visit(paths.follows({ word }))).main, word).not.toContain('1 topic of');
});

test('what cannot be followed says so; what is gone can still be taken back', async ({
  make,
  as,
  db,
  clock,
}) => {
  const member = await make.member();
  const topic = await make.topic({ title: 'Soon hidden' });
  const browser = await as.member(member);
  for (const path of [
    '/t/999/follow',
    '/tag/nothing/follow',
    '/s/nothing/follow',
    '/u/nobody/follow',
    '/site/no host/follow',
  ])
    expect((await browser.post(path, { level: 'all' })).status, path).toBe(404);
  expect((await browser.post(paths.topicFollow(topic.id), { level: 'loud' })).status).toBe(422);
  expect((await browser.post(paths.memberFollow(member.name), { level: 'all' })).status).toBe(403);
  await browser.post(paths.topicFollow(topic.id), { level: 'all' });
  await db.update(topics).set({ hiddenAt: clock.now() }).where(eq(topics.id, topic.id));
  expect((await browser.post(paths.topicFollow(topic.id), { level: 'nothing' })).status).toBe(404);
  const list = await browser.visit(paths.follows());
  expect(list.html).not.toContain('Soon hidden');
  await list.press('Following topic A topic that is gone');
  expect(await db.$count(followLevels)).toBe(0);
});

test('nobody follows without end', async ({ make, as, db, clock }) => {
  const member = await make.member();
  await db.insert(followLevels).values(
    Array.from({ length: FOLLOWING.most }, (_, n) => ({
      ...{ memberId: member.id, level: 'all' as const, setAt: clock.now() },
      host: `s${n}.example`,
    })),
  );
  const browser = await as.member(member);
  const refused = await browser.post(paths.siteFollow('one-more.example'), { level: 'all' });
  expect([refused.status, refused.text.includes('which is the most')]).toEqual([409, true]);
  // What is followed already can be changed, and all of it stands on one page.
  expect((await browser.post(paths.siteFollow('s1.example'), { level: 'nothing' })).status).toBe(303);
  expect((await browser.visit(paths.follows())).document.querySelectorAll('.follows > li')).toHaveLength(
    FOLLOWING.most,
  );
});
