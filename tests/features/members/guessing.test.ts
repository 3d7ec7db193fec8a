// Guessing at passwords is slowed from both ends: by where the guesses come from, and by whose account they are about.
import type { FastifyInstance } from 'fastify';
import { BUDGETS, type Budgets } from '../../../src/web/plugins/rate-budgets.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test, type Forum } from '../../support/forum.ts';

const PASSWORD = 'a short sentence';

/** Runs `use` against an application with some budgets of its own, behind a proxy whose word on addresses it takes. */
async function withBudgets(
  forum: Forum,
  changes: Partial<Budgets>,
  use: (app: FastifyInstance) => Promise<void>,
) {
  const app = await forum.build({
    config: { trustProxy: ['127.0.0.1'] },
    budgets: { ...BUDGETS, ...changes },
  });
  await app.ready();
  await use(app);
  await app.close();
}

function guess(app: FastifyInstance, { name = 'diana_f', password = 'wrong', from = '192.0.2.1' }) {
  return new Browser(app).post('/sign-in', { name, password }, { 'x-forwarded-for': from });
}

test.for([
  ['an IPv6 network is one place', '2001:db8:1:2::1', '2001:db8:1:2:ffff:1:2:3', 429],
  ['the network beside it is another', '2001:db8:1:2::1', '2001:db8:1:3::1', 422],
  ['an IPv4 address is a place of its own', '192.0.2.1', '192.0.2.2', 422],
  ['an IPv4 address is the same however it is written', '192.0.2.1', '::ffff:192.0.2.1', 429],
  ['two mapped IPv4 addresses are two places', '::ffff:192.0.2.1', '::ffff:192.0.2.2', 422],
] as const)('%s', async ([, first, second, status], { forum }) => {
  await withBudgets(forum, { 'sign-in': { max: 1, seconds: 60 } }, async (app) => {
    expect((await guess(app, { from: first })).status).toBe(422);
    expect((await guess(app, { from: second })).status).toBe(status);
  });
});

test('guesses at one account are counted together, wherever they come from', async ({ forum, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  await withBudgets(forum, { account: { max: 2, seconds: 600 } }, async (app) => {
    expect((await guess(app, { from: '192.0.2.1' })).status).toBe(422);
    expect((await guess(app, { from: '192.0.2.2', name: ' DIANA_F ' })).status).toBe(422);
    const refused = await guess(app, { from: '192.0.2.3', password: PASSWORD });
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('Please wait 10 minutes');
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '0' });
    for (const wait of ['retry-after', 'ratelimit-reset']) {
      expect(Number(refused.headers[wait]), wait).toBeGreaterThan(0);
      expect(Number(refused.headers[wait]), wait).toBeLessThanOrEqual(600);
    }
    expect((await guess(app, { name: 'somebody_else' })).status).toBe(422);
  });
});

test('guesses made elsewhere keep nobody out where they have logged in before', async ({ forum, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  await withBudgets(forum, { account: { max: 2, seconds: 600 } }, async (app) => {
    const home = '198.51.100.7';
    expect((await guess(app, { from: home, password: PASSWORD })).status).toBe(303);
    for (let n = 0; n < 30; n++) await guess(app, { from: `192.0.2.${n}` });
    expect((await guess(app, { from: '203.0.113.9', password: PASSWORD })).status).toBe(429);
    expect((await guess(app, { from: home, password: PASSWORD })).status).toBe(303);
    // There, too, guesses are counted.
    expect((await guess(app, { from: home })).status).toBe(422);
    expect((await guess(app, { from: home, password: PASSWORD })).status).toBe(429);
  });
});

test('whoever has read the mail for a new password is not kept out by guesses either', async ({
  forum,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'diana_f', email: 'diana@example.org', password: PASSWORD });
  await withBudgets(forum, { account: { max: 2, seconds: 600 } }, async (app) => {
    for (let n = 0; n < 30; n++) await guess(app, { from: `192.0.2.${n}` });
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const browser = new Browser(app);
    await browser.post('/forgot', { name: 'diana_f' }, from);
    await drain();
    await drain();
    const key = /key=([\w.-]+)/.exec(mails()[0]!.text)![1]!;
    expect((await browser.post('/reset', { key, password: 'another odd sentence' }, from)).status).toBe(303);
    const answer = await guess(app, { from: '203.0.113.9', password: 'another odd sentence' });
    expect(answer.status).toBe(303);
  });
});

test('guesses at a name that is a number are not counted for the member of that number', async ({
  forum,
  make,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  await withBudgets(forum, { account: { max: 2, seconds: 600 } }, async (app) => {
    const browser = new Browser(app);
    await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
    for (let n = 0; n < 9; n++) await guess(app, { from: `192.0.2.${n}`, name: String(member.id) });
    forum.clock.advance({ minutes: 16 });
    expect((await browser.post('/confirm-identity', { password: PASSWORD })).status).toBe(303);
  });
});

test('that an account does not exist is not told by its budget', async ({ forum, make }) => {
  await make.member({ name: 'diana_f', email: 'diana@example.org', password: PASSWORD });
  await withBudgets(forum, { account: { max: 1, seconds: 600 } }, async (app) => {
    const answers = [];
    for (const name of ['diana_f', 'diana@example.org', 'nobody', 'nobody@example.org']) {
      const [first, second] = [await guess(app, { name }), await guess(app, { name })];
      const { 'ratelimit-limit': limit, 'ratelimit-remaining': remaining } = second.headers;
      answers.push([first.status, second.status, limit, remaining, second.text.replaceAll(name, 'NAME')]);
    }
    expect(answers[0]?.slice(0, 4)).toEqual([422, 429, '1', '0']);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});

test('a form without a name or a password is no guess', async ({ forum, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  await withBudgets(forum, { account: { max: 1, seconds: 600 } }, async (app) => {
    for (const empty of ['', '']) expect((await guess(app, { password: empty })).status).toBe(422);
    expect((await guess(app, { password: PASSWORD })).status).toBe(303);
  });
});

test('nobody fills the mailbox of somebody else by signing up with their address', async ({
  forum,
  mails,
  drain,
}) => {
  await withBudgets(forum, {}, async (app) => {
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++) {
      const typed = { name: `flood_${n}`, email: 'Victim@example.org', password: PASSWORD, rules: '1' };
      const from = { 'x-forwarded-for': `192.0.2.${n}` };
      statuses.push((await new Browser(app).post('/sign-up', typed, from)).status);
    }
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429, 429, 429]);
    await drain();
    expect(mails()).toHaveLength(5);
    const other = { name: 'omar_t', email: 'other@example.org', password: PASSWORD, rules: '1' };
    expect((await new Browser(app).post('/sign-up', other)).status).toBe(303);
  });
});
