// A member takes their data along and asks for the account to be deleted, in Chromium: with scripts and without.
import { readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import { afterEach, expect, test, vi } from 'vitest';
import { unzip } from '../features/own-data/archive.ts';
import { axeFaults, keepScreenshot, openContext, openPage } from './chromium.ts';
import { signUp } from './newcomers.ts';

let context: BrowserContext | undefined;
afterEach(async () => {
  await context?.close();
  context = undefined;
});

test.each([
  ['with scripts', true],
  ['without scripts', false],
])(
  'a copy is ordered and downloaded, deletion asked for and taken back, %s',
  async (mode, javaScriptEnabled) => {
    context = await openContext({ javaScriptEnabled });
    const { page, faults } = await openPage(context);
    // axe is a script itself.
    const examine = async () => expect(javaScriptEnabled ? await axeFaults(page) : []).toEqual([]);
    const name = await signUp(page);

    await page.goto('/settings/privacy');
    await page.getByRole('checkbox', { name: 'Keep my member page out of search engines' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your choices have been saved.').waitFor();
    await page.getByRole('button', { name: 'Order a copy' }).click();
    await page.getByText('A mail tells you when it is ready').first().waitFor();
    const link = page.getByRole('link', { name: /^Download/ });
    await vi.waitFor(
      async () => {
        await page.goto('/settings/privacy');
        expect(await link.count()).toBe(1);
      },
      { timeout: 30_000, interval: 200 },
    );
    await keepScreenshot(page, `own-data-ready-${mode}`);
    await examine();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^data-of-${name}-[\\d-]+\\.zip$`));
    const files = await unzip(await readFile(await download.path()));
    expect(JSON.parse(files.get('account.json') ?? '')).toMatchObject({ name });

    await page.getByRole('link', { name: 'Delete my account' }).click();
    await page.getByRole('radio', { name: /^Leave my texts/ }).check();
    await page.getByRole('textbox', { name: 'Your name' }).fill('somebody_else');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.locator('#name[aria-invalid=true]').waitFor();
    await examine();
    await keepScreenshot(page, `own-data-refused-${mode}`);
    await page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByText('Until then you can read, but not take part.').waitFor();
    await page.goto('/');
    await page.getByText('Your account will be deleted on').waitFor();
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await keepScreenshot(page, `own-data-leaving-${width}-${mode}`);
      await examine();
    }
    await page.getByRole('button', { name: 'Keep my account' }).click();
    await page.getByText('Your account stays.').waitFor();
    expect(await page.getByText('will be deleted on').count()).toBe(0);
    expect(faults).toEqual([]);
  },
);
