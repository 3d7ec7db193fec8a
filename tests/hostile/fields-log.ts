// What the application logs while hostile strings arrive: the whole log, judged line by line.
import { Writable } from 'node:stream';
import { logLines } from '../../src/lib/log-lines.ts';
import type { Forum } from '../support/forum.ts';

/** Anything that starts a line, moves a terminal's cursor or turns the direction of a line. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Runs `work`. Returns what was wrong with what was logged meanwhile, and how many entries that had. */
export async function faultsOfLog(
  { lines }: Forum,
  work: () => Promise<void>,
): Promise<{ readonly faults: readonly string[]; readonly entries: number }> {
  const before = lines.length;
  await work();
  const entries = lines.slice(before);
  const faults = entries.flatMap((entry) =>
    [entry, readable(entry)].flatMap((line) =>
      UNPRINTABLE.test(line.replace(/\n$/, '')) || !line.endsWith('\n') ? [JSON.stringify(line)] : [],
    ),
  );
  return { faults: [...new Set(faults)].slice(0, 20), entries: entries.length };
}

/** The entry as development shows it. */
function readable(entry: string): string {
  let shown = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      shown += chunk.toString();
      done();
    },
  });
  logLines(out).write(entry);
  return shown;
}
