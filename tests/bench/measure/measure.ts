// One measurement: a load on a subject, and what the subject's processes and its database used for it.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LoopDelay } from './probe.ts';
import { cpuOf, machineCpu } from './processes.ts';
import type { Load, Seen, SeenByKind } from './requests.ts';

/** What answers requests, or does work of its own. */
export interface Subject {
  readonly url: string;
  /** Its process and that of its database: all below them are counted, too. */
  readonly pids: readonly number[];
  readonly loopDelay?: () => Promise<LoopDelay>;
  readonly memory?: () => number[];
}

export interface Figures {
  readonly seconds: number;
  /** Seconds of processor time of the subject and its database. */
  readonly cpu: number;
  /** Cores that others kept busy meanwhile. */
  readonly otherLoad: number;
  readonly kinds: SeenByKind;
  readonly loopDelay: LoopDelay | undefined;
  /** Megabytes of all its processes that answer. */
  readonly memory: number;
}

/** Seconds at most that are sent before anything is counted, so that code is compiled and caches are filled. */
const WARM_UP = { share: 0.3, most: 4 } as const;

/** For how many of these seconds something is sent before it is measured. */
export function warmUpOf(seconds: number): number {
  return Math.min(WARM_UP.most, seconds * WARM_UP.share);
}

/** The processes that send requests are started once. */
export class Generator {
  readonly #child: ChildProcess = fork(new URL('./generator.ts', import.meta.url));
  /** Whoever waits for an answer must hear that none will come. */
  readonly #ended = new AbortController();

  constructor() {
    this.#child.once('exit', (code) => {
      this.#ended.abort(new Error(`The generator of load ended with ${code}.`));
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  async send(load: Load): Promise<SeenByKind> {
    this.#child.send(load);
    const [seen] = (await once(this.#child, 'message', { signal: this.#ended.signal })) as [SeenByKind];
    return seen;
  }

  stop(): void {
    this.#child.kill();
  }
}

/** Sends a load to a subject and counts. */
export async function measure(
  generator: Generator,
  subject: Subject,
  load: Omit<Load, 'url'>,
): Promise<Figures> {
  const { url } = subject;
  const perSecond = await warmUp(generator, { ...load, url, seconds: warmUpOf(load.seconds) });
  const amount = Math.max(load.connections, Math.round(perSecond * load.seconds));
  await subject.loopDelay?.();
  return counted(subject, generator.pid, () => generator.send({ ...load, url, amount }));
}

/** @returns how many requests a second were answered at the end */
async function warmUp(generator: Generator, load: Load): Promise<number> {
  for (let amount = load.connections; ; amount *= 4) {
    const began = performance.now();
    await generator.send({ ...load, amount });
    const seconds = (performance.now() - began) / 1_000;
    if (seconds >= load.seconds) return amount / seconds;
  }
}

/** Counts what a subject uses for some work. @param helper a process whose use is neither the subject's nor others' */
export async function counted(
  subject: Omit<Subject, 'url'>,
  helper: number | undefined,
  work: () => Promise<SeenByKind>,
): Promise<Figures> {
  const readings = () => ({
    at: performance.now(),
    subject: cpuOf(subject.pids),
    // What measuring itself uses: this process, and the one that sends.
    own: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 + (helper ? cpuOf([helper]) : 0),
    machine: machineCpu(),
  });
  const before = readings();
  const kinds = await work();
  const after = readings();
  const seconds = (after.at - before.at) / 1_000;
  const cpu = after.subject - before.subject;
  const others = after.machine - before.machine - cpu - (after.own - before.own);
  return {
    ...{ seconds, cpu, kinds },
    otherLoad: Math.max(0, others / seconds),
    loopDelay: await subject.loopDelay?.(),
    memory: (subject.memory?.() ?? []).reduce((sum, each) => sum + each, 0),
  };
}

/** Of all kinds together. */
export function requestsOf({ kinds }: Figures): number {
  return Object.values(kinds).reduce((sum, { requests }) => sum + requests, 0);
}

/** Requests per second of processor time. */
export function perCpuSecond(figures: Figures): number {
  return requestsOf(figures) / figures.cpu;
}

/** What was seen of the only kind, or of the one with this name. */
export function seen({ kinds }: Figures, name = Object.keys(kinds)[0]!): Seen {
  return kinds[name]!;
}

/** "3 × 500" of what went wrong; '' when nothing did. */
export function errorsOf({ kinds }: Pick<Figures, 'kinds'>): string {
  return Object.entries(kinds)
    .flatMap(([name, { errors }]) => Object.entries(errors).map(([why, n]) => `${name}: ${n} × ${why}`))
    .join(', ');
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
