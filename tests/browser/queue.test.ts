// The moderators' queue in Chromium: two moderators on one item, everything by keyboard alone, and how it looks.
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, describe } from 'vitest';
import { expect, type As, test } from '../support/forum.ts';
import type { MemberRow } from '../support/make.ts';
import { actionRows } from '../support/moderation-rows.ts';
import { fillDesk } from '../support/queue-desk.ts';
import { axeFaults, keepScreenshot, openContext, openPage, scriptsStarted } from './chromium.ts';

interface Someone {
  readonly page: Page;
  readonly context: BrowserContext;
}

const opened: { readonly context: BrowserContext; readonly faults: readonly string[] }[] = [];

afterEach(async () => {
  const faults = opened.flatMap((each) => each.faults);
  for (const { context } of opened.splice(0)) await context.close();
  expect(faults).toEqual([]);
});

/** A moderator's browser, on the forum of the test. */
async function open(
  as: As,
  url: string,
  moderator: MemberRow,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Someone> {
  const context = await openContext({ baseURL: url, colorScheme });
  const { page, faults } = await openPage(context);
  opened.push({ context, faults });
  const [name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(await as.cookie(moderator))?.slice(1) ?? [];
  await context.addCookies([{ name, value, url }]);
  return { page, context };
}

const addressOf = (app: { readonly server: { address(): unknown } }) =>
  `http://127.0.0.1:${(app.server.address() as { port: number }).port}`;

test('a second moderator sees the claim and the decision without loading the page, and loses no word', async ({
  app,
  as,
  clock,
  db,
  make,
}) => {
  const { ids } = await fillDesk({ make, db, clock });
  const url = addressOf(app);
  const one = await open(as, url, await make.member({ name: 'marta_l', role: 'moderator' }));
  const two = await open(as, url, await make.member({ name: 'nils_b', role: 'moderator' }));
  const item = `#q-${ids.flagged}`;
  await two.page.goto('/moderation');
  await two.page.locator(`${item} summary`, { hasText: 'Another reason' }).click();
  await two.page.locator(`${item} textarea[name="reason"]`).fill('He sells the same thing every day.');

  await one.page.goto('/moderation');
  await one.page.locator(`${item} button`, { hasText: 'Claim' }).click();
  await one.page.locator(`${item} .claim`, { hasText: 'Claimed by you' }).waitFor();
  const before = await two.page.locator(item).boundingBox();
  const asks = (page: Page) => page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await asks(two.page);
  await two.page.locator(`${item} .claim`, { hasText: 'Claimed by marta_l until' }).waitFor();
  expect(await two.page.locator(`${item} button[value="hide"]`).isDisabled()).toBe(true);
  expect((await two.page.locator(item).boundingBox())?.y).toBe(before?.y);

  await one.page.locator(`${item} button`, { hasText: 'Release' }).click();
  await one.page.locator(`${item} button`, { hasText: 'Claim' }).waitFor();
  await asks(two.page);
  await two.page.locator(`${item} button[value="hide"]:not(:disabled)`).waitFor();
  // Decided by the first while the second writes, whose page hears of nothing.
  await two.page.route('**/moderation/claims*', (route) => route.abort());
  await one.page.locator(`${item} select[name="canned"]`).selectOption('Spam or promotion');
  await one.page.locator(`${item} button[value="hide"]`).click();
  await one.page.getByText('Hidden.').waitFor();
  await two.page.locator(`${item} button[value="hide"]`).click();
  await two.page.getByText('This has been decided meanwhile.').waitFor();
  expect(await two.page.locator('#typed').inputValue()).toBe('He sells the same thing every day.');
  expect((await actionRows(db)).filter(({ kind }) => kind === 'hide')).toHaveLength(2);

  await two.page.unroute('**/moderation/claims*');
  await two.page.goto('/moderation');
  await one.page.locator(`#q-${ids.held} button[value="approve"]`).click();
  await one.page.getByText('Approved.').waitFor();
  await asks(two.page);
  await two.page.locator(`#q-${ids.held} .claim`, { hasText: 'Approved by marta_l' }).waitFor();
});

test('everything is done by keyboard alone', async ({ app, as, clock, db, make }) => {
  const { ids } = await fillDesk({ make, db, clock });
  const { page } = await open(as, addressOf(app), await make.member({ role: 'moderator' }));
  const current = () => page.evaluate<string>("document.querySelector('.is-current').id");
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.goto('/moderation?tab=flagged');
  expect(await current()).toBe(`q-${ids.flagged}`);
  await press('j', 'ArrowDown');
  expect(await current()).toBe(`q-${ids.member}`);
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  await press('ArrowUp', 'x');
  expect(await page.locator(`#q-${ids.flagged} input[name="item"]`).isChecked()).toBe(true);
  await press('c');
  await page.locator(`#q-${ids.flagged} .claim`, { hasText: 'Claimed by you' }).waitFor();
  await scriptsStarted(page);

  // A decision that needs a reason leads to the list of reasons; letters choose there, Enter decides.
  await press('h');
  expect(await page.evaluate('document.activeElement.name')).toBe('canned');
  await press('Escape', 'k');
  await page.getByText('Kept.').waitFor();
  expect(await current()).toBe(`q-${ids.member}`);
  // The focus is there too, for who hears the page.
  await page.waitForFunction(`document.activeElement.dataset.item === '${ids.member}'`);
  await page.goto('/moderation?tab=held');
  await press('h');
  await page.keyboard.type('Spam');
  await press('Enter');
  await page.getByText('Refused.').waitFor();

  await page.goto(`/moderation/items/${ids.watched}`);
  await Promise.all([page.waitForURL(/\/p\/|#p/), press('o')]);
  await page.goto(`/moderation/items/${ids.watched}`);
  await Promise.all([page.waitForURL(/\/sanction\?item=/), press('s')]);

  // Switched off, keys do nothing, on the next page neither.
  await page.goto('/moderation?tab=flagged');
  await page.locator('[data-keyboard] summary').press('Enter');
  await page.getByRole('link', { name: 'Turn single keys off' }).press('Enter');
  await page.locator('#keys-off').press('Space');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('Your choice is saved.').waitFor();
  await page.goto('/moderation?tab=flagged');
  await press('x');
  expect(await page.locator('input[name="item"]:checked').count()).toBe(0);
  expect(await page.locator('.q kbd:visible').count()).toBe(0);
});

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test('nothing for axe to find at 1280 and 390 px', async ({ app, as, clock, db, make }) => {
    const { ids } = await fillDesk({ make, db, clock });
    const { page } = await open(as, addressOf(app), await make.member({ role: 'moderator' }), colorScheme);
    for (const path of ['/moderation', `/moderation/items/${ids.flagged}`]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(path);
      const name = path.split('/').length > 2 ? 'queue-item' : 'queue-full';
      await keepScreenshot(page, `${name}-1280-${colorScheme}`);
      expect(await axeFaults(page, colorScheme === 'light' ? 'all' : 'colours')).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      await keepScreenshot(page, `${name}-390-${colorScheme}`);
      const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(beyond)).toBeLessThanOrEqual(0);
      if (colorScheme === 'light') expect(await axeFaults(page)).toEqual([]);
    }
  });
});
