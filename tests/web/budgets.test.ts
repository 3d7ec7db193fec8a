// Budgets of requests: what counts together, across processes, how long one waits, and what guessing comes to in a day.
import type { FastifyInstance } from 'fastify';
import { spentBudgets } from '../../src/db/schema/index.ts';
import { sweepBudgets } from '../../src/web/budget-store.ts';
import { readAssets } from '../../src/web/assets.ts';
import { BUDGETS, type Budgets } from '../../src/web/plugins/rate-budgets.ts';
import { Browser } from '../support/browser.ts';
import { expect, type Forum, test } from '../support/forum.ts';

/** So many applications on one database, behind a proxy whose word on addresses they take. */
async function processes(forum: Forum, count: number, changes: Partial<Budgets>): Promise<FastifyInstance[]> {
  // Without kept pages: what of them is refused is counted once more by the route that says so.
  const config = { trustProxy: ['127.0.0.1'], pageCache: false };
  const apps = await Promise.all(
    Array.from({ length: count }, () => forum.build({ config, budgets: { ...BUDGETS, ...changes } })),
  );
  await Promise.all(apps.map((app) => app.ready()));
  return apps;
}

const close = (apps: readonly FastifyInstance[]) => Promise.all(apps.map((app) => app.close()));

/** Straight into the application: thousands of them are a matter of seconds. */
async function signIn(app: FastifyInstance, from = '192.0.2.1', name = 'nobody') {
  const { statusCode, headers } = await app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': from,
    },
    payload: new URLSearchParams({ name, password: 'a guess' }).toString(),
  });
  return { status: statusCode, headers };
}

const read = async (of: FastifyInstance, url = '/rules') =>
  (await of.inject({ url, headers: { 'x-forwarded-for': '192.0.2.1' } })).statusCode;

test('pages count together, in each process at once; files do not count, who reads little costs no row', async ({
  db,
  forum,
}) => {
  const [app] = (await processes(forum, 1, { read: { max: 2, seconds: 60 } })) as [FastifyInstance];
  const { style } = readAssets();
  for (let n = 0; n < 5; n += 1) expect(await read(app, style)).toBe(200);
  expect([await read(app, '/'), await read(app, '/new'), await read(app, '/active')]).toEqual([
    200, 200, 429,
  ]);
  const apps = await processes(forum, 1, {});
  await db.delete(spentBudgets);
  for (const each of apps) for (let n = 0; n < 20; n += 1) expect(await read(each)).toBe(200);
  expect(await db.select().from(spentBudgets)).toEqual([]);
  await close([app, ...apps]);
});

test('who reads a lot does not get a budget from each process', async ({ clock, db, forum }) => {
  const max = 20;
  const apps = await processes(forum, 3, { read: { max, seconds: 60 } });
  const known = async () => (await db.select().from(spentBudgets)).reduce((sum, { spent }) => sum + spent, 0);
  const statuses: number[] = [];
  for (let round = 1; round <= max; round += 1) {
    clock.advance({ seconds: 1 });
    for (const app of apps) statuses.push(await read(app));
    // What is spent is added beside the answers.
    await expect.poll(known, { timeout: 30_000 }).toBe(statuses.length);
    await known();
  }
  // What each has seen since it last asked, it knows alone.
  const passed = statuses.filter((status) => status === 200).length;
  expect(passed).toBeGreaterThanOrEqual(max);
  expect(passed).toBeLessThanOrEqual(max + 2 * apps.length);
  clock.advance({ minutes: 2 });
  for (const app of apps) expect(await read(app)).toBe(200);
  await close(apps);
});

test('writes, log-ins and sign-ups count together in all processes', async ({ db, forum }) => {
  const apps = await processes(forum, 2, { 'sign-in': { max: 3, seconds: 60 } });
  const [app, other] = apps as [FastifyInstance, FastifyInstance];
  const statuses = [];
  for (const each of [app, other, app, other]) statuses.push((await signIn(each)).status);
  expect(statuses).toEqual([422, 422, 422, 429]);
  expect((await signIn(other, '192.0.2.2')).status).toBe(422);
  const rows = await db.select().from(spentBudgets);
  expect(JSON.stringify(rows)).not.toMatch(/192\.0\.2|nobody/);
  await close(apps);
});

test('of many at the same instant, as many as the budget has are let through', async ({ forum }) => {
  const apps = await processes(forum, 2, { 'sign-in': { max: 5, seconds: 60 } });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(apps[n % 2]!)));
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  await close(apps);
});

test.for([
  // Neighbours share an address.
  ['sign-in', [60, 120, 240, 300, 300, 300, 300, 300, 300]],
  ['account', [60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]],
] as const)(
  'who goes on trying waits double each time (%s), up to a limit; who waits begins anew',
  async ([name, expected], { clock, forum }) => {
    const apps = await processes(forum, 1, { [name]: { max: 1, seconds: 60 } });
    const [app] = apps as [FastifyInstance];
    let n = 0;
    // Budgets of addresses are to be spent from one, those of accounts from many.
    const guess = () => signIn(app, name === 'account' ? `198.51.${(n += 1)}.1` : '192.0.2.1');
    expect((await guess()).status).toBe(422);
    const waits = [];
    for (let again = 0; again < 9; again += 1) waits.push(Number((await guess()).headers['retry-after']));
    expect(waits).toEqual(expected);
    const longest = expected.at(-1)!;
    clock.advance({ seconds: longest - 60 });
    expect((await guess()).headers['retry-after']).toBe(String(longest));
    clock.advance({ seconds: longest });
    expect((await guess()).status).toBe(422);
    await close(apps);
  },
);

test('whoever may not guess any more still gets in by what is no guess', async ({ forum }) => {
  const apps = await processes(forum, 1, { 'sign-in': { max: 1, seconds: 60 } });
  const [app] = apps as [FastifyInstance];
  for (let n = 0; n < 12; n += 1) await signIn(app);
  const from = { 'x-forwarded-for': '192.0.2.1' };
  const browser = new Browser(app);
  expect((await browser.post('/forgot', { name: 'nobody' }, from)).status).toBe(303);
  expect((await browser.post('/reset', { key: 'x', password: 'a short sentence' }, from)).status).toBe(410);
  expect((await browser.post('/sign-in/passkey', { passkey: '' }, from)).status).toBe(422);
  await close(apps);
});

test('who writes too fast waits until the budget is full again, and no longer', async ({ forum }) => {
  const apps = await processes(forum, 1, { write: { max: 1, seconds: 60 } });
  const write = () =>
    new Browser(apps[0]!).post('/settings/theme', { theme: 'dark' }, { 'x-forwarded-for': '192.0.2.1' });
  expect((await write()).status).toBe(303);
  const waits = [];
  for (let n = 0; n < 5; n += 1) waits.push(Number((await write()).headers['retry-after']));
  expect(waits).toEqual([60, 60, 60, 60, 60]);
  await close(apps);
});

test('a budget that is full again leaves no row', async ({ clock, db, forum }) => {
  const apps = await processes(forum, 1, { 'sign-in': { max: 5, seconds: 60 } });
  await signIn(apps[0]!);
  await sweepBudgets(db, clock.now());
  expect(await db.select().from(spentBudgets)).not.toEqual([]);
  clock.advance({ hours: 25 });
  await sweepBudgets(db, clock.now());
  expect(await db.select().from(spentBudgets)).toEqual([]);
  await close(apps);
});

test('of 2,000 guesses at one account from as many addresses in an hour, few are compared', async ({
  clock,
  forum,
  make,
}) => {
  await make.member({ name: 'diana_f', password: 'a short sentence' });
  const apps = await processes(forum, 1, {});
  let compared = 0;
  for (let n = 0; n < 2_000; n += 100) {
    const from = (k: number) => `198.${(n / 100) % 256}.${k}.1`;
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, k) => signIn(apps[0]!, from(k), 'diana_f')),
    );
    compared += answers.filter(({ status }) => status === 422).length;
    expect(answers.every(({ status }) => status === 422 || status === 429)).toBe(true);
    clock.advance({ seconds: 180 });
  }
  expect(compared).toBe(BUDGETS.account.max);
  await close(apps);
}, 120_000);

test('of one guess each at 10,000 accounts from one address, a day lets few through', async ({
  clock,
  forum,
}) => {
  const apps = await processes(forum, 1, {});
  const end = clock.now().getTime() + 24 * 3_600_000;
  let compared = 0;
  for (let n = 0; n < 10_000 && clock.now().getTime() < end; n += 1) {
    const { status, headers } = await signIn(apps[0]!, '192.0.2.1', `account${n}`);
    if (status === 422) compared += 1;
    // As patient as it takes to lose no time.
    else clock.advance({ seconds: Number(headers['retry-after']) });
  }
  expect(compared).toBe(BUDGETS['sign-ins-a-day'].max);
  await close(apps);
});
