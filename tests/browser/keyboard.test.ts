// Everything can be reached and done by keyboard alone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext, openPage, signIn } from './chromium.ts';

let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  context = await openContext();
  ({ page } = await openPage(context));
  await signIn(page, 'kevin_h');
});
afterAll(async () => {
  await context.close();
});

const focused = (what: string): Promise<string> =>
  page.evaluate(`(() => { const e = document.activeElement; return ${what}; })()`);

async function tabTo(selector: string): Promise<void> {
  for (let presses = 0; presses < 400; presses += 1) {
    if ((await focused(`String(e.matches(${JSON.stringify(selector)}))`)) === 'true') return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No way by Tab to ${selector}`);
}

test('the first press of Tab offers the way past the masthead', async () => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  expect(await focused('e.textContent')).toBe('Skip to content');
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('#main');
});

test('a topic is opened, a branch folded and unfolded, a vote cast, a reply written', async () => {
  await page.goto('/new');
  await tabTo('.row-tail a');
  for (let rows = 0; rows < 4; rows += 1) {
    await page.keyboard.press('Tab');
    await tabTo('.row-tail a');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/t\//);

  await page.locator('#reply textarea').focus();
  await page.keyboard.type('Written without a mouse.');
  await tabTo('#reply button.btn-primary');
  await page.keyboard.press('Enter');
  await page.locator('.reply .prose', { hasText: 'Written without a mouse.' }).first().waitFor();

  await page.reload();
  await tabTo('.fold > summary');
  await page.keyboard.press('Enter');
  expect(await focused('String(e.parentElement.open)')).toBe('false');
  await page.keyboard.press('Enter');
  expect(await focused('String(e.parentElement.open)')).toBe('true');
});

test('focus is always visible', async () => {
  await page.goto('/');
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    const outline = await focused("e === document.body ? 'body' : getComputedStyle(e).outlineStyle");
    expect(outline, await focused('e.outerHTML')).not.toBe('none');
  }
});
