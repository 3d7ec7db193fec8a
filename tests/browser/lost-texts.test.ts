// Texts that were typed and would be lost: by a tab that closes, a session that ends, a topic that is locked, a forum that
// is away, a line that breaks, by going back and forward. Each time the text is still there.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { signIn } from './chromium.ts';
import { people, WAYS } from './people.ts';

let serial = 0;
const aText = (): string => `A text that nobody wants to type twice, ${process.pid}-${(serial += 1)}.`;

/** A topic of the demonstration that takes replies. */
async function openTopic(page: Page): Promise<string> {
  await page.goto('/new');
  await page.locator('.row-title a', { hasText: 'KV-cache offload' }).click();
  await page.locator('#reply textarea').waitFor();
  return new URL(page.url()).pathname;
}

const area = (page: Page) => page.locator('#reply textarea');
const kept = (page: Page) =>
  page.waitForResponse((answer) => answer.url().endsWith('/drafts') && answer.ok());

describe('kept while it is typed', () => {
  const another = people(true);
  let page: Page;
  let topic: string;

  beforeEach(async () => {
    page = await another();
    await signIn(page, 'luisa_p');
    topic = await openTopic(page);
  });

  const discard = async (from: Page): Promise<void> => {
    await from.goto(topic);
    await from.getByRole('button', { name: 'Discard the draft' }).click();
    await from.getByRole('button', { name: 'Discard the draft' }).waitFor({ state: 'detached' });
    expect(await area(from).inputValue()).toBe('');
  };

  test('closing the tab: with another browser one goes on', async () => {
    const text = aText();
    await area(page).fill(text);
    const saved = kept(page);
    await page.evaluate('window.dispatchEvent(new Event("pagehide"))');
    await saved;
    await page.close();
    const elsewhere = await another();
    await signIn(elsewhere, 'luisa_p');
    await elsewhere.goto(topic);
    expect(await area(elsewhere).inputValue()).toBe(text);
    await elsewhere.getByRole('link', { name: /^Drafts \(\d+\)$/ }).click();
    await elsewhere.locator('.items').getByText(text).waitFor();
    await elsewhere.goto(topic);
    await elsewhere.getByRole('button', { name: 'Post reply' }).click();
    await elsewhere.waitForURL(/#p\d+$/);
    expect(await area(elsewhere).inputValue()).toBe('');
    // Nothing comes back, nor stays in the browser.
    await elsewhere.reload();
    expect(await area(elsewhere).inputValue()).toBe('');
    expect(
      await elsewhere.evaluate('Object.keys(localStorage).filter((key) => key.startsWith("draft "))'),
    ).toEqual([]);
  });

  test('a lost line: the text waits in the browser, for its member alone, and goes when there is one', async () => {
    const text = aText();
    await page.context().setOffline(true);
    await area(page).fill(text);
    await page.getByRole('button', { name: 'Post reply' }).click();
    await page.context().setOffline(false);
    // Somebody else at the same machine sees nothing of it.
    await page.context().clearCookies();
    await signIn(page, 'kevin_h');
    await page.goto(topic);
    expect(await area(page).inputValue()).toBe('');
    await page.context().clearCookies();
    await signIn(page, 'luisa_p');
    const saved = kept(page);
    await page.goto(topic);
    expect(await area(page).inputValue()).toBe(text);
    await saved;
    await discard(page);
  });

  test('a session that ended while typing: after logging in it is there', async () => {
    const text = aText();
    const context = page.context();
    await context.clearCookies();
    await area(page).fill(text);
    await page.getByText('You are logged out. What you type is kept in this browser.').waitFor();
    await signIn(page, 'luisa_p');
    const saved = kept(page);
    await page.goto(topic);
    expect(await area(page).inputValue()).toBe(text);
    await saved;
    await discard(page);
  });

  test('back and forward', async () => {
    const text = aText();
    await area(page).fill(text);
    await page.getByRole('link', { name: 'Back to forum' }).click();
    await page.goBack();
    expect(await area(page).inputValue()).toBe(text);
    await page.goForward();
    await page.goto(topic);
    expect(await area(page).inputValue()).toBe(text);
    await discard(page);
  });

  test('a forum that is away: the draft goes when it is back', async () => {
    const text = aText();
    const away = (url: URL) => ['/drafts'].includes(url.pathname) || url.pathname.endsWith('/reply');
    await page.route(away, (route) => route.fulfill({ status: 503, body: 'Away' }));
    await area(page).fill(text);
    await page.getByRole('button', { name: 'Post reply' }).click();
    await page.getByText('Away').waitFor();
    await page.unroute(away);
    const saved = kept(page);
    await page.goto(topic);
    expect(await area(page).inputValue()).toBe(text);
    await saved;
    await discard(page);
  });
});

describe('kept in unusual ways', () => {
  const another = people(true);

  const begun = async (): Promise<Page> => {
    const page = await another();
    await signIn(page, 'luisa_p');
    await page.goto('/submit');
    return page;
  };

  test('a text that is too long to outlive its page goes when the tab is put away', async () => {
    const page = await begun();
    await page.locator('[name=body]').fill('Long. '.repeat(16_000));
    const saved = kept(page);
    await page.evaluate(`Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'))`);
    expect(await (await saved).json()).toMatchObject({ outcome: 'kept' });
  });

  test('a browser without room keeps nothing, and the forum does', async () => {
    const page = await begun();
    await page.evaluate('Storage.prototype.setItem = () => { throw new Error("full"); }');
    const text = aText();
    const saved = kept(page);
    await page.locator('[name=body]').fill(text);
    expect(await (await saved).json()).toMatchObject({ outcome: 'kept' });
  });

  test('one topic that was lost is not mixed into another that is gone on with', async () => {
    const page = await begun();
    const [first, second] = [aText(), aText()];
    const saved = kept(page);
    await page.locator('[name=body]').fill(first);
    const { draft } = (await (await saved).json()) as { draft: string };
    await page.goto('/submit');
    await page.context().setOffline(true);
    await page.locator('[name=body]').fill(second);
    await page.context().setOffline(false);
    await page.goto(`/submit?draft=${draft.split('.')[0]}`);
    expect(await page.locator('[name=body]').inputValue()).toBe(first);
    await page.goto('/drafts');
    for (const text of [first, second]) await page.locator('.items').getByText(text).waitFor();
  });

  test('Quote in an open composer keeps one copy of what was typed, and of its draft', async () => {
    const page = await another();
    await signIn(page, 'luisa_p');
    await page.goto('/new');
    const topics = page.locator('.row-tail a', { hasText: /^[3-9] replies/ });
    // Its scripts have started then.
    await page.goto((await topics.first().getAttribute('href'))!);
    const reply = page.locator('.reply:has(> article > .fold > .acts .act-quote)').first();
    await reply.locator('.acts a[href$="/reply"]').first().click();
    const text = page.locator('.reply .composer textarea');
    const typed = aText();
    await text.fill(typed);
    await kept(page);
    await text.pressSequentially(' More.');
    await reply.locator('.act-quote').first().click();
    await expect.poll(() => text.inputValue()).toMatch(/^> /m);
    expect((await text.inputValue()).split('\n> ')[0]).toBe(`${typed} More.\n`);
    expect((await text.inputValue()).split(typed)).toHaveLength(2);
    await text.pressSequentially('Yes.');
    const again = (await (await kept(page)).json()) as { outcome: string };
    expect(again.outcome).toBe('kept');
  });
});

describe.each(WAYS)('%s', (_mode, javaScriptEnabled) => {
  const another = people(javaScriptEnabled);

  test('a session that ended: the form comes back with the text, and it is sent after logging in', async () => {
    const page = await another();
    // Not the same member twice: replies are five seconds apart.
    const name = javaScriptEnabled ? 'kevin_h' : 'marta_l';
    await signIn(page, name);
    await openTopic(page);
    const text = aText();
    await area(page).fill(text);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Post reply' }).click();
    await page.getByText('Not sent yet.').waitFor();
    const [login] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: /^Log in \(opens/ }).click(),
    ]);
    await signIn(login, name);
    expect(await page.locator('textarea[name=body]').inputValue()).toBe(text);
    await page.getByRole('button', { name: 'Post reply' }).click();
    await page.waitForURL(/#p\d+$/);
    await page.locator('.reply', { hasText: text }).first().waitFor();
  });

  test('a topic that is locked meanwhile: the text comes back with the reason, and stays among the drafts', async () => {
    const page = await another();
    await signIn(page, javaScriptEnabled ? 'kevin_h' : 'luisa_p');
    await page.goto('/submit');
    const title = javaScriptEnabled
      ? 'Harbour cranes that drive themselves'
      : 'What a quiet fan costs a year';
    await page.getByLabel('Title', { exact: true }).fill(title);
    await page.getByLabel('Section', { exact: true }).selectOption({ label: 'Infrastructure' });
    await page.locator('textarea[name=body]').fill('Quickly said.');
    await page.getByRole('button', { name: 'Post topic' }).click();
    await page.waitForURL(/\/t\/\d+\//);
    const text = aText();
    await area(page).fill(text);
    const moderator = await another();
    await signIn(moderator, 'marta_l');
    await moderator.goto(page.url());
    await moderator.getByRole('link', { name: 'Lock', exact: true }).click();
    await moderator.getByLabel('Reason', { exact: true }).selectOption({ index: 1 });
    await moderator.locator('main form button').first().click();
    await moderator.getByText('Locked.').waitFor();
    await page.getByRole('button', { name: 'Post reply' }).click();
    await page.getByText('Not sent.').waitFor();
    expect(await page.locator('textarea[name=body]').inputValue()).toBe(text);
    await page.getByRole('button', { name: 'Keep as a draft' }).click();
    await page
      .locator('.items li', { hasText: text })
      .getByRole('link', { name: /^Go on/ })
      .click();
    await page.getByText('This cannot be sent.').waitFor();
    expect(await page.locator('main textarea').inputValue()).toBe(text);
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { name: 'Drafts' }).waitFor();
  });
});
