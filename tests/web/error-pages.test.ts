import { sql } from 'drizzle-orm';
import { expect, test } from '../support/forum.ts';
import { Browser } from '../support/browser.ts';
import { BUDGETS } from '../../src/web/plugins/rate-budgets.ts';

test('an address with nothing at it: 404 with ways on', async ({ as }) => {
  const page = await as.visitor().visit('/nothing/here');
  expect(page.status).toBe(404);
  expect(page.main).toContain('404 not found');
  expect(page.document.querySelector('main a[href="/"]')).not.toBeNull();
  expect(page.headers['cache-control']).toBe('no-store');
});

test('every bad address gets its page, and none a 500', async ({ as }) => {
  const cases: [string, number][] = [
    ['/%zz', 400],
    ['/t/1/%E0%A4%A', 400],
    ['/t/0', 404],
    ['/t/x/y', 404],
    ['/t/99999999999999999999/x', 404],
    ['/t/1/x', 404],
    ['/p/0', 404],
    ['/s/none', 404],
    ['/tag/none', 404],
    ['/site/..%2f', 404],
    ['/u/none', 404],
    ['/?after=rubbish', 400],
    ['/top?t=eon', 200],
    ['/new?after=1_2', 400],
    ['/tag/a%00b', 400],
    ['/moderation/log?by=%00', 200],
    ['/search?q=a%00b', 200],
    [`/${'a'.repeat(3_000)}`, 404],
    ['/new?after=2026-01-01T00:00:00.000Z_5_k.2.0', 200],
    // As the addresses of pages were before they carried what their first page was read by.
    ['/new?after=2026-01-01T00:00:00.000Z_5', 400],
  ];
  const browser = as.visitor();
  const answers: [string, number][] = [];
  for (const [path] of cases) {
    const page = await browser.visit(path);
    expect(page.document.querySelector('h1'), path).not.toBeNull();
    answers.push([path, page.status]);
  }
  expect(answers).toEqual(cases);
});

test('a fault of ours: 500 with a reference and no stack in production, with the stack in development', async ({
  forum,
  expectFaults,
  make,
}) => {
  expectFaults('the wheel came off', 'the wheel came off');
  await make.member({ role: 'admin' });
  for (const production of [true, false]) {
    const app = await forum.build({ config: { production } });
    app.get('/broken', () => {
      throw new Error('the wheel came off');
    });
    const response = await app.inject('/broken');
    await app.close();
    expect(response.statusCode).toBe(500);
    expect(response.body).toMatch(/Recorded as [0-9a-f]{8}/);
    expect(response.body.includes('the wheel came off')).toBe(!production);
  }
});

test('a database that is away, however it shows: 503, come again', async ({ forum }) => {
  const app = await forum.build();
  app.get<{ Params: { said: string } }>('/away/:said', ({ params }) => {
    // As drizzle wraps it: where a transaction had begun, its rollback is what failed last.
    throw new Error('Failed query: rollback', { cause: new Error(params.said) });
  });
  const answers = await Promise.all(
    [
      'connect ECONNREFUSED 127.0.0.1:5432',
      'Connection terminated unexpectedly',
      'Client has encountered a connection error and is not queryable',
      'timeout exceeded when trying to connect',
      'Query read timeout',
    ].map((said) => app.inject(`/away/${encodeURIComponent(said)}`)),
  );
  await app.close();
  for (const response of answers) {
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(response.body).toContain('Nothing that was saved is lost');
  }
});

test('what was sent while the database is away is on the page, and sent again from there', async ({
  forum,
  make,
}) => {
  const topic = await make.topic();
  const { name } = await make.member({ name: 'writer', password: 'a long enough password' });
  const app = await forum.build();
  let away = false;
  app.addHook('onRequest', async () => {
    if (away) throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
  });
  await app.ready();
  const browser = new Browser(app);
  await browser.post('/sign-in', { name, password: 'a long enough password' });
  away = true;
  const form = { form_id: 'written-while-away', title: 'Short', body: 'First line & <b>\n\n  second' };
  const refused = await browser.submit(`/t/${topic.id}/reply`, Object.entries(form), '/');
  expect(refused.status).toBe(503);
  expect(refused.field('body').value).toBe(form.body);
  expect(refused.field('title').value).toBe('Short');
  expect(refused.main).not.toContain('form_id');
  // Who is logged in cannot be known at the moment, and must not look as if they were not.
  expect(refused.text).not.toMatch(/Log in|Sign up/);
  const page = await browser.visit('/new?after=x');
  expect(page.status).toBe(503);
  const again = page.document.querySelector('main a[href="/new?after=x"]');
  expect(again?.textContent).toBe('Try again');
  away = false;
  const sent = await refused.press('Send again');
  expect(sent.status).toBe(200);
  expect(sent.main).toContain('Replies (1)');
  await app.close();
});

test('a password is not written into the page of a form that was sent while the database is away', async ({
  forum,
}) => {
  const app = await forum.build();
  app.addHook('onRequest', async () => {
    throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
  });
  await app.ready();
  const answer = await new Browser(app).submit(
    '/sign-in',
    Object.entries({ name: 'somebody', password: 'open sesame 123' }),
    '/',
  );
  await app.close();
  expect(answer.status).toBe(503);
  expect([answer.field('name').value, answer.field('password').value]).toEqual(['somebody', '']);
  expect(answer.document.documentElement.outerHTML).not.toContain('sesame');
});

test('a session that cannot be renewed or begun at the moment costs no answer and tells nothing', async ({
  as,
  db,
  make,
  clock,
}) => {
  const member = await make.member({ password: 'a long enough password' });
  const browser = await as.member(member);
  clock.advance({ days: 2 });
  await db.execute(sql`create function full_disk() returns trigger language plpgsql as $$
    begin raise 'No space left on device' using errcode = '53100'; end $$`);
  await db.execute(
    sql`create trigger full_disk before insert or update on sessions execute function full_disk()`,
  );
  try {
    expect((await browser.visit('/inbox')).status).toBe(200);
    const signIn = { name: member.name, password: 'a long enough password' };
    const answer = await as.visitor().post('/sign-in', signIn);
    expect(answer.status).toBe(503);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.text).not.toMatch(/insert into|params|\$1/);
  } finally {
    await db.execute(sql`drop function full_disk cascade`);
  }
});

test('a body too large: 413; of another kind: 415; broken JSON: 415', async ({ as, app }) => {
  const browser = await as.member();
  expect((await browser.post('/t/1/reply', { body: 'x'.repeat(400_000) })).status).toBe(413);
  expect((await browser.post('/t/1/reply', {}, { 'content-type': 'application/xml' })).status).toBe(415);
  const response = await app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    payload: '{"a":',
  });
  expect(response.statusCode).toBe(400);
});

test('too many requests: 429 says how long to wait, with RateLimit headers', async ({ forum }) => {
  const app = await forum.build({ budgets: { ...BUDGETS, read: { max: 2, seconds: 60 } } });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = new Browser(app);
  const first = await browser.visit('/');
  expect(first.headers['ratelimit-limit']).toBe('2');
  await browser.visit('/');
  const third = await browser.visit('/');
  // Whoever guesses addresses has a budget of the same size for it.
  const guesses = [await browser.visit('/no/1'), await browser.visit('/no/2'), await browser.visit('/no/3')];
  expect(guesses.map(({ status }) => status)).toEqual([404, 404, 429]);
  await app.close();
  expect(third.status).toBe(429);
  expect(third.main).toMatch(/Please wait \d+ seconds/);
  expect(third.document.querySelector('main .btn-primary')?.getAttribute('href')).toBe('/');
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
});

test('a form that was sent too fast is on the page that says so, and sent again from there', async ({
  forum,
  make,
  clock,
}) => {
  const topic = await make.topic();
  const { name } = await make.member({ name: 'writer', password: 'a long enough password' });
  const app = await forum.build({ budgets: { ...BUDGETS, write: { max: 1, seconds: 60 } } });
  await app.ready();
  const browser = new Browser(app);
  await browser.post('/sign-in', { name, password: 'a long enough password' });
  await browser.post(`/p/${topic.openingPostId}/save`, { do: 'save' });
  const form = { form_id: 'written-too-fast', body: 'First line & <b>\n\n  second' };
  const refused = await browser.submit(`/t/${topic.id}/reply`, Object.entries(form), '/');
  expect(refused.status).toBe(429);
  expect(refused.main).toMatch(/Please wait \d+ seconds/);
  expect(refused.field('body').value).toBe(form.body);
  expect((await refused.press('Send again')).status).toBe(429);
  clock.advance({ minutes: 2 });
  const sent = await refused.press('Send again');
  await app.close();
  expect(sent.main).toContain('Replies (1)');
});

test('a script is answered with data', async ({ as }) => {
  const response = await as.visitor().get('/nothing', { accept: 'application/json' });
  expect(response.status).toBe(404);
  expect(response.body).toMatchObject({ status: 404, explanation: expect.any(String) as string });
});
