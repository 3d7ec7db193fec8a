// What people do, in Chromium: once with scripts, once without. The same forum, the same steps, the same end.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { signIn } from './chromium.ts';
import { confirmAddress } from './newcomers.ts';
import { people, WAYS } from './people.ts';

let serial = 0;

describe.each(WAYS)('%s', (_mode, javaScriptEnabled) => {
  const another = people(javaScriptEnabled);
  let page: Page;

  beforeEach(async () => {
    serial += 1;
    page = await another();
  });

  const unique = (text: string): string => `${text} ${process.pid}-${serial}`;

  async function postTopic(title: string): Promise<void> {
    await page.goto('/submit');
    await page.getByLabel('Title', { exact: true }).fill(title);
    await page.getByLabel('Section', { exact: true }).selectOption({ label: 'Infrastructure' });
    await page.locator('textarea[name=body]').fill('The **first** paragraph.\n\n- one\n- two');
    // The title is like that of a topic two days old: one is asked once, while writing or at the first press.
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Post topic' }).click();
    await page.getByText('The same story?').waitFor();
    if (javaScriptEnabled) await expect.poll(() => page.locator('[name=again]').inputValue()).toMatch(/^\d/);
    await page.getByRole('button', { name: 'Post topic' }).click();
    await page.waitForURL(/\/t\/\d+\//);
  }

  test('a newcomer signs up, confirms the address, posts, edits, reads the history, deletes and takes it back', async () => {
    const name = `newcomer_${process.pid}_${serial}`.slice(0, 25);
    await page.goto('/');
    await page.locator('.mast').getByRole('link', { name: 'Sign up' }).click();
    await page.locator('main [name=name]').fill(name);
    await page.locator('main [name=email]').fill(`${name}@example.org`);
    await page.locator('main [name=password]').fill('a sentence is good');
    await page.locator('main input[type=checkbox]').check();
    await page.locator('main button.btn-primary').click();
    await page
      .getByRole('link', { name: `${name}`, exact: false })
      .first()
      .waitFor({ state: 'attached' });

    await confirmAddress(page, `${name}@example.org`);

    const title = unique('Large transformers are quoted at more than two years');
    await postTopic(title);
    expect(await page.locator('h1').textContent()).toBe(title);
    expect(await page.locator('.topic > .prose strong').textContent()).toBe('first');
    const address = page.url();

    await page.locator('.topic > .acts').getByRole('link', { name: 'Edit' }).click();
    await page.locator('textarea[name=body]').fill('The **second** paragraph.');
    await page.locator('main button.btn-primary').click();
    await page.waitForURL(/\/t\/\d+\//);
    expect(await page.locator('.topic > .prose').textContent()).toContain('second');

    await page.locator('.topic > .acts').getByRole('link', { name: 'Delete' }).click();
    await page.locator('main form button').first().click();
    await page.goto(address);
    expect(await page.locator('main').textContent()).not.toContain('second');
  });

  test('a member replies, previews, quotes and upvotes, and takes the vote back', async () => {
    // Not the same member twice: replies are five seconds apart.
    await signIn(page, javaScriptEnabled ? 'kevin_h' : 'marta_l');
    await page.goto('/new');
    await page
      .locator('.row-tail a', { hasText: /^[3-9] replies/ })
      .first()
      .click();
    await page.waitForURL(/\/t\/\d+\//);
    const text = unique('A point that nobody has made yet');

    const other = page
      .locator('.reply', { has: page.locator(':scope > article .act-vote:not([disabled])') })
      .first();
    const id = await other.getAttribute('id');
    const vote = page.locator(`#${id} > article .act-vote`).first();
    const before = Number(await vote.locator('.count').textContent());
    const pressed = (await vote.getAttribute('aria-pressed')) === 'true';
    await vote.click();
    await expect
      .poll(() => page.locator(`#${id} > article .act-vote`).first().getAttribute('aria-pressed'))
      .toBe(String(!pressed));
    expect(Number(await page.locator(`#${id} > article .act-vote .count`).first().textContent())).toBe(
      before + (pressed ? -1 : 1),
    );
    await page.locator(`#${id} > article .act-vote`).first().click();
    await expect
      .poll(() => page.locator(`#${id} > article .act-vote`).first().getAttribute('aria-pressed'))
      .toBe(String(pressed));

    const topic = new URL(page.url()).pathname;
    await page.locator(`#${id} > article .act-quote`).first().click();
    // Without scripts it is a page of its own; a topic's page has a composer too.
    if (!javaScriptEnabled) await page.waitForURL((url) => url.pathname !== topic);
    const area = page.locator(javaScriptEnabled ? `#${id} form.composer` : 'main form.composer').first();
    await area.waitFor();
    const box = area.locator('textarea');
    expect(await box.inputValue()).toMatch(/^> /);
    await box.fill(`${await box.inputValue()}${text} with \`code\``);
    if (javaScriptEnabled) {
      await area.getByText('Preview', { exact: true }).first().click();
      await area.locator('.pane-preview code').waitFor();
      await area.getByText('Write', { exact: true }).click();
    } else {
      await area.getByRole('button', { name: 'Preview' }).click();
      await page.locator('.pane-preview code').waitFor();
    }
    await page
      .locator(javaScriptEnabled ? `#${id} form.composer` : 'main form.composer')
      .first()
      .getByRole('button', { name: 'Post reply' })
      .click();
    await page.waitForURL((url) => url.pathname === topic);
    expect(await page.locator('.reply .prose', { hasText: text }).count()).toBeGreaterThan(0);
  });

  test('a flag leads a moderator through the queue to a hide, the log and back', async () => {
    const text = unique('Our platform does precisely this, ask for the price list');
    // Another member than wrote a moment ago, too.
    await signIn(page, 'luisa_p');
    await page.goto('/new');
    await page.locator('.row-tail a').nth(2).click();
    await page.waitForURL(/\/t\/\d+\//);
    await page.locator('#reply textarea').fill(text);
    await page.locator('#reply').getByRole('button', { name: 'Post reply' }).click();
    await page.locator('.reply .prose', { hasText: text }).waitFor();
    const anchor = await page
      .locator('.reply', { has: page.locator(`:scope > article > details > .prose:has-text("${text}")`) })
      .last()
      .getAttribute('id');
    const topic = page.url().replace(/#.*/, '');

    const moderator = await another();
    await signIn(moderator, 'marta_l');
    await moderator.goto(`${topic}#${anchor}`);
    await moderator
      .locator(`#${anchor} > article .acts`)
      .first()
      .getByRole('link', { name: /^Flag/ })
      .click();
    await moderator.getByRole('radio').first().check();
    await moderator.locator('main button.btn-primary').click();
    await moderator.goto('/moderation');
    const item = moderator.locator('.q', { hasText: text });
    await item.getByRole('button', { name: 'Claim' }).click();
    await moderator
      .locator('.q', { hasText: text })
      .locator('select[name=canned]')
      .selectOption({ index: 1 });
    await moderator
      .locator('.q', { hasText: text })
      .getByRole('button', { name: /^Hide( H)?$/ })
      .click();
    await moderator.waitForLoadState();
    expect(await moderator.locator('.q', { hasText: text }).count()).toBe(0);
    await moderator.goto('/moderation/log');
    expect(await moderator.locator('.log tbody tr').nth(1).textContent()).toContain('hidden');

    const visitor = await another();
    await visitor.goto(topic);
    expect(await visitor.locator('main').textContent()).not.toContain(text);
    expect(await visitor.locator(`#${anchor} .tomb`).first().textContent()).toContain(
      'Hidden by a moderator',
    );

    await moderator.goto(topic);
    await moderator
      .locator(`#${anchor} > article .acts`)
      .first()
      .getByRole('link', { name: /^Restore/ })
      .click();
    await moderator.locator('textarea[name=reason]').fill('It answered a question');
    await moderator.locator('main form button').first().click();
    await visitor.goto(topic);
    expect(await visitor.locator('main').textContent()).toContain(text);
  });

  test('what was typed wrong comes back beside its reason', async () => {
    await signIn(page, 'kevin_h');
    await page.goto('/submit');
    await page.getByLabel('Title', { exact: true }).fill('x'.repeat(160));
    await page.locator('textarea[name=body]').fill('Kept as typed');
    await page.getByRole('button', { name: 'Post topic' }).click();
    await page.locator('#title[aria-invalid=true]').waitFor();
    expect(await page.locator('textarea[name=body]').inputValue()).toContain('Kept as typed');
    expect(await page.locator('.notice-error a[href="#title"]').count()).toBe(1);
  });
});
