// Loaded into the forum's own processes before anything else (node --import), so that they can be asked what only they
// know: how long their event loop was busy, and which statements a request sends. On a unix socket each, never a public
// address.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, Server } from 'node:http';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import pg from 'pg';

/** A statement as it went to the driver. */
export interface Statement {
  /** Undefined: it is planned each time. */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Milliseconds that timers came late. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Set by who starts the forum: the folder of the sockets. */
const folder = process.env.BENCH_PROBES;

/** Replaced while something is recorded. */
let stopRecording = (): readonly Statement[] => [];

if (isMainThread && folder !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const answers: Readonly<Record<string, () => unknown>> = {
    '/delay': () => {
      const ms = (nanoseconds: number) => nanoseconds / 1e6;
      const answer: LoopDelay = {
        p50: ms(delay.percentile(50)),
        p99: ms(delay.percentile(99)),
        max: ms(delay.max),
      };
      delay.reset();
      return answer;
    },
    '/record': startRecording,
    '/recorded': () => stopRecording(),
  };
  const server = createServer((request, response) => {
    response.end(JSON.stringify(answers[request.url ?? '']?.() ?? null));
  });
  server.listen(join(folder, `${process.pid}.sock`));
  server.unref();
}

/** From now on, the statements of requests are kept: not those of jobs. It costs time, so nothing is measured meanwhile. */
function startRecording(): null {
  stopRecording();
  const requests = new AsyncLocalStorage<true>();
  const statements: Statement[] = [];
  const serverPrototype = Server.prototype as unknown as { emit: (...args: readonly unknown[]) => boolean };
  const clientPrototype = pg.Client.prototype as unknown as {
    query: (...args: readonly unknown[]) => unknown;
  };
  const { emit } = serverPrototype;
  const { query } = clientPrototype;
  serverPrototype.emit = function (this: unknown, ...args: readonly unknown[]) {
    const go = (): boolean => Reflect.apply(emit, this, args);
    return args[0] === 'request' ? requests.run(true, go) : go();
  };
  clientPrototype.query = function (this: unknown, ...args: readonly unknown[]) {
    const statement = statementOf(args);
    if (requests.getStore() && statement) statements.push(statement);
    return Reflect.apply(query, this, args);
  };
  stopRecording = () => {
    serverPrototype.emit = emit;
    clientPrototype.query = query;
    stopRecording = () => [];
    return statements;
  };
  return null;
}

function statementOf([first, second]: readonly unknown[]): Statement | undefined {
  if (typeof first === 'string') return { text: first, values: Array.isArray(second) ? second : [] };
  const config = first as
    { readonly name?: string; readonly text?: unknown; readonly values?: unknown } | undefined;
  if (typeof config?.text !== 'string') return undefined;
  const values = Array.isArray(second) ? second : config.values;
  const { name, text } = config;
  return { ...(name && { name }), text, values: Array.isArray(values) ? (values as unknown[]) : [] };
}
