// What a first visit costs, compressed and with everything a page brings along: files, scripts that come because of what
// it holds, scripts these ask for. Figures of the founding plan: most phones and lines are worse than ours.
import type { FastifyInstance } from 'fastify';
import { readAssets } from '../../src/web/assets.ts';
import { paths } from '../../src/web/paths.ts';
import { body, title } from '../bench/made-up/texts.ts';
import { randomFrom } from '../bench/made-up/random.ts';
import { expect, test } from '../support/forum.ts';
import type { MemberRow, PostRow } from '../support/make.ts';
import { parsePage } from '../support/page.ts';

const KB = 1024;
const { files, prefix } = readAssets();
const source = (name: string): string => String(files.get(name));

/** Selector → module, as tokenwire.js has them. */
const NEEDED = [
  ...source('scripts/tokenwire.js').matchAll(
    /\[\s*'(.+?)',\s*async \(\) => \(await import\('\.\/(.+?)'\)\)/g,
  ),
].map(([, selector = '', module = '']) => ({ selector, module: `scripts/${module}` }));

/** A module and all that it asks for from the start. */
function withImports(name: string, known = new Set<string>()): Set<string> {
  if (known.has(name)) return known;
  known.add(name);
  for (const [, other = ''] of source(name).matchAll(/^import .*'\.\/(.+?)';/gm))
    withImports(`scripts/${other}`, known);
  return known;
}

/** Bytes on the line: of the page itself, its scripts, and all together. */
async function weigh(app: FastifyInstance, path: string, cookie = '') {
  const bytesOf = async (address: string) => {
    const headers = { 'accept-encoding': 'br', ...(cookie && { cookie }) };
    const response = await app.inject({ url: address, headers });
    expect([address, response.statusCode]).toEqual([address, 200]);
    return response.rawPayload.length;
  };
  const page = parsePage((await app.inject({ url: path, headers: cookie ? { cookie } : {} })).body);
  const modules = NEEDED.filter(({ selector }) => page.querySelector(selector)).map(({ module }) => module);
  const scripts = new Set(['scripts/tokenwire.js', ...modules].flatMap((name) => [...withImports(name)]));
  const brought = [...page.querySelectorAll('link[rel=stylesheet], link[rel=icon], img, use')].map(
    (element) => (element.getAttribute('href') ?? element.getAttribute('src') ?? '').split('#')[0] ?? '',
  );
  const sum = async (addresses: Iterable<string>) => {
    let bytes = 0;
    for (const address of addresses) bytes += await bytesOf(address);
    return bytes;
  };
  const ofScripts = await sum([...scripts].map((name) => prefix + name));
  const all = (await bytesOf(path)) + (await sum(new Set(brought))) + ofScripts;
  return { scripts: ofScripts, all, strangers: brought.filter((address) => !address.startsWith('/')) };
}

test('the stylesheet', async ({ app }) => {
  const response = await app.inject({
    url: `${prefix}styles/tokenwire.css`,
    headers: { 'accept-encoding': 'gzip, br' },
  });
  expect(response.headers['content-encoding']).toBe('br');
  expect(response.rawPayload.length).toBeLessThanOrEqual(10 * KB);
  expect([...files.keys()].filter((name) => /\.(woff2?|ttf|otf)$/.test(name))).toEqual([]);
});

test('a file comes as whoever asks for it can read it', async ({ app }) => {
  const url = `${prefix}scripts/tokenwire.js`;
  const codings = async (accepted: string | undefined) =>
    (await app.inject({ url, headers: accepted === undefined ? {} : { 'accept-encoding': accepted } }))
      .headers['content-encoding'];
  expect(await codings('gzip, deflate, br, zstd')).toBe('br');
  expect(await codings('br;q=0.5')).toBe('br');
  expect(await codings('gzip, br;q=0')).toBe('gzip');
  expect(await codings('gzip')).toBe('gzip');
  expect(await codings(undefined)).toBeUndefined();
  expect((await app.inject(url)).body).toBe(source('scripts/tokenwire.js'));
});

test('front page and topic', async ({ app, as, make }) => {
  const random = randomFrom(1);
  const authors: MemberRow[] = [];
  for (let n = 0; n < 20; n += 1) authors.push(await make.member());
  const author = () => authors[Math.floor(random() * authors.length)]!;
  const ofTopic = (n: number) => ({
    title: title(random),
    author: author(),
    source: `https://gridledger.example/${n}/${encodeURIComponent(title(random))}`,
  });
  for (let n = 0; n < 40; n += 1) await make.topic(ofTopic(n));
  const topic = await make.topic(ofTopic(40));
  const replies: PostRow[] = [];
  for (let n = 0; n < 100; n += 1) {
    // Two of three answer somebody.
    const parent = random() < 2 / 3 ? replies[Math.floor(random() * replies.length)] : undefined;
    replies.push(
      await make.reply({ topic, author: author(), body: body(random).markdown, ...(parent && { parent }) }),
    );
  }
  const cookie = await as.cookie(await make.member());
  for (const who of ['', cookie]) {
    const front = await weigh(app, paths.front(), who);
    const discussion = await weigh(app, paths.topic(topic), who);
    expect(front.all).toBeLessThanOrEqual(50 * KB);
    expect(discussion.all).toBeLessThanOrEqual(80 * KB);
    expect([...front.strangers, ...discussion.strangers]).toEqual([]);
    for (const { scripts } of [front, discussion, await weigh(app, paths.search())])
      expect(scripts).toBeLessThanOrEqual(12 * KB);
  }
  const submit = await weigh(app, paths.submit(), cookie);
  expect(submit.scripts).toBeLessThanOrEqual(12 * KB);
  expect(submit.scripts).toBeGreaterThan((await weigh(app, paths.rules(), cookie)).scripts);
});
