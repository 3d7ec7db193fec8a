// Posting, editing and adding what moderators watch: refused, held, looked at, or only noted.
import { eq } from 'drizzle-orm';
import { describe } from 'vitest';
import { events, posts, sources, topics, watchRules } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { postRow } from '../../support/moderation-rows.ts';
import { hitRows, watch, workRows } from '../../support/watch-rows.ts';

const TOPIC = { title: 'A title of some length', section: 'funding', body: 'A text.' };

describe('A reply', () => {
  test('that is refused comes back as it was typed, with the rule’s reason at the field', async ({
    make,
    as,
    db,
  }) => {
    await watch(db, 'casino', 'refuse', 'Nothing about gambling');
    const topic = await make.topic();
    const page = await (await as.member()).visit(`/t/${topic.id}/reply`);
    const again = await page.press('Post reply', { body: 'Try the C4SINO.' });
    expect(again.status).toBe(422);
    expect(again.error('body')).toContain('Nothing about gambling (rule 4)');
    expect(again.field('body').value).toBe('Try the C4SINO.');
    expect(await hitRows(db)).toEqual([]);
    const posted = await again.press('Post reply', { body: 'Try something else.' });
    expect(posted.main).toContain('Try something else.');
  });

  test('that is held awaits approval, and the record says why', async ({ make, as, db }) => {
    const word = await watch(db, 'miracle cure', 'hold');
    const domain = await watch(db, 'pills.example.com', 'hold');
    const topic = await make.topic();
    const author = await as.member();
    await (
      await author.visit(`/t/${topic.id}/reply`)
    ).press('Post reply', { body: 'A miracle\n\ncure, at https://www.pills.example.com/x' });
    const [held] = await db.select().from(posts).where(eq(posts.state, 'held'));
    expect(held?.topicId).toBe(topic.id);
    expect(await hitRows(db)).toEqual([
      { ruleId: word, postId: held?.id },
      { ruleId: domain, postId: held?.id },
    ]);
    expect(await workRows(db)).toMatchObject([{ kind: 'held', postId: held?.id }]);
    const told = await db.select().from(events).where(eq(events.postId, held!.id));
    expect(told).toMatchObject([{ kind: 'post-held', data: { cause: 'watched-word' } }]);
  });

  test('that is flagged is posted and put before the moderators', async ({ make, as, db }) => {
    await watch(db, 'free tokens', 'flag');
    const topic = await make.topic();
    const page = await (await as.member()).visit(`/t/${topic.id}/reply`);
    expect((await page.press('Post reply', { body: 'They sell free tokens.' })).main).toContain(
      'They sell free tokens.',
    );
    const [reply] = await db.select().from(posts).where(eq(posts.topicId, topic.id)).offset(1);
    expect(reply?.state).toBe('visible');
    expect(await workRows(db)).toMatchObject([{ kind: 'watched', postId: reply?.id }]);
  });

  test('that is marked is posted, and that is noted', async ({ make, as, db }) => {
    const rule = await watch(db, 'free tokens', 'mark');
    const topic = await make.topic();
    await (
      await (await as.member()).visit(`/t/${topic.id}/reply`)
    ).press('Post reply', { body: 'They sell free tokens.' });
    expect(await hitRows(db)).toMatchObject([{ ruleId: rule }]);
    expect(await workRows(db)).toEqual([]);
  });

  test('that several rules match meets the strongest', async ({ make, as, db }) => {
    await watch(db, 'token*', 'mark');
    await watch(db, 'free', 'flag');
    await watch(db, 'sell', 'hold');
    const topic = await make.topic();
    await (
      await (await as.member()).visit(`/t/${topic.id}/reply`)
    ).press('Post reply', { body: 'They sell free tokens.' });
    expect(await hitRows(db)).toHaveLength(3);
    expect(await workRows(db)).toMatchObject([{ kind: 'held' }]);
  });

  test('of a moderator is neither held nor put before the moderators, but refused', async ({
    make,
    as,
    db,
  }) => {
    await watch(db, 'sell', 'hold');
    await watch(db, 'casino', 'refuse');
    const topic = await make.topic();
    const page = await (await as.moderator()).visit(`/t/${topic.id}/reply`);
    expect((await page.press('Post reply', { body: 'They sell casino tokens.' })).status).toBe(422);
    expect((await page.press('Post reply', { body: 'They sell tokens.' })).main).toContain(
      'They sell tokens.',
    );
    expect(await hitRows(db)).toHaveLength(1);
    expect(await workRows(db)).toEqual([]);
  });

  test('meets no rule that has ended', async ({ make, as, db, clock }) => {
    await watch(db, 'casino', 'refuse');
    await db.update(watchRules).set({ endedAt: clock.now() });
    const topic = await make.topic();
    const page = await (await as.member()).visit(`/t/${topic.id}/reply`);
    expect((await page.press('Post reply', { body: 'Try the casino.' })).main).toContain('Try the casino.');
  });
});

describe('A topic', () => {
  test.for([
    ['title', { title: 'The best casino of them all' }],
    ['url', { url: 'https://news.casino.example.com/article' }],
    ['tags', { tags: 'Casino' }],
    ['body', { body: 'See [this](https://casino.example.com).' }],
  ] as const)('is refused at its %s', async ([field, typed], { as, db }) => {
    await watch(db, 'casino', 'refuse');
    await watch(db, 'casino.example.com', 'refuse');
    const page = await (await as.member()).visit('/submit');
    const again = await page.press('Post topic', { ...TOPIC, ...typed });
    expect(again.status).toBe(422);
    expect(again.error(field)).toContain('Spam or promotion (rule 4)');
    expect(again.field('title').value).toBe({ ...TOPIC, ...typed }.title);
    expect(await db.select().from(topics)).toEqual([]);
  });

  test('is held for the domain of its article', async ({ as, db }) => {
    await watch(db, 'example.com', 'hold');
    const page = await (await as.member()).visit('/submit');
    await page.press('Post topic', { ...TOPIC, url: 'https://news.example.com/a' });
    expect(await db.select().from(topics)).toMatchObject([{ state: 'held' }]);
    const [held] = await db.select().from(events);
    expect(held).toMatchObject({ kind: 'post-held', data: { cause: 'watched-domain' } });
  });
});

describe('An edit', () => {
  test('that brings in what is refused is refused', async ({ make, as, db, clock }) => {
    await watch(db, 'casino', 'refuse');
    const author = await make.member();
    const post = await make.reply({ topic: await make.topic(), author, postedAt: clock.now() });
    const page = await (await as.member(author)).visit(`/p/${post.id}/edit`);
    const again = await page.press('Save', { body: 'Now with a casino.' });
    expect(again.status).toBe(422);
    expect(again.error('body')).toContain('Spam or promotion');
    expect(await postRow(db, post.id)).toMatchObject({ bodyMd: 'A reply that says something.' });
  });

  test('that brings in what is held stays, and is put before the moderators', async ({
    make,
    as,
    db,
    clock,
  }) => {
    await watch(db, 'casino', 'hold');
    const author = await make.member();
    const post = await make.reply({ topic: await make.topic(), author, postedAt: clock.now() });
    const page = await (await as.member(author)).visit(`/p/${post.id}/edit`);
    await page.press('Save', { body: 'Now with a casino.' });
    expect(await postRow(db, post.id)).toMatchObject({ bodyMd: 'Now with a casino.', state: 'visible' });
    expect(await workRows(db)).toMatchObject([{ kind: 'watched', postId: post.id }]);
  });

  test('of something else in a post in which it stood before is none of the rule’s business', async ({
    make,
    as,
    db,
    clock,
  }) => {
    await watch(db, 'casino', 'refuse');
    const author = await make.member();
    const topic = await make.topic({ author, title: 'The casino is closed', postedAt: clock.now() });
    const page = await (await as.member(author)).visit(`/p/${topic.openingPostId}/edit`);
    await page.press('Save', { body: 'It will open again.' });
    expect(await postRow(db, topic.openingPostId)).toMatchObject({ bodyMd: 'It will open again.' });
    expect(await hitRows(db)).toEqual([]);
  });

  test('of the title is looked at like the text', async ({ make, as, db, clock }) => {
    await watch(db, 'casino', 'refuse');
    const author = await make.member();
    const topic = await make.topic({ author, postedAt: clock.now() });
    const page = await (await as.member(author)).visit(`/p/${topic.openingPostId}/edit`);
    const again = await page.press('Save', { title: 'The casino is closed' });
    expect(again.error('title')).toContain('Spam or promotion');
  });
});

describe('A source', () => {
  test('on a banned site is not added to a topic', async ({ make, as, db }) => {
    await watch(db, 'example.com', 'refuse');
    const topic = await make.topic({ source: 'https://first.test/a' });
    const page = await (await as.member()).visit(`/t/${topic.id}/sources`);
    const again = await page.press('Add this source', { url: 'https://example.com/b' });
    expect(again.status).toBe(422);
    expect(again.error('url')).toContain('Spam or promotion');
    expect(await db.select().from(sources)).toHaveLength(1);
  });

  test('on a watched one is added, and put before the moderators', async ({ make, as, db }) => {
    await watch(db, 'example.com', 'hold');
    const topic = await make.topic({ source: 'https://first.test/a' });
    const page = await (await as.member()).visit(`/t/${topic.id}/sources`);
    await page.press('Add this source', { url: 'https://example.com/b' });
    expect(await db.select().from(sources)).toHaveLength(2);
    expect(await workRows(db)).toMatchObject([{ kind: 'watched', postId: topic.openingPostId }]);
  });

  test('of an aggregator that turns out to be on a banned site is put before the moderators', async ({
    as,
    db,
    drain,
    sites,
  }) => {
    await watch(db, 'casino.test', 'refuse');
    const casino = await sites.serve('casino.test', { '/x': '<title>Roulette for everyone</title>' });
    const short = await sites.serve('bit.ly', {
      '/abc': { status: 301, headers: { location: `${casino.origin}/x` } },
    });
    await (
      await (await as.member()).visit('/submit')
    ).press('Post topic', { ...TOPIC, url: `${short.origin}/abc` });
    expect(await workRows(db)).toEqual([]);
    await drain();
    const [topic] = await db.select().from(topics);
    expect(await workRows(db)).toMatchObject([{ kind: 'watched', postId: topic?.openingPostId }]);
  });
});

describe('A suggestion', () => {
  test('of a refused title is refused', async ({ make, as, db }) => {
    await watch(db, 'casino', 'refuse');
    const topic = await make.topic();
    const trusted = await as.member(await make.member({ flagsDecided: 0 }));
    const page = await trusted.visit(`/t/${topic.id}/suggest`);
    const again = await page.press('Suggest', { title: 'The casino is closed' });
    expect(again.status).toBe(422);
    expect(again.error('title')).toContain('Spam or promotion');
  });
});
