// Weeks as programs read them: the same for everyone.
import { and, asc, eq, gt, inArray, isNull, max, or } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import type { WeekRow } from '../../../db/newest-week.ts';
import { events, topics, weeks, weekTopics } from '../../../db/schema/index.ts';
import type { EventKind } from '../../../domain/events.ts';
import type { WeekId } from '../../../domain/ids.ts';
import { visitor } from '../../../domain/viewer.ts';
import type { TopicRow } from '../../threads/index.ts';
import { listWeeks, listWeekTopics } from './weeks.ts';

export interface WeekWithTopics extends WeekRow {
  /** When what stands there last changed: a topic was hidden, came back, or got another title. */
  readonly changedAt: Date;
  readonly topics: readonly TopicRow[];
}

/** Readers ask again within days. */
const IN_FEED = 4;

/** The newest weeks, each with its topics. */
export async function listWeeksWithTopics(db: Reader): Promise<WeekWithTopics[]> {
  const { rows } = await listWeeks(db, visitor, undefined, IN_FEED);
  return Promise.all(
    rows.map(async (week) => ({
      ...week,
      topics: await listWeekTopics(db, visitor, week.id),
      changedAt: (await findLastChange(db, week.id)) ?? week.closedAt,
    })),
  );
}

/** What of the record of a topic changes how it stands in a list without figures. */
const CHANGES: EventKind[] = [
  ...(['topic-hidden', 'topic-restored', 'post-hidden', 'post-restored'] as const),
  ...(['post-withdrawn', 'post-unwithdrawn', 'title-edited', 'section-set'] as const),
  ...(['topic-merged', 'topic-unmerged'] as const),
];

/** Of the topics that were chosen for a week, since it was closed; null: nothing changed. */
async function findLastChange(db: Reader, weekId: WeekId): Promise<Date | null> {
  const [row] = await db
    .select({ at: max(events.at) })
    .from(weekTopics)
    .innerJoin(weeks, eq(weeks.id, weekTopics.weekId))
    .innerJoin(topics, eq(topics.id, weekTopics.topicId))
    .innerJoin(events, eq(events.topicId, topics.id))
    .where(
      and(
        eq(weekTopics.weekId, weekId),
        gt(events.at, weeks.closedAt),
        inArray(events.kind, CHANGES),
        or(isNull(events.postId), eq(events.postId, topics.openingPostId)),
      ),
    );
  return row?.at ?? null;
}

/** Fifty a year: they fit into one part for a century. */
const MOST_IN_SITEMAP = 5_000;

/** All weeks, oldest first. */
export async function listSitemapWeeks(db: Reader): Promise<WeekRow[]> {
  return db.select().from(weeks).orderBy(asc(weeks.startsAt)).limit(MOST_IN_SITEMAP);
}
