// A page that was made for one is never sent to another: over members, pages, cookies, codings and methods in random order.
import { paths } from '../../../src/web/paths.ts';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from '../../support/forum.ts';
import { type Answer, ask, isKept, untilKept } from './asking.ts';

function textOf({ headers, body }: Answer): string {
  const coding = headers['content-encoding'];
  return (
    coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body
  ).toString();
}

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('no page of one is sent to another', async ({ app, make, as }) => {
  const topic = await make.topic({ title: 'A topic', body: 'Its text' });
  const members = await Promise.all(['anna', 'boris', 'clara'].map((name) => make.member({ name })));
  const sessions = await Promise.all(members.map((member) => as.cookie(member)));
  const pages = ['/', '/new', paths.topic(topic), '/tags', '/feed.atom'];
  const draw = numbers(42);
  const pick = <Item>(items: readonly Item[]): Item => items[draw(items.length)]!;
  let fromCache = 0;
  for (let n = 0; n < 400; n += 1) {
    const who = draw(6);
    const theme = pick(['', '', 'theme=dark', 'theme=light', 'theme=blue', 'theme=dark; theme=light']);
    const forged = pick(['session=forged', 'session=', 'x=1;session=abc.def']);
    const session = who < 3 ? sessions[who]! : who === 3 ? forged : '';
    const cookie = pick([
      [theme, session],
      [session, theme],
    ])
      .filter(Boolean)
      .join('; ');
    const etag = draw(8) === 0 ? { 'if-none-match': '"something"' } : {};
    const headers = {
      'accept-encoding': pick(['br', 'gzip', 'identity', 'gzip;q=1, br;q=0', '*', 'br, gzip']),
      ...etag,
    };
    const method = draw(6) === 0 ? 'HEAD' : 'GET';
    const page = pick(pages);
    const answer = await ask(app, page, cookie === '' ? headers : { ...headers, cookie }, method);
    const said = [n, page, cookie, method];
    if (isKept(answer)) fromCache += 1;
    // Whatever may be a session is answered by the routes.
    if (session !== '') expect([...said, isKept(answer)]).toEqual([...said, false]);
    if (method === 'HEAD' || page === '/feed.atom') continue;
    const text = textOf(answer);
    const named = members.filter(({ name }) => text.includes(`/u/${name}`)).map(({ name }) => name);
    expect([...said, ...named]).toEqual(who < 3 ? [...said, members[who]!.name] : said);
    expect([...said, answer.headers['cache-control']]).toEqual([
      ...said,
      who < 3 ? 'private, no-cache' : 'public, no-cache',
    ]);
    if (who < 3) continue;
    const wanted = /^(?:.*; )?theme=(dark|light)/.exec(cookie)?.[1];
    const chosen = theme === 'theme=blue' || theme === '' ? undefined : wanted;
    const scheme = /data-theme="(\w+)"/.exec(text)?.[1];
    expect([...said, scheme === 'auto' ? undefined : scheme]).toEqual([
      ...said,
      theme === 'theme=dark; theme=light' ? 'dark' : chosen,
    ]);
  }
  expect(fromCache).toBeGreaterThan(50);
});

test('HEAD, entity tags and codings of a kept page are those of the page', async ({ app }) => {
  const kept = await untilKept(app, '/');
  const text = textOf(kept);
  for (const coding of ['gzip', 'identity', 'br;q=0, gzip', '']) {
    const answer = await ask(app, '/', { 'accept-encoding': coding });
    expect([isKept(answer), textOf(answer)]).toEqual([true, text]);
  }
  const head = await ask(app, '/', {}, 'HEAD');
  expect([isKept(head), head.body.length, head.headers['content-length']]).toEqual([
    true,
    0,
    kept.headers['content-length'],
  ]);
  const { etag = '' } = kept.headers;
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const answer = await ask(app, '/', { 'if-none-match': known });
    expect([answer.status, answer.body.length, answer.headers.etag, isKept(answer)]).toEqual([
      304,
      0,
      etag,
      true,
    ]);
  }
  expect((await ask(app, '/', { 'if-none-match': '"other"' })).status).toBe(200);
});
