// The program as it is started: on nothing, again, after a kill, by whoever, with what is wrong said in a sentence.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parsePage, textOfNode } from '../support/page.ts';
import { type ForumProcess, startForum } from './forum-process.ts';

/** Belongs to nobody in particular; exists on every Linux. */
const NOBODY = 65_534;

let dataDir: string;
let running: ForumProcess[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tokenwire-start-'));
  running = [];
});
afterEach(async () => {
  for (const forum of running) await forum.stop();
  // PostgreSQL ends a moment after the last of its clients.
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
});

async function start(options?: Parameters<typeof startForum>[1], folder = dataDir): Promise<ForumProcess> {
  const forum = await startForum(folder, options);
  running.push(forum);
  return forum;
}

const textAt = async (forum: ForumProcess, path: string): Promise<string> =>
  textOfNode(parsePage(await (await fetch(forum.url + path)).text()).body);

test('on an empty folder: a forum with the seed; stopped with grace; there again at the next start', async () => {
  const first = await start();
  expect(Object.keys(first.accounts)).toContain('kevin_h');
  expect(await textAt(first, '/')).toContain('Q1 2026 AI Investment Hits $300B, Shattering Records');
  expect(await first.stop()).toBe(0);

  const second = await start();
  expect(second.accounts).toEqual({});
  expect(await textAt(second, '/new')).toContain('Q1 2026 AI Investment Hits $300B, Shattering Records');
  expect(await (await fetch(`${second.url}/readyz`)).json()).toEqual({ ready: true });
});

test('killed while it wrote, it starts again with every write that it answered', async () => {
  const first = await start();
  const signIn = await fetch(`${first.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ name: 'astrid_w', password: first.accounts.astrid_w ?? '' }),
  });
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const post = await fetch(`${first.url}/submit`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({
      title: 'Written just before the lights went out',
      section: 'infrastructure',
      body: 'Is it there?',
      form_id: 'f1',
      url: '',
      tags: '',
    }),
  });
  expect(post.status).toBe(303);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await start();
  expect(await textAt(second, '/new')).toContain('Written just before the lights went out');
});

test('as an ordinary user', async () => {
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o777);
  const forum = await start(process.getuid?.() === 0 ? { uid: NOBODY } : {}, join(dataDir, 'data'));
  expect(await textAt(forum, '/')).toContain('Hot');
});

test('in production, an empty database leads to the setup, and its address stands in the log', async () => {
  const forum = await start({ env: { NODE_ENV: 'production', SECRET: 'a6b1c9d2e8f3a7b4c5d6e9f0a1b2c3d4' } });
  expect(forum.accounts).toEqual({});
  const address = /http:\/\/localhost:\d+(\/setup\?token=\w+)/.exec(forum.output())?.[1] ?? '';
  expect(await textAt(forum, '/')).not.toContain('Hot');
  expect((await fetch(`${forum.url}/`, { redirect: 'manual' })).headers.get('location')).toBe('/setup');
  expect(await textAt(forum, address)).toContain('Password');
});

test('a port in use is said in a sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(startForum(dataDir, { env: { PORT: String(port) } })).rejects.toThrow(
    `Port ${port} is in use`,
  );
  server.close();
});

test('a configuration that cannot be used is refused before anything is touched', async () => {
  await expect(
    startForum(dataDir, { env: { NODE_ENV: 'production', SITE_URL: 'http://forum.example' } }),
  ).rejects.toThrow(/passwords would cross[\s\S]*SECRET is not set/);
});
