// Texts made to break a page's frame: everything stays in its place, on a desk and on a phone.
import type { FastifyInstance } from 'fastify';
import { expect, test } from '../support/forum.ts';
import { World } from '../hostile/fields-world.ts';
import { openContext } from './chromium.ts';
import { postReplies, postTopics, send } from './hostile-forum.ts';
import { openTrapped, type Trapped } from './hostile-traps.ts';

/** Letters with so many dots below each: the one mark that all common fonts pile up. */
const piles = (letters: number, marks: number): string => `Z${'\u0323'.repeat(marks)}`.repeat(letters);

/** What somebody may try → a title (as much of it as a title holds) and a body. */
const TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['marks piled on letters', piles(20, 500)],
  ['10,000 marks on one letter', `Title ${piles(1, 10_000)}`],
  ['one word of 20,000 letters', 'w'.repeat(20_000)],
  ['Thai marks without an end', `Title ด${'้็'.repeat(300)}`],
  [
    'a left-to-right override that is never ended',
    `Title \u202dabc\u202e gnp.exe ${'\u2066\u2067'.repeat(50)}`,
  ],
  ['letters joined to nothing', `Title ${'\u200d\u200c\u2060\ufeff'.repeat(200)}end`],
  ['the widest letters there are', `Title ${'\ufdfd\u{12219}\u{1242b}'.repeat(60)}`],
  ['spaces that do not break', `Title${'\u00a0word'.repeat(300)}`],
  ['lone halves of letters', `Title ${'\ud800x\udfff'.repeat(40)}`],
  ['a table of one endless word', `|${'a'.repeat(400)}|b|\n|-|-|\n|${'c'.repeat(400)}|d|`],
  ['a line of code without an end', `Title \`${'x'.repeat(900)}\`\n\n    ${'y'.repeat(900)}`],
  ['quotes in quotes', `${'>'.repeat(11)} deep\n\n${'- '.repeat(11)}deep`],
  ['an address of 2,048 characters', `https://example.org/${'p'.repeat(2_028)}`],
  ['headings', `# ${'H'.repeat(400)}\n###### ${'h'.repeat(400)}`],
];

const originOf = (app: FastifyInstance): string =>
  `http://127.0.0.1:${(app.server.address() as { readonly port: number }).port}`;

async function openForum(app: FastifyInstance): Promise<Trapped & { close(): Promise<void> }> {
  const context = await openContext({ baseURL: originOf(app) });
  return { ...(await openTrapped(context, originOf(app))), close: () => context.close() };
}

test('no text makes a page wider than its window', { timeout: 120_000 }, async ({ app, make, clock }) => {
  const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
  const { moderator } = world;
  const texts = TEXTS.map(([, text]) => text);
  const cut = (text: string, most: number): string => [...text].slice(0, most).join('');
  const titles = texts.map((text) => cut(text.replace(/\s+/g, ' '), 140));
  const topics = await postTopics([world], titles);
  expect(topics.length).toBe(texts.length);
  const { pages, refused } = await postReplies([world], texts);
  expect(refused).toBe(0);
  const members: string[] = [];
  for (const text of texts) {
    const { id } = await world.otherReply();
    await send(moderator, `/p/${id}/hide`, { reason: cut(text, 1_000) });
    await world.newWriter();
    await send(world.writer, '/settings', { about: cut(text, 500), affiliation: cut(text, 80) });
    members.push(`/u/${world.writerName}`);
  }
  const lists = ['/new', '/moderation/log', '/search?q=title'];
  const chromium = await openForum(app);
  const faults: string[] = [];
  for (const page of [...topics, ...pages, ...members, ...lists]) faults.push(...(await chromium.look(page)));
  expect(faults).toEqual([]);
  await chromium.close();
});

test('marks piled on letters paint over no neighbour', async ({ app, make, clock }) => {
  const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
  const texts = ['Quiet words above', piles(15, 400), 'Silent ones underneath'];
  await postTopics([world], ['Quiet words above', `${piles(15, 8)} loud`, 'Silent ones underneath']);
  const { pages } = await postReplies([world], texts);
  const chromium = await openForum(app);
  const { page } = chromium;
  for (const [path, noisy, quiet] of [
    ['/new', '.row:nth-child(2)', '.row:nth-child(odd)'],
    [`${pages[0]}?sort=old`, '.reply:nth-child(2)', '.reply:nth-child(odd)'],
  ] as const) {
    expect(await chromium.look(path)).toEqual([]);
    const before = await Promise.all((await page.locator(quiet).all()).map((each) => each.screenshot()));
    await page.evaluate(
      `for (const part of document.querySelector(${JSON.stringify(noisy)}).children) part.style.visibility = 'hidden'`,
    );
    const after = await Promise.all((await page.locator(quiet).all()).map((each) => each.screenshot()));
    expect(before.length).toBeGreaterThan(1);
    for (const [index, picture] of before.entries())
      expect(picture.equals(after[index] as Buffer), `${path}, neighbour ${index}`).toBe(true);
  }
  await chromium.close();
});
