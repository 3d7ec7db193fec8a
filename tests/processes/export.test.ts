// The export as it is started: beside a forum, into another one, where it may not write.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOf, sectionRecord } from '../features/importing/transfer.ts';
import { removeWithData, runCommand } from './command-process.ts';
import { type ForumProcess, startForum } from './forum-process.ts';

/** Belongs to nobody in particular; exists on every Linux. */
const NOBODY = 65_534;

let folder: string;
let dataDir: string;
let forum: ForumProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenwire-export-'));
  dataDir = join(folder, 'data');
  forum = undefined;
});
afterEach(async () => {
  await forum?.stop();
  await removeWithData(folder);
});

function put(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const run = (name: 'import' | 'export', ...args: string[]) => runCommand(name, args, { dataDir });

async function exported(): Promise<string> {
  const path = join(folder, 'out.jsonl');
  expect((await run('export', path)).code).toBe(0);
  return readFileSync(path, 'utf8');
}

test(
  'an export of a forum that runs, plain and as gzip, for its owner alone',
  { timeout: 120_000 },
  async () => {
    forum = await startForum(dataDir);
    const [plain, zipped] = [join(folder, 'a.jsonl'), join(folder, 'a.jsonl.gz')];
    const { code, out } = await run('export', plain);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Exported [\d,]+ topics with [\d,]+ replies, [\d,]+ members to .*a\.jsonl \([\d,]+ KB\)\.\nNot in it: settings, .* flags, \d+ sanctions?\.\n$/,
    );
    expect((await run('export', zipped)).code).toBe(0);
    expect(String(gunzipSync(readFileSync(zipped)))).toBe(readFileSync(plain, 'utf8'));
    for (const path of [plain, zipped]) expect(statSync(path).mode & 0o777).toBe(0o600);
    // Without a name it lies where one stands.
    const here = await runCommand('export', [], { dataDir, cwd: folder });
    expect(here.code).toBe(0);
    const name = `export-${new Date().toISOString().slice(0, 10)}.jsonl`;
    expect(readdirSync(folder).toSorted()).toEqual(['a.jsonl', 'a.jsonl.gz', 'data', name].toSorted());
    // What went out of one installation is taken in by another.
    dataDir = join(folder, 'elsewhere');
    expect(await run('import', zipped)).toMatchObject({ code: 0, err: '' });
    expect(await exported()).toBe(readFileSync(plain, 'utf8'));
  },
);

test('an export of what is no forum yet says so', async () => {
  const { code, err } = await run('export', join(folder, 'a.jsonl'));
  expect([code, err]).toEqual([
    1,
    'There is no forum in this database yet, or an older one: start it once.\n',
  ]);
  expect(readdirSync(folder)).toEqual(['data']);
});

test(
  'as an ordinary user: files that may not be read, folders that may not be written',
  { timeout: 120_000 },
  async () => {
    const isRoot = process.getuid?.() === 0;
    const as = { dataDir, ...(isRoot && { uid: NOBODY }) };
    chmodSync(folder, isRoot ? 0o777 : 0o700);
    const [open, closed] = [put('open.jsonl', fileOf(sectionRecord('grid'))), put('closed.jsonl', fileOf())];
    chmodSync(closed, 0);
    const readOnly = join(folder, 'read-only');
    mkdirSync(readOnly);
    chmodSync(readOnly, 0o555);
    const refused = await runCommand('import', [open, closed], as);
    expect([refused.code, refused.err]).toEqual([
      2,
      `${closed} cannot be read: this account may not read it.\n`,
    ]);
    expect((await runCommand('import', [open], as)).code).toBe(0);
    for (const [path, reason] of [
      [join(readOnly, 'a.jsonl'), /EACCES: permission denied, .*read-only/],
      [join(folder, 'missing', 'a.jsonl'), /ENOENT: no such file or directory, .*missing/],
    ] as const) {
      const { code, err } = await runCommand('export', [path], as);
      expect([code, err]).toEqual([1, expect.stringMatching(reason)]);
    }
    const good = join(folder, 'a.jsonl');
    expect((await runCommand('export', [good], as)).code).toBe(0);
    expect(statSync(good).mode & 0o777).toBe(0o600);
    expect(readdirSync(readOnly)).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual([
      'a.jsonl',
      'closed.jsonl',
      'data',
      'open.jsonl',
      'read-only',
    ]);
  },
);
