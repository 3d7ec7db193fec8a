// What members choose of how the forum looks, and that their pages follow it where the address says nothing.
import { eq } from 'drizzle-orm';
import { members } from '../../../src/db/schema/index.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

const DEFAULTS = {
  theme: 'auto',
  density: 'comfortable',
  textSize: 'medium',
  pageSize: '30',
  replySort: 'best',
  listSort: 'hot',
} as const;

const currentTab = (page: Page) =>
  page.document
    .querySelector('.tabs [aria-current="page"], .tabs [aria-current="true"]')
    ?.textContent?.trim();
const titles = (page: Page) =>
  [...page.document.querySelectorAll('.row-title > a:first-of-type')].map((link) => link.textContent?.trim());

test('what is chosen is kept, and shown as chosen', async ({ as, make, db }) => {
  const member = await make.member();
  const browser = await as.member(member);
  const looks = {
    theme: 'dark',
    density: 'compact',
    textSize: 'large',
    pageSize: '60',
    replySort: 'old',
    listSort: 'active',
  };
  const chosen = { ...looks, modelWritten: 'hide', keys: 'off' };
  const saved = await (await browser.visit('/settings/appearance')).press('Save', chosen);
  expect(saved.main).toContain('Your choice is saved.');
  const checked = [...saved.document.querySelectorAll('main input[checked]')];
  expect(
    Object.fromEntries(checked.map((box) => [box.getAttribute('name'), box.getAttribute('value')])),
  ).toEqual(chosen);
  const [row] = await db.select().from(members).where(eq(members.id, member.id));
  expect(row).toMatchObject({ ...looks, pageSize: 60, hidesModelWritten: true, usesKeys: false });
  expect(saved.document.documentElement.getAttribute('data-theme')).toBe('dark');
  const shown = (page: Page) => ({ ...page.document.documentElement.dataset });
  expect(shown(saved)).toEqual({ theme: 'dark', density: 'compact', textSize: 'large', keys: 'off' });
  expect(shown(await as.visitor().visit('/'))).toEqual({});
  expect(shown(await (await as.member()).visit('/'))).toEqual({ keys: 'on' });
});

test.for([
  ['theme', 'pink'],
  ['density', ''],
  ['textSize', 'huge'],
  ['textSize', ''],
  ['keys', 'ON'],
  ['pageSize', '1000000'],
  ['pageSize', '15.0'],
  ['pageSize', '-15'],
  ['replySort', 'best; drop table members'],
  ['listSort', 'top'],
  ['listSort', '__proto__'],
] as const)('%s may not be %j', async ([field, value], { as, make, db }) => {
  const member = await make.member();
  const answer = await (
    await as.member(member)
  ).post('/settings/appearance', { ...DEFAULTS, [field]: value });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('Choose one of these.');
  const [row] = await db.select().from(members).where(eq(members.id, member.id));
  expect(row).toMatchObject({ ...DEFAULTS, pageSize: 30 });
});

test('the front page and sections begin with the chosen list, and every list keeps an address', async ({
  as,
  make,
  clock,
}) => {
  // The older one is hotter, the younger one newer.
  await make.topic({
    title: 'Older and hotter',
    postedAt: clock.ago({ hours: 9 }),
    score: 900,
    hotRank: 9e6,
  });
  await make.topic({ title: 'Younger and cooler', postedAt: clock.ago({ hours: 1 }), hotRank: 1 });
  const member = await make.member({ listSort: 'new' });
  const browser = await as.member(member);
  const hotFirst = ['Older and hotter', 'Younger and cooler'];
  for (const path of ['/', '/s/funding']) {
    const page = await browser.visit(path);
    expect(titles(page), path).toEqual(hotFirst.toReversed());
    expect(currentTab(page)).toBe('New');
    const hot = await page.follow('Hot');
    expect(hot.url).toBe(`${path}?sort=hot`);
    expect(titles(hot)).toEqual(hotFirst);
    expect(currentTab(hot)).toBe('Hot');
    expect(titles(await as.visitor().visit(path))).toEqual(hotFirst);
  }
  expect(titles(await browser.visit('/new'))).toEqual(hotFirst.toReversed());
  const plain = await as.member();
  expect((await (await plain.visit('/new')).follow('Hot')).url).toBe('/');
});

test('pages have as many entries as chosen, and the next one goes on where they end', async ({
  as,
  make,
  clock,
}) => {
  const author = await make.member({ name: 'kevin_h' });
  for (let n = 0; n < 17; n += 1)
    await make.topic({
      title: `Topic ${n + 100}`,
      author,
      postedAt: clock.ago({ hours: n + 1 }),
      hotRank: n,
    });
  const browser = await as.member(await make.member({ pageSize: 15 }));
  for (const path of ['/', '/new', '/s/funding?sort=new', '/u/kevin_h?show=topics']) {
    const first = await browser.visit(path);
    expect(titles(first), path).toHaveLength(15);
    const href = first.document.querySelector('.pager [rel="next"]')?.getAttribute('href') ?? '';
    const all = [...titles(first), ...titles(await browser.visit(href))];
    expect(new Set(all).size, path).toBe(17);
    expect(titles(await as.visitor().visit(path))).toHaveLength(17);
  }
});

test('a chosen list goes on to its second page under its own order', async ({ as, make, clock }) => {
  for (let n = 0; n < 17; n += 1)
    await make.topic({ title: `Topic ${n + 100}`, postedAt: clock.ago({ hours: n + 1 }), hotRank: n });
  const browser = await as.member(await make.member({ pageSize: 15, listSort: 'new' }));
  for (const path of ['/', '/?sort=hot']) {
    const first = await browser.visit(path);
    const href = first.document.querySelector('.pager [rel="next"]')?.getAttribute('href') ?? '';
    const second = await browser.visit(href);
    expect(second.status).toBe(200);
    expect(new Set([...titles(first), ...titles(second)]).size, path).toBe(17);
  }
});

test('replies begin in the chosen order, and every order keeps an address', async ({ as, make, clock }) => {
  const topic = await make.topic();
  for (const [n, body] of ['First said', 'Then said', 'Last said'].entries())
    await make.reply({ topic, body, postedAt: clock.ago({ minutes: 50 - n * 10 }), bestRank: 3 - n });
  const order = (page: Page) => page.main.match(/\w+ said/g)?.join();
  const browser = await as.member(await make.member({ replySort: 'new' }));
  const path = `/t/${topic.id}/${topic.slug}`;
  const page = await browser.visit(path);
  expect(order(page)).toBe('Last said,Then said,First said');
  const best = await page.follow('Best');
  expect(best.url).toBe(`${path}?sort=best#replies`);
  expect(order(best)).toBe('First said,Then said,Last said');
  expect(order(await browser.visit(`${path}?sort=old`))).toBe('First said,Then said,Last said');
  expect(order(await as.visitor().visit(path))).toBe('First said,Then said,Last said');
});
