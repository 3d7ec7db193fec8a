// The log for a person at a terminal: a line an entry instead of JSON. Production keeps JSON, for machines.
import { Writable } from 'node:stream';

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: '',
  40: 'warning',
  50: 'error',
  60: 'fatal',
};
/** Said by every entry and of no use to somebody who sees them pass. */
const OMITTED = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'reqId', 'err']);

interface Entry {
  readonly level?: number;
  readonly time?: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
}

/** A pino destination that writes readable lines to `out`. */
export function logLines(out: Writable): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      out.write(chunk.toString().trimEnd().split('\n').map(readable).join('\n') + '\n');
      done();
    },
  });
}

function readable(line: string): string {
  let entry: Entry;
  try {
    entry = JSON.parse(line) as Entry;
  } catch {
    return line;
  }
  const time = new Date(entry.time ?? 0).toISOString().slice(11, 19);
  const details = Object.entries(entry)
    .filter(([name]) => !OMITTED.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const stack = entry.err ? `\n${entry.err.stack ?? entry.err.message ?? ''}` : '';
  return [time, LEVELS[entry.level ?? 30], entry.msg, ...details].filter(Boolean).join(' ') + stack;
}
