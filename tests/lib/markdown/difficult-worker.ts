// A worker for the tests of JobThread: answers, or fails in the way the job says.
import { parentPort } from 'node:worker_threads';

export type DifficultJob = string | Int32Array;

function perform(job: DifficultJob): string {
  if (job === 'hang') for (;;) Math.random();
  if (job === 'hog') for (const hoard: unknown[] = []; ;) hoard.push(new Array(10_000).fill(Math.random()));
  if (job === 'throw') throw new Error('thrown in the worker');
  if (job === 'exit') process.exit(3);
  return `done: ${String(job)}`;
}

parentPort?.on('message', (job: DifficultJob) => {
  parentPort?.postMessage(perform(job));
  if (typeof job === 'string') return;
  Atomics.store(job, 0, 1);
  Atomics.notify(job, 0);
});
parentPort?.postMessage('ready');
