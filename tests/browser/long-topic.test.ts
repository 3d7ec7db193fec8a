// Long topics are laid out in pieces; a link to one reply leads to that reply all the same.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { paths } from '../../src/web/paths.ts';
import { expect, test } from '../support/forum.ts';
import type { PostRow } from '../support/make.ts';
import { openContext, openPage } from './chromium.ts';
import { WAYS } from './people.ts';

const SIZES = [
  ['on a wide screen', { width: 1280, height: 900 }],
  ['on a phone', { width: 390, height: 844 }],
] as const;
const SENTENCE = 'A queue in front, one person who reads it, and a log that says who asked for what. ';

/** How far below the upper edge of the window a reply begins, once nothing on the page moves any more. */
async function topOf(page: Page, anchor: string): Promise<number> {
  const tops = [NaN];
  await expect
    .poll(async () => {
      tops.push((await page.locator(`#${anchor}`).boundingBox())?.y ?? NaN);
      return tops.slice(-4).every((top) => top === tops.at(-1));
    })
    .toBe(true);
  return Math.round(tops.at(-1) ?? NaN);
}

/** Of the links that lead somewhere else than to the top of the window: where to. */
async function misled(links: readonly PostRow[], options: BrowserContextOptions): Promise<unknown[]> {
  const context = await openContext(options);
  const { page, faults } = await openPage(context);
  const away: unknown[] = [];
  const look = async (anchor: string) => {
    const top = await topOf(page, anchor);
    // Below the thread bar, which stays at the upper edge.
    if (top < 30 || top > 100) away.push([anchor, top]);
  };
  for (const { id } of links) {
    await page.goto(paths.rules());
    await page.goto(paths.post(id));
    await look(`p${id}`);
    await page.reload();
    await look(`p${id}`);
  }
  await context.close();
  return [...away, ...faults];
}

test('a reply that is linked to stands at the top of the window', async ({ app, make }) => {
  const topic = await make.topic();
  const replies: PostRow[] = [];
  for (let n = 0; n < 100; n += 1)
    replies.push(await make.reply({ topic, body: SENTENCE.repeat(1 + (n % 9) ** 2) }));
  const links = [20, 50, 80].map((n) => replies[n]!);
  const { port } = app.server.address() as { port: number };
  for (const [way, javaScriptEnabled] of WAYS)
    for (const [size, viewport] of SIZES) {
      const options = { viewport, javaScriptEnabled, baseURL: `http://127.0.0.1:${port}` };
      expect(await misled(links, options), `${size} ${way}`).toEqual([]);
    }
});
