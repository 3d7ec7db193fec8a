import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  endAll,
  leaveAll,
  open,
  patience,
  postmasterOf,
  query,
  removeFolder,
  startOpener,
  temporaryFolder,
} from './processes.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = temporaryFolder();
});
afterEach(leaveAll);
afterAll(async () => {
  await endAll(dataDir);
  removeFolder(dataDir);
});

test('a second client joins the running server, which stays until the last one is gone', async () => {
  const first = await open(dataDir);
  const postmaster = postmasterOf(dataDir);
  const second = startOpener(dataDir);
  expect(await second.database).toMatchObject({ appUrl: first.appUrl, fresh: false });

  await first.release();
  expect(await query(first.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(postmasterOf(dataDir)).toBe(postmaster);

  await second.leave();
  await expect.poll(() => postmasterOf(dataDir), patience).toBeUndefined();
});

test('a client that comes back at once finds the server still running', async () => {
  const before = await open(dataDir);
  const postmaster = postmasterOf(dataDir);
  await before.release();
  await open(dataDir);
  expect(postmasterOf(dataDir)).toBe(postmaster);
});

test('releasing twice is the same as once', async () => {
  const database = await open(dataDir);
  await database.release();
  await expect(database.release()).resolves.toBeUndefined();
});

test('a client that is killed leaves nothing running', async () => {
  const client = startOpener(dataDir);
  await client.database;
  expect(postmasterOf(dataDir)).toBeGreaterThan(0);
  client.process.kill('SIGKILL');
  await expect.poll(() => postmasterOf(dataDir), patience).toBeUndefined();
});
