// Makes the pages of weeks that are over: which topics stand there is decided once. Two workers at once, or one that was
// stopped in between, make each of them once: its name is unique.
import { and, asc, gte, lt } from 'drizzle-orm';
import type { Database, Reader, Tx } from '../../db/connection.ts';
import { findNewestWeek } from '../../db/newest-week.ts';
import { topics, weeks, weekTopics } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import { endOfWeek, startOfWeek, WEEK, weekName } from '../../domain/iso-weeks.ts';
import { chooseOfWeek, type WeekCandidate, WEEKLY } from '../../domain/weekly.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';

export const closeWeek: JobHandler<'close-week'> = async (db, _payload, now) => {
  for (const startsAt of await listOpenWeeks(db, now)) await db.transaction((tx) => close(tx, startsAt, now));
};

/** Weeks that are over and have no page, oldest first. */
async function listOpenWeeks(db: Database, now: Date): Promise<Date[]> {
  const running = startOfWeek(now);
  const newest = await findNewestWeek(db);
  const from = newest ? endOfWeek(newest.startsAt) : await firstWeekOfTopics(db);
  const earliest = running.getTime() - WEEKLY.madeUp * WEEK;
  const open: Date[] = [];
  for (let at = Math.max(earliest, (from ?? running).getTime()); at < running.getTime(); at += WEEK)
    open.push(new Date(at));
  return open;
}

async function firstWeekOfTopics(db: Reader): Promise<Date | undefined> {
  const [first] = await db
    .select({ at: topics.postedAt })
    .from(topics)
    .where(listedTopics())
    .orderBy(asc(topics.postedAt))
    .limit(1);
  return first && startOfWeek(first.at);
}

async function close(tx: Tx, startsAt: Date, now: Date): Promise<void> {
  const [made] = await tx
    .insert(weeks)
    .values({ name: weekName(startsAt), startsAt, closedAt: now })
    .onConflictDoNothing()
    .returning({ id: weeks.id });
  if (!made) return;
  const chosen = chooseOfWeek(await listCandidates(tx, startsAt));
  if (chosen.length === 0) return;
  await tx
    .insert(weekTopics)
    .values(chosen.map(({ id: topicId, position }) => ({ weekId: made.id, topicId, position })));
}

async function listCandidates(db: Reader, startsAt: Date): Promise<WeekCandidate[]> {
  const { id, sectionId, kind, score, replierCount, postedAt } = topics;
  return db
    .select({ id, sectionId, kind, score, distinctRepliers: replierCount })
    .from(topics)
    .where(and(listedTopics(), gte(postedAt, startsAt), lt(postedAt, endOfWeek(startsAt))));
}
