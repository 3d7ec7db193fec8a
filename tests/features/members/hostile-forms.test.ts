// Forms that no browser sends: each gets an answer of 4xx, none a fault of ours.
import { type As, expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';

const FORMS = [
  ['/sign-in', { name: 'diana_f', password: 'wrong wrong wrong' }],
  ['/sign-up', { name: 'diana_f', email: 'd@example', password: 'short' }],
  ['/settings', { about: 'x'.repeat(501), affiliation: '' }],
  ['/settings/password', { current: 'wrong wrong wrong', password: 'a new sentence' }],
] as const;

for (const [path, fields] of FORMS) {
  const names = Object.keys(fields);
  const signedIn = path.startsWith('/settings');

  const whoever = async (as: As, make: Make) =>
    signedIn ? as.member(await make.member({ password: 'three odd words' })) : as.visitor();

  test.for([
    ['NUL', 'a\u0000b'],
    ['an emoji', '🐙'.repeat(600)],
    ['half an emoji', '\ud83d'],
    ['control characters', '\u0001\u001b[31m\u007f\u202e'],
    ['markup', '"><script>alert(1)</script>{{this}}'],
    ['200,000 characters', 'x'.repeat(200_000)],
  ] as const)(`${path} with %s in every field`, async ([, text], { as, make }) => {
    const browser = await whoever(as, make);
    const body = Object.fromEntries(names.map((name) => [name, text.length < 100 ? text.repeat(100) : text]));
    const answer = await browser.post(path, body);
    expect(answer.status === 422 || answer.status === 413).toBe(true);
    expect(answer.text).not.toContain('<script>alert');
    expect(answer.text).toContain('</html>');
  });

  test(`${path} with each field sent twice takes the last`, async ({ as, make }) => {
    const browser = await whoever(as, make);
    const pairs = Object.entries(fields).flatMap<[string, string]>(([name, value]) => [
      [name, 'first'],
      [name, value],
    ]);
    const answer = await browser.post(path, pairs);
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('value="first"');
  });

  test.for([
    ['[]', 422],
    ['null', 422],
    ['{"name":{"a":1},"email":["x",{}],"password":7,"current":[],"about":{},"affiliation":true}', 422],
    ['{"name":', 400],
  ] as const)(`${path} with JSON %s`, async ([payload, status], { app }) => {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const answer = await app.inject({ method: 'POST', url: path, headers, payload });
    expect(answer.statusCode).toBe(signedIn ? 303 : status);
  });

  test(`${path} with a megabyte is too large`, async ({ as, make }) => {
    const browser = await whoever(as, make);
    const answer = await browser.post(path, { [names[0] ?? '']: 'x'.repeat(1_000_000) });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('That is more than fits');
  });

  test(`${path} with a file is not understood`, async ({ as, make }) => {
    const browser = await whoever(as, make);
    const answer = await browser.post(path, {}, { 'content-type': 'multipart/form-data; boundary=x' });
    expect(answer.status).toBe(415);
  });
}
