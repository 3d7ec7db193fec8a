import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { JobThread } from '../../../src/lib/markdown/job-thread.ts';
import type { DifficultJob } from './difficult-worker.ts';

const difficult = new URL('./difficult-worker.ts', import.meta.url);
const missing = new URL('./no-such-worker.ts', import.meta.url);
const ok = (job: string) => ({ ok: true, result: `done: ${job}` });

/** A deadline that is met by a job of nothing on any machine. */
const SHORT_MS = 2_000;

describe('JobThread', () => {
  let thread: JobThread<DifficultJob, string>;
  afterEach(() => thread.close());

  function start(module = difficult, deadlineMs = 5_000) {
    thread = new JobThread(module, { deadlineMs, resourceLimits: { maxOldGenerationSizeMb: 16 } });
    return thread;
  }

  it('does jobs in the order they were asked for', async () => {
    const { run } = bound(start());
    const order: string[] = [];
    await Promise.all(['a', 'b', 'c'].map(async (job) => order.push(JSON.stringify(await run(job)))));
    expect(order).toEqual(['a', 'b', 'c'].map((job) => JSON.stringify(ok(job))));
  });

  it('gives up a job at its deadline, and does the ones behind it', async () => {
    const { run } = bound(start(difficult, SHORT_MS));
    const hanging = run('hang');
    const behind = run('a');
    await expect(hanging).resolves.toEqual({ ok: false, because: 'deadline' });
    await expect(behind).resolves.toEqual(ok('a'));
  });

  it('does not count the time this thread was busy while the result lay waiting', async () => {
    const { run } = bound(start(difficult, SHORT_MS));
    await expect(run('a')).resolves.toEqual(ok('a'));
    // Where the event loop looks at its timers before it looks at its messages.
    await setImmediate();
    const answered = new Int32Array(new SharedArrayBuffer(4));
    const job = run(answered);
    expect(Atomics.wait(answered, 0, 0, 20_000)).not.toBe('timed-out');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SHORT_MS + 10);
    await expect(job).resolves.toEqual(ok('0'));
  });

  it('survives a job that fills the memory', async () => {
    const { run } = bound(start());
    const hog = run('hog');
    const behind = run('a');
    await expect(hog).resolves.toEqual({ ok: false, because: 'memory' });
    await expect(behind).resolves.toEqual(ok('a'));
  });

  it.each([
    ['throw', 'thrown in the worker'],
    ['exit', 'The worker ended with code 3.'],
  ])('rejects a job that breaks the worker (%s), and only that', async (job, message) => {
    const { run } = bound(start());
    const broken = run(job);
    const behind = run('a');
    await expect(broken).rejects.toThrow(message);
    await expect(behind).resolves.toEqual(ok('a'));
  });

  it('rejects all jobs when the worker cannot start, instead of starting it for ever', async () => {
    const { run } = bound(start(missing));
    const jobs = await Promise.allSettled([run('a'), run('b')]);
    expect(jobs.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('finishes what was asked for before it closes, and takes nothing after', async () => {
    const { run } = bound(start());
    const job = run('a');
    const closed = thread.close();
    await expect(run('b')).rejects.toThrow('closed');
    await closed;
    await expect(job).resolves.toEqual(ok('a'));
  });
});

function bound<Job, Result>(thread: JobThread<Job, Result>) {
  return { run: (job: Job) => thread.run(job) };
}
