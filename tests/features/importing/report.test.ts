// What an import says of itself: a bar over its complaints on a terminal, plain lines elsewhere.
import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { reportTo } from '../../../src/features/importing/index.ts';
import { TestClock } from '../../support/clock.ts';

const file = { path: 'forum.jsonl', size: 1_000, compressed: false };

function watch(isTTY: boolean) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  for (const stream of [out, err]) Object.assign(stream, { isTTY, columns: 100, rows: 30 });
  const report = reportTo(new TestClock(), out as unknown as WriteStream, err as unknown as WriteStream);
  const said = (stream: PassThrough) => String(stream.read() ?? '');
  return { report, out: () => said(out), err: () => said(err) };
}

test.each([true, false])('what came in and what did not (on a terminal: %s)', (isTTY) => {
  const { report, out, err } = watch(isTTY);
  report.start([file]);
  report.listener.read(500);
  report.listener.imported('topics', 1_234);
  report.listener.imported('replies', 1);
  report.listener.imported('members', 2);
  report.listener.imported('known', 1);
  report.listener.fault(file, 12, 'is not JSON');
  report.listener.note(file, 13, 'the name anna is taken: imported as anna_2');
  report.end(false);
  report.close();
  const [printed, complained] = [out(), err()];
  expect(printed).toContain('50 % · 1,235 posts · ');
  expect(printed).toContain(
    'Imported 1,234 topics with 1 reply, 2 members, 0 sections, 0 tags. 1 record was here already. 1 line was left out. 1 note.\n',
  );
  expect(printed.includes('[===============               ]')).toBe(isTTY);
  expect(printed.includes('\u001B[')).toBe(isTTY);
  const told = isTTY ? printed : complained;
  expect(told).toContain('forum.jsonl, line 12: is not JSON\n');
  expect(told).toContain('forum.jsonl, line 13: the name anna is taken: imported as anna_2\n');
  expect(report.exitCode()).toBe(1);
});

test('notes alone are no failure; an interruption is one of its own', () => {
  const { report, out } = watch(false);
  report.start([file]);
  report.listener.note(file, 2, 'a note');
  report.end(false);
  expect(report.exitCode()).toBe(0);
  report.end(true);
  expect(out()).toContain('Interrupted. Run the same command again to go on.');
  expect(report.exitCode()).toBe(130);
});

test('thousands of bad lines are named a hundred times, and counted', () => {
  const { report, out, err } = watch(false);
  report.start([file]);
  for (let line = 2; line < 5_002; line += 1) report.listener.fault(file, line, 'is not JSON');
  report.end(false);
  const complaints = err().trimEnd().split('\n');
  expect(complaints).toHaveLength(101);
  expect(complaints.at(-1)).toBe('More faults follow, and are counted.');
  expect(out()).toContain('5,000 lines were left out.');
});

test('closing twice, or without a start, does no harm', () => {
  const { report, out } = watch(false);
  report.close();
  report.start([{ ...file, size: 0 }]);
  report.close();
  report.close();
  expect(out()).not.toContain('NaN');
});

test('complaints that are redirected go there, whatever shows the bar', () => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  Object.assign(out, { isTTY: true, columns: 100, rows: 30 });
  const report = reportTo(new TestClock(), out as unknown as WriteStream, err as unknown as WriteStream);
  report.start([file]);
  report.listener.fault(file, 2, 'has an unknown kind "\u001B[2J\u0007\u202E"');
  report.end(false);
  // What the file holds is quoted, and nothing in it is obeyed by a terminal.
  expect(String(err.read())).toBe('forum.jsonl, line 2: has an unknown kind " [2J "\n');
});
