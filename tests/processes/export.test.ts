// The export as it is started: beside a forum, into another one, where it may not write.
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOf, sectionRecord } from '../features/importing/transfer.ts';
import { CommandFolder } from './command-folder.ts';
import { runCommand } from './command-process.ts';
import { type ForumProcess, startForum } from './forum-process.ts';

/** Belongs to nobody in particular; exists on every Linux. */
const NOBODY = 65_534;

let folder: CommandFolder;
let forum: ForumProcess | undefined;

beforeEach(() => {
  folder = new CommandFolder();
  forum = undefined;
});
afterEach(async () => {
  await forum?.stop();
  await folder.remove();
});

test(
  'an export of a forum that runs, plain and as gzip, for its owner alone',
  { timeout: 120_000 },
  async () => {
    forum = await startForum(folder.dataDir);
    // Without a name it lies where one stands.
    const name = `export-${new Date().toISOString().slice(0, 10)}.jsonl`;
    const [plain, zipped] = [join(folder.path, name), join(folder.path, 'a.jsonl.gz')];
    const { code, out } = await runCommand('export', [], { dataDir: folder.dataDir, cwd: folder.path });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Exported [\d,]+ topics with [\d,]+ replies, [\d,]+ members to export-.*\.jsonl \([\d,]+ KB\)\.\nNot in it: settings, .* flags, \d+ sanctions?\.\n$/,
    );
    expect((await folder.run('export', zipped)).code).toBe(0);
    expect(String(gunzipSync(readFileSync(zipped)))).toBe(readFileSync(plain, 'utf8'));
    for (const path of [plain, zipped]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path).toSorted()).toEqual(['a.jsonl.gz', 'data', name]);
    // What went out of one installation is taken in by another.
    folder.dataDir = join(folder.path, 'elsewhere');
    expect(await folder.run('import', zipped)).toMatchObject({ code: 0, err: '' });
    expect(await folder.exported()).toBe(readFileSync(plain, 'utf8'));
  },
);

test('an export of what is no forum yet says so', async () => {
  const { code, err } = await folder.run('export', join(folder.path, 'a.jsonl'));
  expect([code, err]).toEqual([
    1,
    'There is no forum in this database yet, or an older one: start it once.\n',
  ]);
  expect(readdirSync(folder.path)).toEqual(['data']);
});

test(
  'as an ordinary user: files that may not be read, folders that may not be written',
  { timeout: 120_000 },
  async () => {
    const isRoot = process.getuid?.() === 0;
    const as = { dataDir: folder.dataDir, ...(isRoot && { uid: NOBODY }) };
    chmodSync(folder.path, isRoot ? 0o777 : 0o700);
    const [open, closed] = [
      folder.put('open.jsonl', fileOf(sectionRecord('grid'))),
      folder.put('closed.jsonl', fileOf()),
    ];
    chmodSync(closed, 0);
    const readOnly = join(folder.path, 'read-only');
    mkdirSync(readOnly);
    chmodSync(readOnly, 0o555);
    const refused = await runCommand('import', [open, closed], as);
    expect([refused.code, refused.err]).toEqual([
      2,
      `${closed} cannot be read: this account may not read it.\n`,
    ]);
    expect((await runCommand('import', [open], as)).code).toBe(0);
    for (const [path, reason] of [
      [join(readOnly, 'a.jsonl'), /^This account may not write into .*read-only\.\n$/],
      [join(folder.path, 'missing', 'a.jsonl'), /^There is no folder .*missing\.\n$/],
    ] as const) {
      const { code, err } = await runCommand('export', [path], as);
      expect([code, err]).toEqual([2, expect.stringMatching(reason)]);
    }
    const good = join(folder.path, 'a.jsonl');
    expect((await runCommand('export', [good], as)).code).toBe(0);
    expect(statSync(good).mode & 0o777).toBe(0o600);
    expect(readdirSync(readOnly)).toEqual([]);
    expect(readdirSync(folder.path).toSorted()).toEqual([
      'a.jsonl',
      'closed.jsonl',
      'data',
      'open.jsonl',
      'read-only',
    ]);
  },
);
