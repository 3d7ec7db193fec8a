// The search for secrets in the log of every test that goes through HTTP, and that it finds them.
import { expect, test } from '../support/forum.ts';
import { findLeak } from '../support/logged-secrets.ts';

const PASSWORD = 'three odd words';

test('a password, a cookie and a key of a link are found wherever a line holds them', async ({
  as,
  make,
  forum,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = as.visitor();
  const signIn = async () => {
    const answer = await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
    return String(answer.headers['set-cookie']).split(/[=;]/)[1]!;
  };
  const noteAll = async () => {
    await browser.post('/sign-out');
    const cookie = await signIn();
    await browser.get('/reset?key=a-key-of-a-link');
    return cookie;
  };
  for (const secretOf of [() => PASSWORD, (cookie: string) => cookie, () => 'a-key-of-a-link']) {
    const line = `{"level":30,"said":"${secretOf(await noteAll())}"}`;
    expect(findLeak([...forum.lines, line])).toBe(line);
  }
  await noteAll();
  expect(forum.lines.join('')).toContain('"path":"/sign-in"');
  expect(findLeak(forum.lines)).toBeUndefined();
});
