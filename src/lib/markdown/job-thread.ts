// One worker thread that does jobs one at a time, each within a deadline: work that may hang or fill the memory
// cannot take the process with it.
import { Worker } from 'node:worker_threads';
import type { ResourceLimits } from 'node:worker_threads';

/** What a job came to: a result, or the reason the thread was given up for it. */
export type Outcome<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly because: 'deadline' | 'memory' };

export interface JobThreadSettings {
  readonly deadlineMs: number;
  readonly resourceLimits: ResourceLimits;
}

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly resolve: (outcome: Outcome<Result>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The worker's module must post one message when it is ready, then one for each message it gets.
 * The thread starts with the first job, is replaced when one spoils it, and keeps the process alive only while there are jobs.
 */
export class JobThread<Job, Result> {
  readonly #module: URL;
  readonly #settings: JobThreadSettings;
  readonly #queue: Waiting<Job, Result>[] = [];
  #current: Waiting<Job, Result> | undefined;
  #worker: Worker | undefined;
  #isReady = false;
  #timer: NodeJS.Timeout | undefined;
  #closing: PromiseWithResolvers<void> | undefined;

  constructor(module: URL, settings: JobThreadSettings) {
    this.#module = module;
    this.#settings = settings;
  }

  /** Rejects when the worker itself is broken (it cannot load, or throws), or the thread is closed. */
  run(job: Job): Promise<Outcome<Result>> {
    if (this.#closing) return Promise.reject(new Error('The thread is closed.'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      this.#next();
    });
  }

  /** Waits for the jobs at hand, then ends the thread. */
  close(): Promise<void> {
    this.#closing ??= Promise.withResolvers();
    this.#next();
    return this.#closing.promise;
  }

  #start(): void {
    const worker = new Worker(this.#module, { resourceLimits: this.#settings.resourceLimits });
    const whileCurrent = (handle: (value: unknown) => void) => (value: unknown) => {
      if (this.#worker === worker) handle(value);
    };
    worker.on(
      'message',
      whileCurrent((message) => this.#hear(message as Result)),
    );
    worker.on(
      'error',
      whileCurrent((error) => this.#lose(error)),
    );
    worker.on(
      'exit',
      whileCurrent((code) => this.#lose(new Error(`The worker ended with code ${String(code)}.`))),
    );
    worker.unref();
    this.#worker = worker;
    this.#isReady = false;
  }

  #next(): void {
    if (this.#current) return;
    const waiting = this.#queue[0];
    if (!waiting) {
      this.#worker?.unref();
      if (this.#closing) this.#end(this.#closing);
      return;
    }
    if (!this.#worker) this.#start();
    this.#worker?.ref();
    if (!this.#isReady) return;
    this.#queue.shift();
    this.#worker?.postMessage(waiting.job);
    this.#current = waiting;
    // The timer may fire late, when the process itself was busy, with the result already at the door: let it in first.
    const judge = () => this.#current === waiting && this.#giveUp();
    this.#timer = setTimeout(() => setImmediate(judge), this.#settings.deadlineMs);
  }

  #hear(message: Result): void {
    if (this.#isReady) this.#take()?.resolve({ ok: true, result: message });
    this.#isReady = true;
    this.#next();
  }

  #giveUp(): void {
    void this.#worker?.terminate();
    this.#start();
    this.#take()?.resolve({ ok: false, because: 'deadline' });
    this.#next();
  }

  #lose(error: unknown): void {
    const cause = error instanceof Error ? error : new Error(String(error));
    this.#worker = undefined;
    const current = this.#take();
    if (!current) {
      // It fell before it had a job: the next one would fall too.
      for (const { reject } of this.#queue.splice(0)) reject(cause);
    } else if ('code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      current.resolve({ ok: false, because: 'memory' });
    } else {
      current.reject(cause);
    }
    this.#next();
  }

  #take(): Waiting<Job, Result> | undefined {
    const current = this.#current;
    this.#current = undefined;
    clearTimeout(this.#timer);
    return current;
  }

  #end(closing: PromiseWithResolvers<void>): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void Promise.resolve(worker?.terminate()).then(() => closing.resolve());
  }
}
