// What the pages of privacy show: choices, the last copy that was ordered, what an account holds.
import { and, eq, isNotNull, isNull, ne, notInArray, sql } from 'drizzle-orm';
import type { Database, Reader } from '../../db/connection.ts';
import {
  dataExportParts,
  dataExports,
  deletions,
  flags,
  members,
  posts,
  visits,
  votes,
} from '../../db/schema/index.ts';
import type { DataExportId, MemberId } from '../../domain/ids.ts';

/** What a member has chosen, and in how many topics the forum knows how far they have read. */
export async function findChoices(db: Reader, memberId: MemberId) {
  const { hiddenFromSearchEngines, remembersReading } = members;
  const [row] = await db
    .select({ hiddenFromSearchEngines, remembersReading })
    .from(members)
    .where(eq(members.id, memberId));
  return row && { ...row, topicsRemembered: await db.$count(visits, eq(visits.memberId, memberId)) };
}

export type LastExport = typeof dataExports.$inferSelect;

/** The copy of their data that a member ordered last. */
export async function findExport(db: Reader, memberId: MemberId): Promise<LastExport | undefined> {
  const [row] = await db.select().from(dataExports).where(eq(dataExports.memberId, memberId));
  return row;
}

/** The bytes of a copy, a part at a time. @throws when it is replaced or deleted meanwhile */
export async function* readExport(db: Database, exportId: DataExportId): AsyncGenerator<Buffer> {
  const [last] = await db
    .select({ n: sql<number>`max(${dataExportParts.n})` })
    .from(dataExportParts)
    .where(eq(dataExportParts.exportId, exportId));
  for (let n = 0; n <= (last?.n ?? -1); n += 1) {
    const [part] = await db
      .select({ bytes: dataExportParts.bytes })
      .from(dataExportParts)
      .where(and(eq(dataExportParts.exportId, exportId), eq(dataExportParts.n, n)));
    if (!part) throw new Error('The copy was replaced while it was sent.');
    yield part.bytes;
  }
}

/** What an account holds that deleting it concerns. */
export interface Holdings {
  readonly topics: number;
  readonly replies: number;
  readonly votes: number;
  readonly flags: number;
}

/** Counts what a member wrote that is not withdrawn, and what they did. */
export async function countHoldings(db: Reader, memberId: MemberId): Promise<Holdings> {
  const written = and(eq(posts.authorId, memberId), isNull(posts.withdrawnAt));
  const [topics, replies, voted, flagged] = await Promise.all([
    db.$count(posts, and(written, isNull(posts.branchId))),
    db.$count(posts, and(written, isNotNull(posts.branchId))),
    db.$count(votes, eq(votes.memberId, memberId)),
    db.$count(flags, eq(flags.flaggerId, memberId)),
  ]);
  return { topics, replies, votes: voted, flags: flagged };
}

/** How many admins there are beside a member who stay. */
export async function countOtherAdmins(db: Reader, memberId: MemberId): Promise<number> {
  const leaving = db.select({ id: deletions.memberId }).from(deletions);
  return db.$count(
    members,
    and(eq(members.role, 'admin'), ne(members.id, memberId), notInArray(members.id, leaving)),
  );
}
