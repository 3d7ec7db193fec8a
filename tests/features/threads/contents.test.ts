// What a long text holds stands beside it: its headings, as links into it.
import { eq } from 'drizzle-orm';
import { posts } from '../../../src/db/schema/index.ts';
import { renderMarkdown } from '../../../src/lib/markdown/render.ts';
import type { Page } from '../../support/browser.ts';
import type { Database } from '../../../src/db/connection.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';

const WORDS = 'Words that fill the pages of a digest until it is long enough to be read in parts. '.repeat(
  30,
);
const digest = (...headings: readonly string[]) =>
  headings.map((heading) => `## ${heading}\n\n${WORDS}\n\n### Below it\n\n${WORDS}`).join('\n\n');
/** A topic with a text that is rendered as writing it would. */
async function write({ make, db }: { make: Make; db: Database }, body: string) {
  const topic = await make.topic({ kind: 'digest', body });
  const limits = { characters: 100_000, nesting: 12, tableColumns: 20, outputRatio: 10 };
  const rendering = renderMarkdown(body, {
    idPrefix: 'p',
    mentions: {},
    siteUrl: 'http://localhost',
    limits,
  });
  if (!rendering.ok) throw new Error(rendering.reason);
  await db.update(posts).set({ bodyHtml: rendering.html }).where(eq(posts.id, topic.openingPostId));
  return topic;
}

const listed = (page: Page) =>
  [...page.document.querySelectorAll('.contents-side a')].map((link) => link.textContent);

test('its headings lead to their places, each to its own', async ({ as, make, db }) => {
  const headings = ['What *OpenAI* did', 'Chips & <grids>', 'Chips & grids', 'مراكز البيانات', '!!!', 'Last'];
  const topic = await write({ make, db }, digest(...headings));
  const page = await as.visitor().visit(`/t/${topic.id}/${topic.slug}`);
  const plain = ['What OpenAI did', 'Chips & <grids>', 'Chips & grids', 'مراكز البيانات', '!!!', 'Last'];
  expect(listed(page)).toEqual(plain);
  const links = [...page.document.querySelectorAll('.contents-side a')];
  expect(links.map((link) => link.getAttribute('href')?.slice(1))).toEqual(
    ['what-openai-did', 'chips-grids', 'chips-grids-2', 'مراكز-البيانات', '', 'last'].map((id) => `s-${id}`),
  );
  const places = links.map((link) => page.document.getElementById(link.getAttribute('href')?.slice(1) ?? ''));
  expect(places.map((place) => place?.textContent)).toEqual(plain);
  expect([...page.document.querySelectorAll('details.contents a')].map((link) => link.textContent)).toEqual(
    plain,
  );
  const ids = [...page.document.querySelectorAll('[id]')].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a short text has none, nor has one with few headings', async ({ as, make, db }) => {
  const bodies = ['## One\n\n## Two\n\n## Three\n\nShort.', digest('One', 'Two').replaceAll('###', '#####')];
  for (const body of bodies) {
    const topic = await write({ make, db }, body);
    const page = await as.visitor().visit(`/t/${topic.id}/${topic.slug}`);
    expect(listed(page)).toEqual([]);
    expect(page.document.querySelector('[id^="s-"]')).toBeNull();
  }
});

test('of thousands of headings a page lists no more than can be looked through', async ({ as, make, db }) => {
  const body = `${WORDS}\n\n${'## Again\n\n'.repeat(200)}${WORDS}${WORDS}`;
  const topic = await write({ make, db }, body);
  const page = await as.visitor().visit(`/t/${topic.id}/${topic.slug}`);
  expect(listed(page)).toHaveLength(60);
});
