// Reading in comfort: by single keys, on paper, with larger letters, in parts, and on from where one was.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFaults, openContext, openPage, scriptsStarted, signIn } from './chromium.ts';

const DIGEST = 'AI Industry Shatters Funding and Valuation Records';

const focused = (page: Page, what: string) =>
  page.evaluate<string>(`String((() => { const e = document.activeElement; return ${what}; })())`);

async function openDigest(page: Page): Promise<string> {
  await page.goto(`/search?q=${encodeURIComponent(`"${DIGEST}"`)}&in=topics`);
  await page.locator('.items h2 a').first().click();
  await page.waitForURL(/\/t\//);
  await scriptsStarted(page);
  return new URL(page.url()).pathname;
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('a visitor goes through lists and topics by keys, and turns them off', async () => {
  const context = await openContext();
  const { page, faults } = await openPage(context);
  await page.goto('/new');
  const row = "[...document.querySelectorAll('.row')].indexOf(e.closest('.row'))";
  await press(page, 'j');
  expect(await focused(page, row)).toBe('0');
  await press(page, 'j', 'j', 'k', 'Control+j', 'Alt+k');
  expect(await focused(page, row)).toBe('1');
  expect(await page.locator('.is-current').count()).toBe(1);
  const href = await page.locator('.row').nth(1).locator('.row-tail a').first().getAttribute('href');
  await Promise.all([page.waitForURL((url) => href!.startsWith(url.pathname)), press(page, 'o')]);

  await openDigest(page);
  await press(page, 'j', 'j', 'j');
  expect(
    await focused(page, "e.closest('.reply').matches('.replies-top > .reply ~ .reply, .reply .reply')"),
  ).toBe('true');
  const folded = () => focused(page, "e.closest('.reply').querySelector('.fold').open");
  expect(await folded()).toBe('true');
  await press(page, 'o');
  expect(await folded()).toBe('false');
  // A visitor answers by logging in: the way there has the focus.
  await page.evaluate('document.activeElement.blur()');
  await press(page, 'r');
  expect(await focused(page, 'e.pathname')).toBe('/sign-in');

  await press(page, '?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await press(page, 'j', 'Escape');
  expect(await page.locator('dialog').count()).toBe(0);
  await press(page, '/', 'j', '?');
  expect(await focused(page, 'e.value')).toBe('j?');

  await page.goto('/keys');
  await page.getByLabel('Use these keys').uncheck();
  await page.goto('/new');
  await press(page, 'j');
  expect(await focused(page, 'e === document.body')).toBe('true');
  expect(faults).toEqual([]);
  await context.close();
});

test('a member votes, saves, quotes and answers by keys', async () => {
  const context = await openContext({ reducedMotion: 'reduce' });
  const { page } = await openPage(context);
  await signIn(page, 'kevin_h');
  await page.goto('/new');
  const row = page.locator('.row:has(.vote button:enabled):has(.row-tail a:text-matches("^[1-9]"))').first();
  await row.locator('.row-title a').first().focus();
  const vote = row.locator('.vote button');
  const before = await vote.getAttribute('aria-pressed');
  await press(page, 'u');
  await expect.poll(() => vote.getAttribute('aria-pressed')).not.toBe(before);
  await Promise.all([page.waitForURL(/\/t\//), press(page, 'o')]);
  await scriptsStarted(page);
  const save = page.locator('.topic > .acts .act-save');
  const saved = await save.getAttribute('aria-pressed');
  await press(page, 's');
  await expect.poll(() => save.getAttribute('aria-pressed')).not.toBe(saved);
  await press(page, 'r');
  expect(await focused(page, 'e.id')).toBe('body');
  await page
    .locator('.reply:has(> article > .fold > .acts .act-quote) .reply-head a:has(> time)')
    .first()
    .focus();
  await press(page, 'q');
  await expect.poll(() => focused(page, 'e.value')).toMatch(/^> /);
  await context.close();
});

test('a zone that the browser does not know ends no script', async () => {
  const context = await openContext();
  const { page, faults } = await openPage(context);
  await page.route('**/new', async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace('<html', '<html data-zone="Mars/Olympus_Mons"');
    await route.fulfill({ response, body: html });
  });
  await page.goto('/new');
  await page
    .locator('time', { hasText: /ago|just now/ })
    .first()
    .waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('keys press nothing that is folded, far above, or behind the dialog', async () => {
  const context = await openContext();
  const { page } = await openPage(context);
  await signIn(page, 'kevin_h');
  await openDigest(page);
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  const reply = page.locator('.reply:has(> article > .fold .act-save)').first();
  await reply
    .locator('.reply-head a:has(> time)')
    .first()
    .evaluate((link: HTMLElement) => {
      link.scrollIntoView({ block: 'center', behavior: 'instant' });
      link.focus({ preventScroll: true });
    });
  await press(page, 'o', 's', 'u', 'o');
  await page.evaluate(
    'document.activeElement.blur(); scrollTo({ top: document.body.scrollHeight, behavior: "instant" })',
  );
  await press(page, 's', 'u', '?', '?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.evaluate('scrollTo({ top: 0, behavior: "instant" }); document.activeElement.blur()');
  await press(page, 's', 'u', '?');
  expect(await page.locator('dialog').count()).toBe(1);
  await press(page, 'Escape', 's');
  await expect.poll(() => sent.map((url) => url.replace(/.*\/p\/\d+/, ''))).toEqual(['/save']);
  await context.close();
});

test('a digest is read in parts, and gone on with where it was left', async () => {
  const context = await openContext({ reducedMotion: 'reduce' });
  const { page, faults } = await openPage(context);
  const path = await openDigest(page);
  await page.locator('.contents-side a').nth(2).click();
  const place = decodeURIComponent(new URL(page.url()).hash);
  expect(
    await page.locator(`[id="${place.slice(1)}"]`).evaluate((heading) => heading.getBoundingClientRect().top),
  ).toBeLessThan(await page.evaluate<number>('innerHeight'));
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.locator('.contents-side').isVisible()).toBe(false);
  await page.locator('details.contents summary').click();
  expect(await page.locator('details.contents a').nth(2).isVisible()).toBe(true);

  expect(await page.getByText('Go on where you left').count()).toBe(0);
  const left = page.locator('.reply').nth(6);
  await left.evaluate((reply) => {
    reply.scrollIntoView({ block: 'start', behavior: 'instant' });
  });
  await page.goto('/new');
  await page.goto(path);
  expect(await page.evaluate('scrollY')).toBe(0);
  await page.getByText('Go on where you left').click();
  expect(new URL(page.url()).hash).toBe(`#${await left.getAttribute('id')}`);
  await page.goto(`${path}#replies`);
  await page.reload();
  expect(await page.getByText('Go on where you left').count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});

test('on paper stands the text, in dark letters', async () => {
  const context = await openContext({ colorScheme: 'dark' });
  const { page } = await openPage(context);
  await openDigest(page);
  await page.emulateMedia({ media: 'print' });
  const shown = (selector: string) => page.locator(selector).first().isVisible();
  for (const selector of ['h1', '.prose', '.reply .prose', '.reply .who'])
    expect(await shown(selector), selector).toBe(true);
  for (const selector of [
    '.mast-search',
    '.sections',
    'aside',
    '.acts',
    '.thread-bar',
    '.contents',
    '.foot',
    '#reply',
  ])
    expect(await shown(selector), selector).toBe(false);
  expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(21, 25, 26)');
  await context.close();
});

test.each(['/', '/keys', '/search?q=inference+cost', 'digest'])(
  '%s: large letters at 200 % zoom scroll nothing sideways, and colours can be forced',
  async (path) => {
    const context = await openContext({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
    const { page } = await openPage(context);
    if (path === 'digest') await openDigest(page);
    else await page.goto(path);
    await page.evaluate("document.documentElement.dataset.textSize = 'large'");
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: 450 });
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
        `${width}`,
      ).toBeLessThanOrEqual(0);
    }
    await page.emulateMedia({ forcedColors: 'active', contrast: 'more' });
    const edges = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.sections a')].map((a) => getComputedStyle(a).borderBlockEndWidth)",
    );
    expect(new Set(edges).size).toBe(path === '/' || path === 'digest' ? 2 : 1);
    await context.close();
  },
);
