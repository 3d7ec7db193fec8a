import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  endAll,
  keeperAbove,
  open,
  patience,
  postmasterOf,
  query,
  removeFolder,
  startOpener,
  temporaryFolder,
} from './processes.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(async () => {
  await endAll(dataDir);
  removeFolder(dataDir);
});

const identity = 'SELECT system_identifier, pg_postmaster_start_time() AS started FROM pg_control_system()';

test('two first starts at once end on the same server, and one of them is told that it is new', async () => {
  const openers = [startOpener(dataDir), startOpener(dataDir)];
  const databases = await Promise.all(openers.map((opener) => opener.database));

  const [one, other] = await Promise.all(databases.map(({ superuserUrl }) => query(superuserUrl, identity)));
  expect(one).toEqual(other);
  expect(databases.map(({ fresh }) => fresh).sort()).toEqual([false, true]);
});

test('a cluster whose making was cut off is made again from the start', async () => {
  const opening = open(dataDir);
  const unfinished = (): string[] => fs.readdirSync(dataDir).filter((name) => name.includes('unfinished'));
  const bootstrap = await vi.waitFor(() => {
    const pid = postmasterOf(dataDir, unfinished()[0]);
    if (!pid) throw new Error('initdb does not run yet');
    return pid;
  }, patience);
  process.kill(keeperAbove(bootstrap), 'SIGKILL');

  const database = await opening;
  expect(database.fresh).toBe(true);
  expect(await query(database.appUrl, "SELECT unaccent('naïve') AS plain")).toEqual([{ plain: 'naive' }]);
  // What it left is removed by a start that finds nobody writing to it any more.
  await vi.waitFor(async () => {
    await endAll(dataDir);
    expect((await open(dataDir)).fresh).toBe(false);
    expect(unfinished()).toEqual([]);
  }, patience);
});

test('a data folder too deep for sockets gets a short private directory, but none put there by others', async () => {
  const deep = path.join(dataDir, 'd'.repeat(120));
  const name = `tokenwire-${createHash('sha256').update(deep).digest('hex').slice(0, 16)}`;
  const short = path.join(os.tmpdir(), name);
  fs.symlinkSync(dataDir, short);
  await expect(open(deep)).rejects.toThrow(`${short} is in the way`);
  fs.unlinkSync(short);

  const database = await open(deep);
  expect(fs.lstatSync(short).mode & 0o777).toBe(0o700);
  expect(await query(database.appUrl, 'SELECT current_user AS role')).toEqual([{ role: 'tokenwire_app' }]);

  await endAll(deep);
  expect(fs.existsSync(short)).toBe(false);
});
