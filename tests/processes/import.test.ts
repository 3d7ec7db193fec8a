// The import as it is started: what it prints and ends with, broken off and gone on with, beside a forum.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOf, memberRecord, sectionRecord, topicRecord } from '../features/importing/transfer.ts';
import { parsePage, textOfNode } from '../support/page.ts';
import { CommandFolder } from './command-folder.ts';
import { type CommandProcess, runCommand, startCommand } from './command-process.ts';
import { type ForumProcess, startForum } from './forum-process.ts';

const TERMINAL = '/usr/bin/script';

let folder: CommandFolder;
let forum: ForumProcess | undefined;
let running: CommandProcess[];

beforeEach(() => {
  folder = new CommandFolder();
  forum = undefined;
  running = [];
});
afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL');
    await ended;
  }
  await forum?.stop();
  await folder.remove();
});

function start(...args: string[]): CommandProcess {
  const command = startCommand('import', args, { dataDir: folder.dataDir });
  running.push(command);
  return command;
}

const topics = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) =>
    topicRecord(`t${from + n}`, {
      posts: Array.from({ length: 6 }, (_post, m) => ({
        author: 'old:member:anna',
        body: `Reply ${m} of *${from + n}*`,
        ...(m > 1 && { parent: `t${from + n}:${m - 1}` }),
      })),
    }),
  );

/** A line that is complained of, among the topics: who reads the complaint knows how far it is. */
const MARK = 'how far it is\n';
/** Topics in parts of so many, with a mark between the parts. */
const marked = (...parts: readonly number[]) => {
  let from = 0;
  const texts = parts.map((count) => fileOf(...topics(from, (from += count))).replace(/^.*\n/, ''));
  return fileOf(sectionRecord('grid'), memberRecord('anna')) + texts.join(MARK);
};
const exportOf = (text: string) => text.replaceAll(MARK, '');
/** What is said of the mark in a line. */
const complaint = (line: number) => new RegExp(`line ${line}: is not JSON`);

test('into an empty folder, and again: what came in, what is here already, what was left out', async () => {
  const file = folder.put(
    'forum.jsonl',
    fileOf(sectionRecord('grid'), memberRecord('anna'), ...topics(0, 2)),
  );
  const first = await folder.run('import', file);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain('100 % · 12 posts · ');
  expect(first.out).toContain('Imported 2 topics with 10 replies, 1 member, 1 section, 0 tags.\n');
  // No bar where there is no terminal.
  expect(first.out).not.toContain('\u001B');
  expect(first.out).not.toContain('[');
  const second = await folder.run('import', folder.put('forum.jsonl.gz', gzipSync(readFileSync(file))));
  expect(second).toMatchObject({ code: 0, err: '' });
  expect(second.out).toContain(
    'Imported 0 topics with 0 replies, 0 members, 0 sections, 0 tags. 4 records were here already.',
  );
  const third = await folder.run('import', folder.put('bad.jsonl', `${fileOf()}{"kind":"user"}\n`));
  expect(third.code).toBe(1);
  expect(third.err).toBe(
    `${join(folder.path, 'bad.jsonl')}, line 2: has an unknown kind "user": known are member, section, tag, topic\n`,
  );
  expect(third.out).toContain('1 line was left out.');
  expect(await folder.exported()).toBe(readFileSync(file, 'utf8'));
  // A section that is not there is named with those that are.
  const nowhere = await folder.run('import', '--from', 'reddit', '--section', 'power', file);
  expect([nowhere.code, nowhere.err]).toEqual([2, 'There is no section "power". There are: grid.\n']);
});

test.runIf(existsSync(TERMINAL))(
  'on a terminal there is a bar, and what is wrong stands above it',
  async () => {
    const file = folder.put('marked.jsonl', marked(30, 30));
    const { out } = await runCommand('import', [file], {
      dataDir: folder.dataDir,
      cwd: folder.path,
      through: [TERMINAL, '-qec'],
    });
    expect(out).toContain('[==============================] 100 %');
    expect(out).toMatch(complaint(34));
    expect(out).toContain(
      'Imported 60 topics with 300 replies, 1 member, 1 section, 0 tags. 1 line was left out.',
    );
  },
);

test('what cannot be done is said in a sentence, before anything is touched', async () => {
  const good = folder.put('good.jsonl', fileOf());
  for (const [args, said] of [
    [[], /^Name a file to import\.\nUsage: npm run import -- FILE…/],
    [['--from', 'elsewhere', good], /^--from elsewhere: there is only reddit\.[^]*Usage:/],
    [['--section', 'grid', good], /^--section goes with --from[^]*Usage:/],
    [['--form', 'reddit', good], /Unknown option '--form'[^]*Usage:/],
    [[good, join(folder.path, 'missing.jsonl')], /missing\.jsonl cannot be read: there is no such file\.\n$/],
    [[folder.path], /is not a file\.\n$/],
  ] as const) {
    const { code, out, err } = await folder.run('import', ...args);
    expect([code, out + err], args.join(' ')).toEqual([2, expect.stringMatching(said)]);
    expect(out + err).not.toMatch(/\n {4}at /);
  }
  for (const [args, said] of [
    [['one', 'two'], /^Name one file\.\nUsage: npm run export/],
    [[folder.path], /is a folder\. Name a file in it\.\n$/],
  ] as const) {
    const { code, out, err } = await folder.run('export', ...args);
    expect([code, out + err]).toEqual([2, expect.stringMatching(said)]);
  }
  for (const command of ['import', 'export'] as const) {
    const { code, out } = await folder.run(command, '--help');
    expect([code, out]).toEqual([0, expect.stringContaining(`Usage: npm run ${command}`)]);
  }
  expect(existsSync(folder.dataDir)).toBe(false);
});

test(
  'ended in the middle in every way, and run again after each, it equals one that ran through',
  { timeout: 120_000 },
  async () => {
    const text = marked(100, 100, 100, 300);
    const whole = exportOf(text);
    const file = folder.put('long.jsonl', text);
    let before = 0;
    for (const [signal, line] of [
      ['SIGINT', 104],
      ['SIGTERM', 205],
      ['SIGKILL', 306],
    ] as const) {
      const command = start(file);
      await command.printed(complaint(line));
      command.child.kill(signal);
      const broken = await command.ended;
      if (signal === 'SIGKILL') expect(broken.signal).toBe(signal);
      else {
        expect(broken.code).toBe(130);
        expect(broken.out).toContain('Interrupted. Run the same command again to go on.');
      }
      const part = await folder.exported();
      expect(part.length).toBeGreaterThan(before);
      expect(part.length).toBeLessThan(whole.length);
      expect(whole.startsWith(part)).toBe(true);
      before = part.length;
    }
    expect((await folder.run('import', file)).code).toBe(1);
    expect(await folder.exported()).toBe(whole);
    expect((await folder.run('doctor', '--recount')).out).toContain('All counters are what the rows say.');
  },
);

test('a second one at the same time is refused, and the first goes on', { timeout: 120_000 }, async () => {
  const text = marked(10, 300);
  const file = folder.put('long.jsonl', text);
  const first = start(file);
  await first.printed(complaint(14));
  first.child.kill('SIGSTOP');
  const second = await folder.run('import', file);
  first.child.kill('SIGCONT');
  expect([second.code, second.err]).toEqual([2, 'Another import is running. Wait for its end, or end it.\n']);
  expect((await first.ended).code).toBe(1);
  // And the next one may.
  expect((await folder.run('import', folder.put('none.jsonl', fileOf()))).code).toBe(0);
  expect(await folder.exported()).toBe(exportOf(text));
});

test('beside a forum that runs: its pages show what came in at once', { timeout: 120_000 }, async () => {
  forum = await startForum(folder.dataDir);
  const textAt = async (path: string): Promise<string> => {
    const answer = await fetch(forum!.url + path);
    return `${answer.status} ${textOfNode(parsePage(await answer.text()).body)}`;
  };
  expect(await textAt('/new')).not.toContain('Fresh from elsewhere');
  expect(await textAt('/s/grid')).toMatch(/^404/);
  const now = new Date().toISOString();
  const file = folder.put(
    'fresh.jsonl',
    fileOf(
      sectionRecord('grid', { name: 'Grids of elsewhere' }),
      topicRecord('fresh', {
        title: 'Fresh from elsewhere',
        posts: [{ posted_at: now }, { posted_at: now }],
      }),
    ),
  );
  expect((await folder.run('import', file)).code).toBe(0);
  expect(await textAt('/new')).toContain('Fresh from elsewhere');
  expect(await textAt('/search?q=elsewhere')).toContain('Fresh from elsewhere');
  await expect.poll(() => textAt('/s/grid'), { timeout: 20_000 }).toMatch(/^200[^]*Fresh from elsewhere/);
  await expect.poll(() => textAt('/'), { timeout: 20_000 }).toContain('Grids of elsewhere');
  expect(forum.output()).not.toMatch(/"level":[5-9]0/);
});
