// The form of a new topic in Chromium: what is here already is said while one writes, or at a press without a script.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { axeFaults, signIn } from './chromium.ts';
import { people, WAYS } from './people.ts';

/** Of the demonstration forum. */
const THERE = {
  url: 'http://gridledger.example/nordic-permits-map/?utm_source=mail',
  title: 'Nordic permits: applications by municipality, mapped',
};
const SIMILAR = 'Nordic permits: applications by municipality, on a map';

describe.each(WAYS)('%s', (_mode, javaScriptEnabled) => {
  const another = people(javaScriptEnabled);
  let page: Page;

  beforeEach(async () => {
    page = await another();
    await signIn(page, 'luisa_p');
    await page.goto('/submit');
  });

  /** What makes the form say what it has found. */
  const look = async (): Promise<void> => {
    if (javaScriptEnabled) await page.keyboard.press('Tab');
    else await page.getByRole('button', { name: 'Post topic' }).click();
  };

  test('an article that is here already is led to, and a link to its story goes there', async () => {
    await page.getByLabel('Address').fill(THERE.url);
    await page.locator('textarea[name=body]').fill('What I have to add.');
    await page.getByLabel('Title', { exact: true }).fill('In words of my own');
    if (!javaScriptEnabled) await page.getByLabel('Section', { exact: true }).selectOption('infrastructure');
    await look();
    const notice = page.locator('[data-checks=address] .notice', { hasText: 'Already here.' });
    await notice.getByRole('link', { name: THERE.title }).waitFor();
    expect(await page.locator('textarea[name=body]').inputValue()).toBe('What I have to add.');
    if (javaScriptEnabled) {
      expect(await axeFaults(page)).toEqual([]);
      // Said without taking the focus, which went on by Tab.
      expect(await page.evaluate('document.activeElement.name')).toBe('section');
      expect(await notice.locator('..').getAttribute('role')).toBe('status');
    }

    // Added for good: each way has one of its own.
    const url = `https://other.example/the-same-story-${javaScriptEnabled ? 1 : 2}`;
    await page.getByLabel('Address').fill(url);
    await page.getByLabel('Title', { exact: true }).fill(SIMILAR);
    await look();
    const add = page
      .locator('[data-checks=title] .notice', { hasText: THERE.title })
      .getByRole('button', { name: /^Add my link to that topic/ });
    await add.focus();
    const [sent] = await Promise.all([
      page.waitForRequest(/\/t\/\d+\/sources$/),
      page.keyboard.press('Enter'),
    ]);
    expect(Object.fromEntries(new URLSearchParams(sent.postData() ?? ''))).toMatchObject({
      url,
      title: SIMILAR,
      body: 'What I have to add.',
    });
    // The link is there, and what was written besides can become a reply.
    await page.getByRole('heading', { level: 1, name: 'Reply to this topic' }).waitFor();
    expect(await page.locator('textarea[name=body]').inputValue()).toBe('What I have to add.');
    await page.getByRole('link', { name: THERE.title }).first().click();
    await page.locator(`.linkcard a[href="${url}"]`).first().waitFor();
  });

  test('"Reply there" takes the text along, by keyboard', async () => {
    await page.locator('textarea[name=body]').fill('What I have to add.');
    await page.getByLabel('Title', { exact: true }).fill(SIMILAR);
    await page.getByLabel('Section', { exact: true }).focus();
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Fetch title' }).press('Enter');
    await page.getByRole('button', { name: /^Reply there/ }).press('Enter');
    await page.waitForURL(/\/t\/\d+\/reply$/);
    expect(await page.locator('textarea[name=body]').inputValue()).toBe('What I have to add.');
  });
});

describe('with scripts', () => {
  const another = people(true);
  const HEADLINE = 'How long buyers wait for switchgear';

  /** The server's answers, one after the other; the last again and again. Pages of others are not asked for in tests. */
  async function answering(page: Page, answers: readonly object[]): Promise<{ readonly asked: string[] }> {
    const asked: string[] = [];
    await page.route('**/submit/check', async (route) => {
      asked.push(route.request().postData() ?? '');
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      await route.fulfill({ json: { address: '', title: '', pending: false, headline: '', ...answer } });
    });
    return { asked };
  }

  test('the title of an article appears by itself, and never in place of what was typed', async () => {
    const page = await another();
    await signIn(page, 'luisa_p');
    const { asked } = await answering(page, [{ pending: true }, { pending: true }, { headline: HEADLINE }]);
    await page.goto('/submit');
    await page.getByLabel('Address').pressSequentially('new.example/a');
    await page.keyboard.press('Tab');
    const title = page.getByLabel('Title', { exact: true });
    await expect.poll(() => title.inputValue()).toBe(HEADLINE);
    // Half an address is looked up at most: its page is asked for when the field is left.
    const pages = asked.filter((body) => body.includes('fetch=1'));
    expect(pages.filter((body) => !body.includes('url=new.example%2Fa&'))).toEqual([]);

    await title.fill('Mine');
    await page.getByLabel('Address').fill('new.example/b');
    const answered = page.waitForResponse(/\/submit\/check$/);
    await page.keyboard.press('Tab');
    await answered;
    await expect.poll(() => asked.at(-1)).toContain('new.example%2Fb');
    expect(await title.inputValue()).toBe('Mine');
  });

  test('without a connection the form is a form', async () => {
    const page = await another();
    await signIn(page, 'luisa_p');
    await page.route('**/submit/check', (route) => route.abort());
    await page.goto('/submit');
    await page.getByLabel('Title', { exact: true }).fill(SIMILAR);
    const tried = page.waitForEvent('requestfailed');
    await page.keyboard.press('Tab');
    await tried;
    await page.getByRole('button', { name: 'Post topic' }).click();
    expect(await page.locator('[data-checks=title] .notice').textContent()).toContain('The same story?');
  });
});
