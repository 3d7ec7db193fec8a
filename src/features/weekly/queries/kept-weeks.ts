// Weeks as programs read them: the same for everyone.
import { asc } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import type { WeekRow } from '../../../db/newest-week.ts';
import { weeks } from '../../../db/schema/index.ts';
import { visitor } from '../../../domain/viewer.ts';
import type { TopicRow } from '../../threads/index.ts';
import { listWeeks, listWeekTopics } from './weeks.ts';

export interface WeekWithTopics extends WeekRow {
  readonly topics: readonly TopicRow[];
}

/** Readers ask again within days. */
const IN_FEED = 4;

/** The newest weeks, each with its topics. */
export async function listWeeksWithTopics(db: Reader): Promise<WeekWithTopics[]> {
  const { rows } = await listWeeks(db, visitor, undefined, IN_FEED);
  return Promise.all(
    rows.map(async (week) => ({ ...week, topics: await listWeekTopics(db, visitor, week.id) })),
  );
}

/** Fifty a year: they fit into one part for a century. */
const MOST_IN_SITEMAP = 5_000;

/** All weeks, oldest first. */
export async function listSitemapWeeks(db: Reader): Promise<WeekRow[]> {
  return db.select().from(weeks).orderBy(asc(weeks.startsAt)).limit(MOST_IN_SITEMAP);
}
