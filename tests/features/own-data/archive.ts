// Archives as their members unpack them, and the jobs that make and delete.
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import type { Database } from '../../../src/db/connection.ts';
import { enqueue } from '../../../src/jobs/queue.ts';
import type { Browser } from '../../support/browser.ts';

/** The files of a ZIP by their names. */
export async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true });
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    files.set(entry.fileName, content.toString());
  }
  return files;
}

export async function download(browser: Browser): Promise<Map<string, string>> {
  const answer = await browser.download('/settings/export/download');
  if (answer.status !== 200) throw new Error(`the download was answered with ${answer.status}`);
  return unzip(answer.body as Buffer);
}

/** Does a job of the schedule. */
export async function runJob(
  { db, drain }: { readonly db: Database; readonly drain: () => Promise<void> },
  job: 'delete-accounts' | 'sweep-exports' | 'sweep-sessions',
): Promise<void> {
  await db.transaction((tx) => enqueue(tx, job, {}));
  await drain();
}
