// No `next` leads to another site: every string of the attack lists, wherever an answer follows one.
import { safeNext } from '../../src/web/paths.ts';
import { expect, test } from '../support/forum.ts';
import { describeWithCorpora, xssLists } from '../support/corpora.ts';
import type { Browser } from '../support/browser.ts';

const PASSWORD = 'three odd words';
const OWN = 'http://forum.invalid';

/** Where a browser that has `OWN` in its address bar would go. */
function originAfter(location: unknown): string | undefined {
  return URL.parse(String(location), OWN)?.origin;
}

describeWithCorpora('next', () => {
  const lists = xssLists();
  // The other lists are texts that run; these are addresses that lead away.
  const addresses = lists.find(({ name }) => name === 'Open-Redirect-payloads.txt')?.strings ?? [];
  // That a door asks the rule is seen from some; each is tried with others, so that together they meet every one.
  const DOORS_TOGETHER = 5;
  const shareOf = (door: number) => addresses.filter((_text, at) => at % DOORS_TOGETHER === door);
  const attempts = (text: string) => [text, `/${text}`, `/t/1${text}`, text.replaceAll('//', '/\\')];

  test('the list of addresses is there', () => {
    expect(addresses.length).toBeGreaterThan(200);
  });

  test('no string of any list, in any disguise', () => {
    const strings = new Set(lists.flatMap((list) => list.strings));
    expect(strings.size).toBeGreaterThan(3_000);
    for (const text of [...strings].flatMap(attempts)) expect(originAfter(safeNext(text)), text).toBe(OWN);
  });

  // That each door asks that rule.
  const DOORS: readonly (readonly [string, (browser: Browser, next: string) => Promise<unknown>])[] = [
    [
      'GET /sign-up',
      async (b, next) => (await b.get(`/sign-up?next=${encodeURIComponent(next)}`)).headers.location,
    ],
    [
      'GET /confirm-identity',
      async (b, next) => (await b.get(`/confirm-identity?next=${encodeURIComponent(next)}`)).headers.location,
    ],
    [
      'POST /confirm-identity',
      async (b, next) => (await b.post('/confirm-identity', { next, password: PASSWORD })).headers.location,
    ],
    [
      'POST /settings/theme',
      async (b, next) =>
        (
          await b.post(
            '/settings/theme',
            { theme: 'dark', next },
            { referer: encodeURI(next.toWellFormed()) },
          )
        ).headers.location,
    ],
  ];

  test.for(DOORS.map(([door, open], index) => [door, open, index] as const))(
    '%s',
    async ([, open, index], { as, make }) => {
      const browser = await as.member(await make.member({ password: PASSWORD }));
      for (const text of shareOf(index)) expect(originAfter(await open(browser, text)), text).toBe(OWN);
    },
  );

  test('POST /sign-in', async ({ as, make }) => {
    await make.member({ name: 'diana_f', password: PASSWORD });
    for (const next of shareOf(DOORS.length)) {
      const answer = await as.visitor().post('/sign-in', { name: 'diana_f', password: PASSWORD, next });
      expect([answer.status, originAfter(answer.headers.location)], next).toEqual([303, OWN]);
    }
  });
});
