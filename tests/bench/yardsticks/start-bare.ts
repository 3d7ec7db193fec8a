// Starts the bare handler for a page of the forum, in processes that share a port as the forum's do.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Store } from '../measure/forum.ts';
import type { Subject } from '../measure/measure.ts';
import type { Page } from '../measure/page.ts';
import type { BareOrder, Frames } from './bare.ts';

export interface Bare extends Subject {
  stop(): void;
}

/**
 * A bare handler that answers as the page did.
 * @param processes as many as the forum answers with: what they cost by being several is not a matter of what they do
 * @param topicId whose replies the page shows; 0 where none are queried
 */
export async function startBare(
  store: Store,
  work: BareOrder['work'],
  page: Page,
  processes: number,
  topicId = 0,
): Promise<Bare> {
  const { type, coding, level, bytes, text } = page;
  const order: BareOrder = {
    ...{ work, type, coding, level, topicId },
    databaseUrl: store.url,
    bytes: bytes.toString('base64'),
    frames: topicId === 0 ? { before: [], rest: text } : await framesOf(store, topicId, text),
  };
  cluster.setupPrimary({ exec: fileURLToPath(new URL('./bare.ts', import.meta.url)) });
  const workers = Array.from({ length: processes }, () => cluster.fork({ NODE_ENV: 'production' }));
  const urls = await Promise.all(
    workers.map(async (worker) => {
      worker.send(order);
      return ((await once(worker, 'message')) as [string])[0];
    }),
  );
  return {
    url: urls[0]!,
    pids: [...workers.map((worker) => worker.process.pid!), store.postmaster],
    stop() {
      for (const worker of workers) worker.process.kill();
    },
  };
}

/** Cuts a page at the texts of its replies, which the handler fills in again. @throws when it shows none of them */
async function framesOf({ pool }: Store, topicId: number, page: string): Promise<Frames> {
  const { rows } = await pool.query<{ id: string; body_html: string }>(
    'select id, body_html from posts where topic_id = $1',
    [topicId],
  );
  const places = rows
    .map(({ id, body_html: html }) => ({ postId: id, start: page.indexOf(html), length: html.length }))
    .filter(({ start }) => start >= 0)
    .sort((a, b) => a.start - b.start);
  if (places.length < rows.length / 2)
    throw new Error(`The page of topic ${topicId} shows ${places.length} of its texts.`);
  let end = 0;
  const before = [];
  for (const { postId, start, length } of places) {
    // The same text twice: it stands where it was found first.
    if (start < end) continue;
    before.push({ postId, text: page.slice(end, start) });
    end = start + length;
  }
  return { before, rest: page.slice(end) };
}
