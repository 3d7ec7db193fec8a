// Reading feeds and forgetting old news, outside of requests.
import type { JobHandler } from '../../jobs/catalogue.ts';
import type { SafeFetch } from '../../lib/safe-fetch/index.ts';
import { enqueueReading } from './commands/feeds.ts';
import { listDueFeeds, readDueFeed } from './read-feed.ts';
import { sweepNews } from './sweep.ts';

export interface IncomingServices {
  readonly safeFetch: SafeFetch;
  readonly log: { info(details: object, message: string): void };
}

export const readFeeds: JobHandler<'read-feeds'> = async (db, _payload, now) => {
  const due = await listDueFeeds(db, now);
  await db.transaction(async (tx) => {
    for (const feedId of due) await enqueueReading(tx, feedId);
  });
};

export function feedReader({ safeFetch, log }: IncomingServices): JobHandler<'read-feed'> {
  return async (db, { feedId }, now) => {
    const taken = await readDueFeed({ db, safeFetch }, feedId, now);
    if (taken && taken.added > 0) log.info({ feedId, ...taken }, 'a feed brought news');
  };
}

export const sweepNewsJob: JobHandler<'sweep-news'> = async (db, _payload, now) => {
  await db.transaction((tx) => sweepNews(tx, now));
};
