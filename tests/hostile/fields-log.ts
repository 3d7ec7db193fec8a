// What the application logs while hostile strings arrive: the whole log at level info, judged line by line.
import type { FastifyInstance } from 'fastify';
import { Writable } from 'node:stream';
import { logLines } from '../../src/lib/log-lines.ts';
import type { Forum } from '../support/forum.ts';

/** Anything that starts a line, moves a terminal's cursor or turns the direction of a line. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Runs `work` with everything logged. Returns what was wrong with the log, and how many entries it had. */
export async function faultsOfLog(
  app: FastifyInstance,
  { faults: logged }: Forum,
  work: () => Promise<void>,
): Promise<{ readonly faults: readonly string[]; readonly entries: number }> {
  const { level } = app.log;
  app.log.level = 'info';
  try {
    await work();
  } finally {
    app.log.level = level;
  }
  const entries = logged.splice(0);
  const faults = entries.flatMap((entry) => {
    const { level: grade } = JSON.parse(entry) as { readonly level: number };
    // An error stays where the fixture finds it, and fails the test.
    if (grade >= 50) logged.push(entry);
    return [entry, readable(entry)].flatMap((line) =>
      UNPRINTABLE.test(line.replace(/\n$/, '')) || !line.endsWith('\n') ? [JSON.stringify(line)] : [],
    );
  });
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
