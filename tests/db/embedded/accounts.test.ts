import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endAll, pathWithout, query, removeFolder, startOpener, temporaryFolder } from './processes.ts';

// Root exercises root's two ways and the ordinary account (as nobody); an ordinary account exercises its own each time.
const root = process.geteuid?.() === 0;
const nobody = root ? 65534 : undefined;

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = temporaryFolder();
  dataDir = path.join(folder, 'data');
});
afterEach(async () => {
  await endAll(dataDir);
  removeFolder(folder);
});

const owners = (): (number | undefined)[] =>
  ['postgres', 'run'].map((name) => fs.statSync(path.join(dataDir, name)).uid);

test('an ordinary account needs nothing but its folder', async () => {
  if (nobody !== undefined) fs.chownSync(folder, nobody, nobody);
  const opener = startOpener(dataDir, { uid: nobody });
  const { appUrl } = await opener.database;
  expect(await query(appUrl, 'SELECT current_user AS role')).toEqual([{ role: 'tokenwire_app' }]);
  const uid = nobody ?? process.geteuid?.();
  expect(owners()).toEqual([uid, uid]);
});

test('where there are no user namespaces, root gives PostgreSQL to nobody', async () => {
  const opener = startOpener(dataDir, { searchPath: pathWithout('unshare', folder) });
  const { appUrl } = await opener.database;
  expect(await query(appUrl, 'SELECT current_user AS role')).toEqual([{ role: 'tokenwire_app' }]);
  const uid = nobody ?? process.geteuid?.();
  expect(owners()).toEqual([uid, uid]);
});

test('a folder that cannot be written is named, with what to do', async () => {
  fs.chmodSync(folder, 0o555);
  const opener = startOpener(dataDir, { uid: nobody });
  await expect(opener.database).rejects.toThrow(/data folder .* cannot be written .*another DATA_DIR/);
});
