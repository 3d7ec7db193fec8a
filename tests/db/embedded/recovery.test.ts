import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import {
  endAll,
  keeperAbove,
  keeperGone,
  leaveAll,
  open,
  pathWithout,
  patience,
  postmasterOf,
  query,
  removeFolder,
  startOpener,
  temporaryFolder,
} from './processes.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = temporaryFolder();
  const { ownerUrl } = await open(dataDir);
  await query(ownerUrl, "CREATE TABLE kept (text text); INSERT INTO kept VALUES ('committed')");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await leaveAll();
});
afterAll(async () => {
  await endAll(dataDir);
  removeFolder(dataDir);
});

const committed = [{ text: 'committed' }];
const read = (url: string): Promise<unknown> => query(url, 'SELECT text FROM kept');

function running(): number {
  const pid = postmasterOf(dataDir);
  if (pid === undefined) throw new Error('PostgreSQL does not run');
  return pid;
}

test('a killed server comes back with every committed row', async () => {
  const onTrouble = vi.fn();
  const { ownerUrl, appUrl } = await open(dataDir, { onTrouble });
  await query(ownerUrl, "DELETE FROM kept; INSERT INTO kept VALUES ('committed')");
  const killed = running();
  process.kill(killed, 'SIGKILL');

  expect(await vi.waitFor(() => read(appUrl), patience)).toEqual(committed);
  expect(running()).not.toBe(killed);
  // It is told over another way than the answer came.
  await vi.waitFor(() => {
    expect(onTrouble).toHaveBeenCalledWith(expect.stringMatching(/SIGKILL.*postgres\.log/));
  }, patience);
});

test('clients whose keeper is killed have the database back by themselves', async () => {
  const onTrouble = vi.fn();
  const { appUrl } = await open(dataDir, { onTrouble });
  await startOpener(dataDir).database;
  const lost = running();
  const keeper = keeperAbove(lost);
  process.kill(keeper, 'SIGKILL');

  await expect.poll(() => [undefined, lost].includes(postmasterOf(dataDir)), patience).toBe(false);
  expect(await vi.waitFor(() => read(appUrl), patience)).toEqual(committed);
  expect(keeperAbove(running())).not.toBe(keeper);
  expect(onTrouble).toHaveBeenCalledWith(expect.stringContaining('was lost'));
});

test('a server that outlived its keeper is ended, and its data served by a new one', async () => {
  await endAll(dataDir);
  // Without setpriv the kernel does not end PostgreSQL with its keeper; so it is on macOS.
  vi.stubEnv('PATH', pathWithout('setpriv', dataDir));
  const client = startOpener(dataDir);
  await client.database;
  const orphan = running();
  client.process.kill('SIGKILL');
  process.kill(keeperAbove(orphan), 'SIGKILL');
  await keeperGone(dataDir);
  expect(process.kill(orphan, 0)).toBe(true);

  const { appUrl } = await open(dataDir);
  expect(running()).not.toBe(orphan);
  await vi.waitFor(() => expect(() => process.kill(orphan, 0)).toThrow('ESRCH'), patience);
  expect(await read(appUrl)).toEqual(committed);
});

test('a process id in postmaster.pid that means another process by now keeps nobody away', async () => {
  await endAll(dataDir);
  fs.writeFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n`);
  const { appUrl } = await open(dataDir);
  expect(await read(appUrl)).toEqual(committed);
  expect(running()).not.toBe(process.pid);
});

test('data that PostgreSQL cannot use ends in an error that says why and names the log', async () => {
  await endAll(dataDir);
  const control = path.join(dataDir, 'postgres', 'global', 'pg_control');
  const sound = fs.readFileSync(control);
  fs.writeFileSync(control, '');
  const attempts = await Promise.allSettled([open(dataDir), open(dataDir)]);
  const message = expect.stringMatching(/pg_control.*restore a backup.*postgres\.log/) as string;
  const refusal = { status: 'rejected', reason: { message } };
  expect(attempts).toMatchObject([refusal, refusal]);

  await keeperGone(dataDir);
  fs.writeFileSync(control, sound);
  const { appUrl } = await open(dataDir);
  expect(await read(appUrl)).toEqual(committed);
});
