// Votes in place, while the server has not answered and when it does not.
import type { Locator, Page, Route } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { signIn } from './chromium.ts';
import { people } from './people.ts';

const another = people(true);
let page: Page;
let vote: Locator;

/** The vote of a topic that was not upvoted yet. What is sent of it goes through `answer`. */
async function openVote(answer: (route: Route) => Promise<void>): Promise<void> {
  await page.goto('/new');
  const open = page.locator('.vote', { has: page.locator('button[aria-pressed=false]:enabled') });
  const address = await open.first().locator('button').getAttribute('formaction');
  vote = page.locator(`button[formaction="${address}"]`);
  await page.route(`**${address}`, answer);
}

const isPressed = () => vote.getAttribute('aria-pressed');
const isBusy = () => vote.getAttribute('data-busy');
const score = async () => Number(await vote.locator('.count').textContent());

beforeEach(async () => {
  page = await another();
  await signIn(page, 'luisa_p');
});

test('pressed again before the server has answered: that goes after it', async () => {
  const held = Promise.withResolvers<void>();
  const sent: (string | null)[] = [];
  await openVote(async (route) => {
    sent.push(route.request().postData());
    await held.promise;
    await route.continue();
  });
  const before = await score();
  await vote.click();
  expect([await isPressed(), await score()]).toEqual(['true', before + 1]);
  await vote.click();
  expect([await isPressed(), await score()]).toEqual(['false', before]);
  await expect.poll(() => sent).toEqual(['vote=up']);
  held.resolve();
  await expect.poll(isBusy).toBe(null);
  expect(sent).toEqual(['vote=up', 'vote=undo']);
  expect([await isPressed(), await score()]).toEqual(['false', before]);
  await page.reload();
  expect([await isPressed(), await score()]).toEqual(['false', before]);
});

test('a press that does not arrive is taken back, and said', async () => {
  await openVote((route) => route.abort());
  const before = await score();
  await vote.click();
  await page.getByRole('status').getByText('The vote did not arrive').waitFor();
  await expect.poll(isBusy).toBe(null);
  expect([await isPressed(), await score()]).toEqual(['false', before]);
});
