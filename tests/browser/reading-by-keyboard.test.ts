// What readers do to miss nothing and see nothing twice, by keyboard alone: what is new is reached, jumped through and
// folded; an open page says what came meanwhile; things are followed and marked read; mails are ended; a tag that is suggested is taken.
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { noticeChoices, tags, topicTags } from '../../src/db/schema/index.ts';
import { unsubscribeLink } from '../../src/features/mails/index.ts';
import { paths } from '../../src/web/paths.ts';
import { type As, expect, SECRET, test } from '../support/forum.ts';
import type { Make, MemberRow } from '../support/make.ts';
import { axeFaults, openContext, openPage } from './chromium.ts';
import { WAYS } from './people.ts';

const leave: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of leave.splice(0)) await close();
});

interface App {
  readonly server: { address(): unknown };
}

/** Somebody's browser on the forum of the test, whose scripts see the time that the test gives them. */
async function reader(app: App, as: As, member?: MemberRow, javaScriptEnabled = true): Promise<Page> {
  const url = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`;
  const context = await openContext({ baseURL: url, javaScriptEnabled, reducedMotion: 'reduce' });
  const { page, faults } = await openPage(context);
  leave.push(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  if (member) {
    const [name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(await as.cookie(member))?.slice(1) ?? [];
    await context.addCookies([{ name, value, url }]);
  }
  page.setDefaultTimeout(9_000);
  if (javaScriptEnabled) await page.clock.install();
  return page;
}

/** Presses Tab until what has the focus begins with these words; the outline is drawn there, and nothing lies over it. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    const { text, faults } = await page.evaluate<{ text: string; faults: string[] }>(`(() => {
      const it = document.activeElement, { top, left, height } = it.getClientRects()[0] ?? it.getBoundingClientRect();
      const over = document.elementFromPoint(left + 4, top + Math.min(height / 2, 12));
      const faults = [];
      if (it !== document.body && getComputedStyle(it).outlineStyle === 'none') faults.push('no outline');
      if (it !== document.body && !(it.contains(over) || over?.contains(it))) faults.push('under ' + over?.className);
      return { text: (it.labels?.[0] ?? it).textContent.trim().replace(/\\s+/g, ' '), faults };
    })()`);
    if (!text.startsWith(words)) continue;
    expect(faults, words).toEqual([]);
    return;
  }
  throw new Error(`No way by Tab to “${words}” on ${page.url()}`);
}

const focusIsIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`document.activeElement.closest(${JSON.stringify(selector)}) !== null`);

/** The page asks by itself, as time goes by. */
async function saysMeanwhile(page: Page, words: string): Promise<void> {
  const said = page.locator('[data-ask], [data-new-topics] a').first();
  const answered = page.waitForResponse((response) => /\/new\b/.test(response.url()));
  await page.clock.runFor(31_000);
  await answered;
  await expect.poll(() => said.textContent(), { timeout: 5_000 }).toBe(words);
}

/** A topic with three replies, and what lets somebody else add one. */
async function aTopic(as: As, make: Make): Promise<{ url: string; add: (body: string) => Promise<unknown> }> {
  const topic = await make.topic({ title: 'Counting llamas' });
  const url = paths.topic(topic);
  const first = await make.reply({ topic, body: 'Known one' });
  await make.reply({ topic, parent: first, body: 'Known below' });
  await make.reply({ topic, body: 'Known two' });
  /** By somebody else each time. */
  const add = async (body: string) => (await (await as.member()).visit(url)).press('Post reply', { body });
  return { url, add };
}

test('a visitor hears of new replies on the open page, comes to them from the list, and jumps through them', async ({
  app,
  as,
  make,
}) => {
  const { url, add } = await aTopic(as, make);
  const page = await reader(app, as);
  await page.goto(url);
  expect(await page.locator('.is-new, .jump:visible').count()).toBe(0);
  await tabTo(page, 'Newest');
  const before = await page.locator('.reply').last().boundingBox();
  await add('News one');
  await add('News two');
  await saysMeanwhile(page, '2 new replies');
  expect(await page.locator('.reply').last().boundingBox(), 'nothing moves').toEqual(before);
  await tabTo(page, '2 new replies');

  await page.goto('/');
  await page.locator('.row .new').waitFor();
  await tabTo(page, '2 new');
  await page.keyboard.press('Enter');
  await page.waitForURL(/since=\d+#new$/);
  expect(await page.locator('.is-new').count()).toBe(2);

  // By the marks of the browser, without an address that says it; a reload keeps them.
  for (const visit of ['first', 'reloaded']) {
    await page.goto(url);
    expect((await page.locator('.is-new .prose').allInnerTexts()).sort(), visit).toEqual([
      'News one',
      'News two',
    ]);
  }
  await tabTo(page, '2 new since your last visit');
  await page.keyboard.press('Enter');
  expect(await focusIsIn(page, '.is-new a.new')).toBe(true);
  await page.keyboard.press('Enter');
  expect(`#${await page.locator('.is-new').last().getAttribute('id')}`).toBe(new URL(page.url()).hash);
  await page.keyboard.press('Tab');
  expect(await focusIsIn(page, '.is-new:last-child')).toBe(true);
  expect(await axeFaults(page)).toEqual([]);
  await page.goto(url);
  await tabTo(page, 'Fold what you have read');
  await page.keyboard.press('Enter');
  await page.waitForURL(/fold=read/);
  expect(await page.locator('.replies-top > li > article > .fold:not([open])').count()).toBe(2);

  // After half an hour it is another visit, with nothing new.
  await page.clock.fastForward('31:00');
  await page.goto(url);
  expect(await page.locator('.is-new').count()).toBe(0);
});

test('a member follows by keyboard, is told of new replies and topics, and marks all of them read', async ({
  app,
  as,
  make,
}) => {
  const { url, add } = await aTopic(as, make);
  const page = await reader(app, as, await make.member({ name: 'reader' }));
  await page.goto(url);
  await tabTo(page, 'Follow: choose');
  await page.keyboard.press('Space');
  await tabTo(page, 'Every reply');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#follow$/);
  expect(await page.locator('#follow button[aria-pressed=true]').textContent()).toMatch(/^Every reply/);
  await page.keyboard.press('Tab');
  expect(await focusIsIn(page, '#follow'), 'goes on from there').toBe(true);

  await page.goto('/new');
  await tabTo(page, 'Active');
  const before = await page.locator('.row').first().boundingBox();
  await make.topic({ title: 'Another count' });
  await add('News one');
  await saysMeanwhile(page, '1 new topic');
  expect(await page.locator('.row').first().boundingBox(), 'nothing moves').toEqual(before);
  await tabTo(page, '1 new topic');
  await page.keyboard.press('Enter');
  await page.getByText('Another count').first().waitFor();

  await tabTo(page, '1 new');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#new$/);
  expect(await page.locator('.is-new .prose').allInnerTexts()).toEqual(['News one']);
  await page.keyboard.press('Tab');
  expect(await focusIsIn(page, '.is-new')).toBe(true);

  await page.goto('/unread');
  await tabTo(page, 'Mark all read');
  await page.keyboard.press('Space');
  await page.getByText('You have seen everything.').waitFor();
});

test.for(WAYS)(
  'whoever opens the link of a mail ends such mails by keyboard, %s',
  async ([, scripts], { app, as, db, make }) => {
    const { id } = await make.member();
    const page = await reader(app, as, undefined, scripts);
    await page.goto(unsubscribeLink(SECRET, id, 'reply'));
    const ended = () => db.$count(noticeChoices, sql`mail is null`);
    expect(await ended(), 'nothing yet').toBe(0);
    await tabTo(page, 'End these mails');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Mails ended' }).waitFor();
    expect(await ended()).toBe(1);
  },
);

test.for(WAYS)(
  'a tag that the title names is taken by keyboard, %s',
  async ([, scripts], { app, as, db, make }) => {
    const { id: topicId } = await make.topic();
    const named = await db
      .insert(tags)
      .values([
        { slug: 'nvidia', name: 'Nvidia', kind: 'company' },
        { slug: 'openai', name: 'OpenAI', kind: 'company' },
      ])
      .returning();
    await db.insert(topicTags).values(named.map(({ id }, position) => ({ topicId, tagId: id, position })));
    const page = await reader(app, as, await make.member(), scripts);
    await page.goto('/submit');
    await tabTo(page, 'Title');
    await page.keyboard.type('Nvidia and OpenAI agree on capacity');
    if (scripts) await page.keyboard.press('Tab');
    else {
      await tabTo(page, 'Preview');
      await page.keyboard.press('Enter');
    }
    await page.locator('button[data-tag=openai]').waitFor();
    await tabTo(page, 'Add the tag nvidia');
    await page.keyboard.press('Enter');
    await page.locator('button[data-tag=nvidia]').waitFor({ state: 'detached' });
    expect(await page.locator('[name=tags]').inputValue()).toBe('nvidia');
    expect(await page.locator('[name=title]').inputValue()).toBe('Nvidia and OpenAI agree on capacity');
    if (!scripts) return;
    expect(await page.evaluate('document.activeElement.name')).toBe('tags');
    await tabTo(page, 'Add the tag openai');
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('[name=tags]').inputValue()).toBe('nvidia, openai');
  },
);
