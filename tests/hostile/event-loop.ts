// How long one request keeps the event loop of the process that answers it from everybody else.
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Answer, ask } from './raw-socket.ts';

export interface Kind {
  readonly name: string;
  readonly request: Buffer;
}

export interface Measure {
  readonly name: string;
  readonly status: number | undefined;
  /** The longest turn of the loop: the processor's time in it, which other processes cannot lengthen. */
  readonly workMs: number;
  /** The longest turn by the clock. */
  readonly blockMs: number;
  readonly answerMs: number;
}

/** No request may keep the others waiting longer than this on a machine as fast as the one of the yardstick. */
const LONGEST_BLOCK_MS = 200;
/** Measuring is for a deliberate run; what fails the tests is code that is slow beyond any doubt. */
const DOUBT = 3;
/** What the yardstick takes on a quiet machine of two cores, of 2026. */
const YARDSTICK_MS = 25;
/** A pause of the garbage collector is not there again; a slow piece of code is. */
const TRIES = 4;

/** Sends requests one after the other and gives each its longest block: the least of some tries where one was long. */
export async function measureAll(port: number, kinds: readonly Kind[]): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const kind of kinds) measures.push(await measure(port, kind));
  record(measures);
  return measures;
}

/** Those that block the loop too long or are faults of ours, in words; a slower machine may be slower at everything. */
export function faultsAmong(measures: readonly Measure[]): string[] {
  const limit = DOUBT * LONGEST_BLOCK_MS * Math.max(1, yardstick() / YARDSTICK_MS);
  return measures.flatMap(({ name, status, workMs }) => [
    ...(workMs > limit ? [`${name}: ${workMs.toFixed()} ms, more than ${limit.toFixed()}`] : []),
    ...(status === undefined || status >= 500 ? [`${name}: answered with ${status ?? 'nothing'}`] : []),
  ]);
}

async function measure(port: number, { name, request }: Kind): Promise<Measure> {
  let best: Measure | undefined;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { answer, ...longest } = await longestTurn(() => ask(port, request));
    if (!best || longest.workMs < best.workMs)
      best = { name, status: answer?.status, answerMs: answer?.ms ?? 0, ...longest };
    if (best.workMs < LONGEST_BLOCK_MS / 2) break;
  }
  return best as Measure;
}

async function longestTurn(run: () => Promise<Answer | undefined>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // From its first sample on, everything counts.
  await nextSample(delay);
  let running = true;
  const answering = run().finally(() => {
    running = false;
  });
  let workMs = 0;
  for (let before = workDone(); running;) {
    await turned();
    const now = workDone();
    workMs = Math.max(workMs, now - before);
    before = now;
  }
  const answer = await answering;
  await nextSample(delay);
  delay.disable();
  return { answer, workMs, blockMs: delay.max / 1e6 };
}

async function nextSample(delay: { readonly count: number }): Promise<void> {
  for (const before = delay.count; delay.count === before;) await turned();
}

/**
 * Resolves at the end of the loop's next turn, without asking for one: a loop that never rests takes the processor from
 * the database and the Markdown thread that it waits for.
 */
function turned(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve).unref();
  });
}

/** Milliseconds that this thread has been at work. */
function workDone(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Time for a piece of work that never changes: the median of some tries. */
function yardstick(): number {
  const times = Array.from({ length: 5 }, () => {
    const begin = workDone();
    const rows = Array.from({ length: 60_000 }, (_, n) => ({ n, text: `row ${n}` }));
    JSON.parse(JSON.stringify(rows));
    return workDone() - begin;
  });
  return times.toSorted((a, b) => a - b)[2] ?? 0;
}

/** In the measuring mode the table goes to the file that the variable names. */
function record(measures: readonly Measure[]): void {
  const file = process.env.HOSTILE_TABLE;
  if (file === undefined) return;
  const lines = measures.map(
    ({ name, status, workMs, blockMs, answerMs }) =>
      `${workMs.toFixed(1).padStart(8)}${blockMs.toFixed(1).padStart(8)}${answerMs.toFixed().padStart(8)}  ${status ?? '---'}  ${name}\n`,
  );
  const title = `    work   block  answer  status  (ms; yardstick ${yardstick().toFixed(1)})\n`;
  appendFileSync(file, title + lines.join(''));
}
