// Logging in for tests: with what a browser sends besides.
import type { Browser } from '../../support/browser.ts';

export const PASSWORD = 'the old sentence';
export const LAPTOP = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
export const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

type Answer = Awaited<ReturnType<Browser['post']>>;

/** Logs diana_f in. */
export async function logIn(
  browser: Browser,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const answer = await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD }, headers);
  if (answer.status !== 303) throw new Error(`logging in was answered with ${answer.status}`);
  return answer;
}

/** The cookie that an answer set, as somebody who got hold of it would send it. */
export function cookieOf(answer: Answer): string {
  const cookie = String([answer.headers['set-cookie']].flat()[0]).split(';')[0];
  if (!cookie) throw new Error('the answer set no cookie');
  return cookie;
}
