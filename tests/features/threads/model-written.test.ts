// The mark "written with a model": set by the author, seen by all, and hidden by those who do not want it.
import { eq } from 'drizzle-orm';
import { describe } from 'vitest';
import { members, posts } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { itemRow, postRow, putInQueue } from '../../support/moderation-rows.ts';

const MARK = 'Written with a model';

describe('The author marks', () => {
  test('a reply while writing it, also through a preview', async ({ make, as, db }) => {
    const topic = await make.topic();
    const page = await (await as.member()).visit(`/t/${topic.id}/reply`);
    const previewed = await page.press('Preview', { body: 'As a model, I agree.', model: true });
    expect((await previewed.press('Post reply')).main).toContain(MARK);
    const [reply] = await db.select().from(posts).where(eq(posts.modelWritten, true));
    expect(reply?.bodyMd).toBe('As a model, I agree.');
  });

  test('a topic while writing it: on its page, in lists, feeds and structured data', async ({ as }) => {
    const page = await (await as.member()).visit('/submit');
    const title = 'A summary that a model wrote';
    const posted = await page.press('Post topic', {
      title,
      section: 'funding',
      body: 'It says.',
      model: true,
    });
    expect(posted.main).toContain(MARK);
    const visitor = as.visitor();
    expect((await visitor.visit(posted.url)).html).toContain(
      '"digitalSourceType":"https://schema.org/TrainedAlgorithmicMediaDigitalSource"',
    );
    expect((await visitor.visit('/new')).main).toContain(MARK);
    expect((await visitor.get('/feed.atom')).text).toContain('term="written-with-a-model"');
    expect(JSON.parse((await visitor.get('/feed.json')).text)).toMatchObject({
      items: [{ tags: ['Funding', MARK] }],
    });
  });

  test('a post while editing it, and takes the mark off there', async ({ make, as, db, clock }) => {
    const author = await make.member();
    const post = await make.reply({ topic: await make.topic(), author, postedAt: clock.now() });
    const item = await putInQueue(db, { post: post.id });
    const browser = await as.member(author);
    await (await browser.visit(`/p/${post.id}/edit`)).press('Save', { model: true });
    expect(await postRow(db, post.id)).toMatchObject({ modelWritten: true, version: 2, editedAt: null });
    expect((await itemRow(db, item)).version).toBe(2);
    const edit = await browser.visit(`/p/${post.id}/edit`);
    await edit.press('Save', { model: false });
    expect(await postRow(db, post.id)).toMatchObject({ modelWritten: false });
    // What a form that was open before says is not what it was opened with.
    expect((await edit.press('Save', { model: true })).status).toBe(409);
  });

  test('a post that can be edited no more, and does not take that back', async ({ make, as, db, clock }) => {
    const author = await make.member();
    const topic = await make.topic();
    const post = await make.reply({ topic, author, postedAt: clock.ago({ days: 40 }) });
    const browser = await as.member(author);
    const page = await browser.visit(`/t/${topic.id}/${topic.slug}`);
    expect((await page.press('Mark as written with a model')).main).toContain(MARK);
    expect(await postRow(db, post.id)).toMatchObject({ modelWritten: true });
    expect((await browser.post(`/p/${post.id}/model`, { model: '' })).status).toBe(409);
    expect(await postRow(db, post.id)).toMatchObject({ modelWritten: true });
  });

  test('their own only', async ({ make, as, db }) => {
    const post = await make.reply({ topic: await make.topic() });
    for (const other of [await as.member(), await as.moderator()]) {
      expect((await other.post(`/p/${post.id}/model`, { model: '1' })).status).toBe(403);
    }
    expect(await postRow(db, post.id)).toMatchObject({ modelWritten: false });
  });
});

describe('Who hides what models wrote', () => {
  test('finds no topic that begins with it in lists, but their own', async ({ make, as, db }) => {
    const reader = await make.member();
    const marked = await make.topic({ title: 'A model wrote this' });
    const own = await make.topic({ title: 'Mine, with a model', author: reader });
    await make.topic({ title: 'A person wrote this' });
    await db.update(posts).set({ modelWritten: true }).where(eq(posts.topicId, marked.id));
    await db.update(posts).set({ modelWritten: true }).where(eq(posts.topicId, own.id));
    const browser = await as.member(reader);
    expect((await browser.visit('/new')).main).toContain('A model wrote this');
    await (await browser.visit('/settings/appearance')).press('Save', { modelWritten: 'hide' });
    for (const list of ['/', '/new', '/active', '/top?t=all', '/s/funding']) {
      const { main } = await browser.visit(list);
      expect(main, list).not.toContain('A model wrote this');
      expect(main, list).toContain('Mine, with a model');
      expect(main, list).toContain('A person wrote this');
      expect((await as.visitor().visit(list)).main, list).toContain('A model wrote this');
    }
  });

  test('reads it folded, but their own', async ({ make, as, db }) => {
    const reader = await make.member();
    const topic = await make.topic();
    const marked = await make.reply({ topic, modelWritten: true });
    const own = await make.reply({ topic, modelWritten: true, author: reader });
    const plain = await make.reply({ topic });
    const folds = async (browser: Awaited<ReturnType<typeof as.member>>) => {
      const { document } = await browser.visit(`/t/${topic.id}/${topic.slug}`);
      return [marked, own, plain].map(({ id }) => {
        const text = document.querySelector(`#p${id} .by-model`);
        return text && (text.hasAttribute('open') ? 'open' : 'folded');
      });
    };
    const browser = await as.member(reader);
    expect(await folds(browser)).toEqual(['open', 'open', null]);
    await db.update(members).set({ hidesModelWritten: true }).where(eq(members.id, reader.id));
    expect(await folds(browser)).toEqual(['folded', 'open', null]);
    expect(await folds(as.visitor())).toEqual(['open', 'open', null]);
  });
});
