// GitHub, which speaks no OpenID: who somebody is comes from its API.
import { identities, members } from '../../../src/db/schema/index.ts';
import { expect, test } from './by-provider.ts';

const START = '/sign-in/with/github';

test('it leads there with state and a challenge, and asks for addresses alone', async ({
  someone,
  github,
}) => {
  const { headers } = await someone().get(START);
  const { origin, pathname, searchParams } = new URL(String(headers.location));
  expect(origin + pathname).toBe(`${github.web}/login/oauth/authorize`);
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: 'Ov23the-forum',
    response_type: 'code',
    scope: 'user:email',
    redirect_uri: 'http://localhost:3000/sign-in/with/github/done',
    state: expect.stringMatching(/^[\w-]{43}$/) as string,
    code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
    code_challenge_method: 'S256',
  });
});

test('signing up by it: the primary address, the name from there, the number as the key', async ({
  someone,
  github,
  db,
}) => {
  const page = await someone().goBy(`${START}?next=%2Fsettings`);
  expect(page.main).toContain('You came from GitHub as octocat.');
  expect(page.main).toContain('octocat@example.org, confirmed by GitHub');
  expect(page.field('name').value).toBe('octocat');
  expect((await page.press('Create account', { rules: true })).url).toBe('/settings');
  expect(await db.select().from(identities)).toMatchObject([
    { issuer: 'https://github.com', subject: '583231', label: 'octocat' },
  ]);
  // Renamed there, with another address: still the same.
  github.user = { id: 583_231, login: 'hexacat' };
  github.emails = [{ email: 'hexacat@example.org', primary: true, verified: true }];
  expect((await someone().goBy(`${START}?next=%2Fsettings`)).url).toBe('/settings');
  expect(await db.select().from(identities)).toMatchObject([{ label: 'hexacat' }]);
  // And whoever has the old name there now is somebody else.
  github.user = { id: 7, login: 'octocat' };
  github.emails = [{ email: 'new@example.org', primary: true, verified: true }];
  expect((await someone().goBy(START)).url).toBe('/sign-up/finish');
  expect(await db.select().from(members)).toHaveLength(1);
});

test.for([
  ['not verified', [{ email: 'octocat@example.org', primary: true, verified: false }]],
  ['verified by a word', [{ email: 'octocat@example.org', primary: true, verified: 'true' }]],
  ['not the primary one', [{ email: 'octocat@example.org', primary: false, verified: true }]],
  ['missing', []],
] as const)('an address that is %s is none', async ([, emails], { someone, github, make, db }) => {
  await make.member({ email: 'octocat@example.org' });
  github.emails = emails;
  const page = await someone().goBy(START);
  expect(page.main).toContain('Not logged in. GitHub does not vouch for an e-mail address of yours.');
  expect(await db.select().from(identities)).toEqual([]);
});

test('who declines there is told so', async ({ someone, github }) => {
  github.declines = true;
  expect((await someone().goBy(START)).main).toContain('Not logged in. GitHub says that you stopped there.');
});

test.for([
  ['as it names itself', true, undefined],
  ['without a name', undefined, undefined],
  ['by another name', 'https://evil.example', 'GitHub gave an answer that cannot be used.'],
] as const)('an answer %s', async ([, iss, trouble], { someone, github }) => {
  if (iss !== true) github.iss = iss;
  const page = await someone().goBy(START);
  if (trouble === undefined) expect(page.url).toBe('/sign-up/finish');
  else expect(page.main).toContain(trouble);
});

test('a code is taken once, and only with the verifier of its own challenge', async ({ someone }) => {
  const stolen = new URL(await someone().leaveBy(START), 'http://x');
  const thief = someone();
  const own = new URL(String((await thief.get(START)).headers.location)).searchParams.get('state')!;
  stolen.searchParams.set('state', own);
  const page = await thief.visit(stolen.pathname + stolen.search);
  expect(page.main).toContain('Not logged in. GitHub gave an answer that cannot be used.');
});

test.for([
  ['no account', '/user', 200, '{}'],
  ['a number that is a text', '/user', 200, '{"id":"583231","login":"octocat"}'],
  ['nothing', '/user', 200, 'null'],
  ['no list', '/user/emails', 200, '{"email":"octocat@example.org"}'],
  ['holes in the list', '/user/emails', 200, '[null]'],
  ['half an answer', '/user', 200, '{"id":'],
  ['a refusal', '/user/emails', 403, '{"message":"Forbidden"}'],
] as const)(
  'when its API answers %s, nobody is logged in',
  async ([, path, status, body], { someone, github, db }) => {
    const person = someone();
    const back = await person.leaveBy(START);
    github.intercept = { path, status, body };
    const page = await person.visit(back);
    expect(page.status).toBe(200);
    expect(page.main).toMatch(/Not logged in\. GitHub (gave an answer that cannot be used|does not vouch)/);
    expect(await db.select().from(identities)).toEqual([]);
  },
);

test('when it has a fault, it is said to be away', async ({ someone, github, log }) => {
  const person = someone();
  const back = await person.leaveBy(START);
  github.intercept = { path: '/user', status: 502, body: 'Bad gateway' };
  expect((await person.visit(back)).main).toContain('Not logged in. GitHub does not answer at present.');
  expect(log()).toContain('/user answered with status 502');
});
