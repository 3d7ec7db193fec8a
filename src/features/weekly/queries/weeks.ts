// Weeks with a page, and what stands there now: what was chosen and is hidden, withdrawn or muted by the reader is not
// there, and what was merged into another topic leads to that.
import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { unmutedTopics } from '../../../db/following.ts';
import type { WeekRow } from '../../../db/newest-week.ts';
import { posts, sections, topics, weeks, weekTopics } from '../../../db/schema/index.ts';
import { listedPostsAlone, listedTopics, withoutModelWritten } from '../../../db/visibility.ts';
import type { TopicId, WeekId } from '../../../domain/ids.ts';
import { endOfWeek } from '../../../domain/iso-weeks.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { listTopicsById, type TopicRow } from '../../threads/index.ts';

export interface WeekFound extends WeekRow {
  /** Names of the weeks beside it; null where there is none. */
  readonly previous: string | null;
  readonly next: string | null;
}

export async function findWeek(db: Reader, startsAt: Date): Promise<WeekFound | undefined> {
  const beside = (than: SQL, order: SQL) =>
    sql<string | null>`(select ${weeks.name} from ${weeks} where ${than} order by ${order} limit 1)`;
  const [row] = await db
    .select({
      id: weeks.id,
      name: weeks.name,
      startsAt: weeks.startsAt,
      closedAt: weeks.closedAt,
      previous: beside(lt(weeks.startsAt, startsAt), desc(weeks.startsAt)),
      next: beside(gte(weeks.startsAt, endOfWeek(startsAt)), sql`${weeks.startsAt}`),
    })
    .from(weeks)
    .where(eq(weeks.startsAt, startsAt));
  return row;
}

const chosen = alias(topics, 'chosen');

/** Joins what was chosen with `topics`: the topic itself, or what it was merged into. */
const standsFor = eq(topics.id, sql`coalesce(${chosen.mergedIntoId}, ${chosen.id})`);

/** What of the chosen a reader is shown. Wants `topics`. */
function shownTopics(viewer: Viewer): SQL {
  return and(listedTopics(), unmutedTopics(viewer), withoutModelWritten(viewer)) as SQL;
}

/** The topics of a week: by section, in the forum's order, and within each as they were chosen. */
export async function listWeekTopics(db: Reader, viewer: Viewer, weekId: WeekId): Promise<TopicRow[]> {
  const rows = await db
    .select({ id: topics.id })
    .from(weekTopics)
    .innerJoin(chosen, eq(chosen.id, weekTopics.topicId))
    .innerJoin(topics, standsFor)
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .where(and(eq(weekTopics.weekId, weekId), shownTopics(viewer)))
    .orderBy(sections.position, sections.id, weekTopics.position, topics.id);
  return listTopicsById(db, viewer, [...new Set(rows.map(({ id }) => id))]);
}

export interface WeekFigures {
  readonly topics: number;
  readonly replies: number;
  /** Who wrote any of these. */
  readonly members: number;
}

/** Counted whenever they are shown: what is hidden later is in no figure. */
export async function countWeek(db: Reader, startsAt: Date): Promise<WeekFigures> {
  const [row] = await db
    .select({
      topics: sql<number>`(count(*) filter (where ${posts.branchId} is null))::int`,
      replies: sql<number>`(count(*) filter (where ${posts.branchId} is not null))::int`,
      members: sql<number>`count(distinct ${posts.authorId})::int`,
    })
    .from(posts)
    .where(and(listedPostsAlone(), gte(posts.postedAt, startsAt), lt(posts.postedAt, endOfWeek(startsAt))));
  return row ?? { topics: 0, replies: 0, members: 0 };
}

export interface WeekSummary extends WeekRow {
  /** How many topics stand there. */
  readonly count: number;
  /** The most upvoted of them. */
  readonly leads: readonly { readonly id: TopicId; readonly slug: string; readonly title: string }[];
}

export interface WeekList {
  readonly rows: readonly WeekSummary[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: Date | undefined;
}

const LEADS = 3;

/** One page of weeks, newest first. */
export async function listWeeks(
  db: Reader,
  viewer: Viewer,
  before: Date | undefined,
  limit: number = PAGES.list,
): Promise<WeekList> {
  const found = await db
    .select()
    .from(weeks)
    .where(before && lt(weeks.startsAt, before))
    .orderBy(desc(weeks.startsAt))
    .limit(limit + 1);
  const shown = found.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  const summaries = ids.length === 0 ? [] : await summarise(db, viewer, ids);
  const of = new Map(summaries.map((summary) => [summary.weekId, summary]));
  return {
    rows: shown.map((week) => ({
      ...week,
      count: of.get(week.id)?.count ?? 0,
      leads: of.get(week.id)?.leads ?? [],
    })),
    next: found.length > limit ? shown.at(-1)?.startsAt : undefined,
  };
}

async function summarise(db: Reader, viewer: Viewer, weekIds: readonly WeekId[]) {
  const standing = db
    .selectDistinct({
      weekId: weekTopics.weekId,
      id: topics.id,
      slug: topics.slug,
      title: topics.title,
      score: topics.score,
    })
    .from(weekTopics)
    .innerJoin(chosen, eq(chosen.id, weekTopics.topicId))
    .innerJoin(topics, standsFor)
    .where(and(inArray(weekTopics.weekId, weekIds), shownTopics(viewer)))
    .as('standing');
  const { weekId, id, slug, title, score } = standing;
  const lead = sql`json_build_object('id', ${id}, 'slug', ${slug}, 'title', ${title})`;
  return db
    .select({
      weekId,
      count: sql<number>`count(*)::int`,
      leads: sql<
        WeekSummary['leads']
      >`to_json((array_agg(${lead} order by ${score} desc, ${id}))[1:${sql.raw(String(LEADS))}])`,
    })
    .from(standing)
    .groupBy(weekId);
}
