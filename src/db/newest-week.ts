// The week that ended last, for whoever links to it, mails it or says when it comes.
import { desc } from 'drizzle-orm';
import type { WeekId } from '../domain/ids.ts';
import type { Reader } from './connection.ts';
import { weeks } from './schema/index.ts';

export interface WeekRow {
  readonly id: WeekId;
  /** "2026-W47" */
  readonly name: string;
  readonly startsAt: Date;
  readonly closedAt: Date;
}

/** The newest week that has a page. */
export async function findNewestWeek(db: Reader): Promise<WeekRow | undefined> {
  const [row] = await db.select().from(weeks).orderBy(desc(weeks.startsAt)).limit(1);
  return row;
}
