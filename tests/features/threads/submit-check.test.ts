// POST /submit/check: what the script is told while an address and a title are typed.
import { pageReadings, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { parsePage } from '../../support/page.ts';
import { giveReading } from './readings.ts';

const ARTICLE = 'https://gridledger.example/lead-times';
const TITLE = 'Lead times for large transformers';
const JSON_PLEASE = { accept: 'application/json' };

interface Answer {
  readonly address: string;
  readonly title: string;
  readonly pending: boolean;
  readonly headline: string;
}

async function check(browser: Browser, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await browser.post(paths.submitCheck(), fields, JSON_PLEASE);
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
  return JSON.parse(answer.text) as Answer;
}

test('it says the same as the page, from the same parts', async ({ make, as, clock, db }) => {
  await make.topic({ title: 'Transformers are late', source: ARTICLE });
  await make.topic({ title: 'Large transformers: the lead times' });
  await giveReading(db, ARTICLE, clock.now(), { title: 'A headline', publisher: 'Grid Ledger' });
  const browser = await as.member();
  const answer = await check(browser, { url: ARTICLE, title: TITLE });
  const page = await browser.visit(paths.submit({ url: ARTICLE, title: TITLE }));
  const slot = (name: string) => page.document.querySelector(`[data-checks="${name}"]`)?.innerHTML;
  expect(answer.address).toContain('Already here.');
  expect(answer.title).toContain('The same story?');
  for (const name of ['address', 'title'] as const)
    expect(parsePage(`<div>${answer[name]}</div>`).querySelector('div')?.innerHTML).toBe(slot(name));
  expect([answer.pending, answer.headline]).toEqual([false, 'A headline']);
});

test('a page is asked for when the field was left, once, and then fills the title', async ({
  as,
  clock,
  db,
}) => {
  const browser = await as.member();
  expect((await check(browser, { url: ARTICLE, title: '' })).pending).toBe(false);
  expect(await db.select().from(pageReadings)).toEqual([]);
  for (const n of [1, 2]) {
    const answer = await check(browser, { url: ARTICLE, title: '', fetch: '1' });
    expect([n, answer.pending, answer.headline]).toEqual([n, true, '']);
    expect(answer.address).toContain('still being fetched');
  }
  expect(await db.select().from(pageReadings)).toHaveLength(1);
  await giveReading(db, ARTICLE, clock.now(), { title: 'A headline' });
  const answer = await check(browser, { url: ARTICLE, title: '', fetch: '1' });
  expect([answer.pending, answer.headline]).toEqual([false, 'A headline']);
});

test('what was only checked has not been shown: the form that is sent says what has', async ({
  make,
  as,
  db,
}) => {
  const earlier = await make.topic({ title: 'Large transformers: the lead times' });
  const browser = await as.member();
  const page = await browser.visit(paths.submit());
  const { title } = await check(browser, { url: '', title: TITLE });
  expect(title).toContain(`data-topic="${earlier.id}"`);
  const sent = { form_id: page.field('form_id').value, title: TITLE, section: 'funding', body: 'Mine.' };
  expect((await browser.post(paths.submit(), sent)).status).toBe(409);
  expect((await browser.post(paths.submit(), { ...sent, again: String(earlier.id) })).status).toBe(303);
  expect(await db.select().from(topics)).toHaveLength(2);
});

test.for([
  ['nothing', {}],
  ['half an address', { url: 'http', title: 'ab' }],
  ['no address at all', { url: 'javascript:alert(1)', title: 'x'.repeat(300) }],
] as const)('of %s it says nothing', async ([, fields], { as }) => {
  const answer = await check(await as.member(), fields);
  expect(answer.address + answer.title).not.toMatch(/<\w/);
});

test('titles of digests are alike on purpose', async ({ make, as }) => {
  await make.topic({ title: 'The week in chips: 13' });
  const answer = await check(await as.moderator(), { title: 'The week in chips: 14', digest: '1' });
  expect(answer.title).not.toContain('The same story?');
});

test('only who may write is answered', async ({ make, as, db }) => {
  const fields = { url: ARTICLE, fetch: '1' };
  expect((await as.visitor().post(paths.submitCheck(), fields, JSON_PLEASE)).status).toBe(401);
  const newcomer = await as.member(await make.member({ confirmedAt: null }));
  expect((await newcomer.post(paths.submitCheck(), fields, JSON_PLEASE)).status).toBe(403);
  expect(await db.select().from(pageReadings)).toEqual([]);
});
