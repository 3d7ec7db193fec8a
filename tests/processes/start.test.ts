// The program as it is started: on nothing, again, after a kill, by whoever, with what is wrong said in a sentence.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parsePage, textOfNode } from '../support/page.ts';
import { type ForumProcess, freePort, startForum } from './forum-process.ts';

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

const SEED = 'Q1 2026 AI Investment Hits $300B, Shattering Records';
const TITLE = 'Written just before the lights went out';

/** Sends a form. */
const send = (forum: ForumProcess, path: string, fields: Record<string, string>, cookie = '') =>
  fetch(forum.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });

async function signIn(forum: ForumProcess, name: string, password = ''): Promise<string> {
  const { headers } = await send(forum, '/sign-in', { name, password });
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function post(forum: ForumProcess, cookie: string): Promise<void> {
  const topic = { title: TITLE, section: 'infrastructure', body: 'Is it there?', form_id: 'f1' };
  const { status } = await send(forum, '/submit', { ...topic, url: '', tags: '' }, cookie);
  expect(status).toBe(303);
}

test('on an empty folder: a forum with the seed; stopped with grace, or killed while it wrote, it is there again', async () => {
  const first = await start();
  expect(Object.keys(first.accounts)).toContain('kevin_h');
  expect(await textAt(first, '/')).toContain(SEED);
  expect(await first.stop()).toBe(0);

  const second = await start();
  expect(second.accounts).toEqual({});
  expect(await textAt(second, '/new')).toContain(SEED);
  expect(await (await fetch(`${second.url}/readyz`)).json()).toEqual({ ready: true });
  await post(second, await signIn(second, 'astrid_w', first.accounts.astrid_w));
  second.child.kill('SIGKILL');
  await once(second.child, 'exit');

  // With every write that was answered.
  const third = await start();
  expect(await textAt(third, '/new')).toContain(TITLE);

  const taken = Number(new URL(third.url).port);
  await expect(startForum(dataDir, { port: taken })).rejects.toThrow(`Port ${taken} is in use`);
});

test('as an ordinary user', async () => {
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o777);
  const forum = await start(process.getuid?.() === 0 ? { uid: NOBODY } : {}, join(dataDir, 'data'));
  expect(await textAt(forum, '/')).toContain('Hot');
});

const PRODUCTION = { NODE_ENV: 'production', SECRET: 'a6b1c9d2e8f3a7b4c5d6e9f0a1b2c3d4', LOG_LEVEL: 'info' };

/** Who has answered, by the names in the log: the number of the last process of that name. */
const answerers = (forum: ForumProcess): Map<string, number> =>
  new Map(
    forum
      .output()
      .split('\n')
      .filter((line) => line.includes('"answered"') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as { readonly process: string; readonly pid: number })
      .map(({ process: name, pid }) => [name, pid]),
  );

test('in production: an empty database leads to the setup; two processes answer, one that dies is replaced', async () => {
  const forum = await start({ env: { ...PRODUCTION, WEB_CONCURRENCY: '2' } });
  expect(forum.accounts).toEqual({});
  const address = /http:\/\/localhost:\d+(\/setup\?token=\w+)/.exec(forum.output())?.[1] ?? '';
  expect(await textAt(forum, '/')).not.toContain('Hot');
  expect((await fetch(`${forum.url}/`, { redirect: 'manual' })).headers.get('location')).toBe('/setup');
  expect(await textAt(forum, address)).toContain('Password');

  // Connections go to each in turn.
  const answering = async (): Promise<Map<string, number>> => {
    // A connection that was just being handed to a process which dies is never answered.
    const ask = () =>
      fetch(`${forum.url}/rules`, {
        headers: { connection: 'close' },
        signal: AbortSignal.timeout(5_000),
      });
    await Promise.allSettled([ask(), ask(), ask(), ask()]);
    return answerers(forum);
  };
  const patience = { timeout: 120_000, interval: 1_000 };
  await expect.poll(async () => [...(await answering()).keys()].sort(), patience).toEqual(['web 1', 'web 2']);
  const before = (await answering()).get('web 1') ?? 0;
  process.kill(before, 'SIGKILL');
  await expect.poll(async () => (await answering()).get('web 1'), patience).not.toBe(before);
  expect(forum.output()).toContain('The process "web 1" ended (SIGKILL) and is started again.');

  const port = Number(new URL(forum.url).port);
  const second = await startForum(dataDir, { port, env: { ...PRODUCTION, WEB_CONCURRENCY: '2' } }).then(
    () => 'it started',
    String,
  );
  expect(second.split(`Port ${port} is in use`)).toHaveLength(2);
  expect(await forum.stop()).toBe(0);
});

test('a machine that does background jobs only listens on no port', async () => {
  const port = await freePort();
  const forum = await start({ port, env: { ...PRODUCTION, WEB_CONCURRENCY: '0' } });
  await expect(fetch(forum.url)).rejects.toThrow();
  expect(await forum.stop()).toBe(0);
});

test('a configuration that cannot be used is refused before anything is touched', async () => {
  await expect(
    startForum(dataDir, { env: { NODE_ENV: 'production', SITE_URL: 'http://forum.example' } }),
  ).rejects.toThrow(/passwords would cross[\s\S]*SECRET is not set/);
});
