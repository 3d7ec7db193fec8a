// The sources of one topic, as the commands that change them need to know them.
import { and, asc, count, eq, gte, ne, or, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { sourceAliases, sources } from '../../db/schema/index.ts';
import type { MemberId, SourceId, TopicId } from '../../domain/ids.ts';
import { startOfDay } from '../../domain/times.ts';

export type SourceOfTopic = typeof sources.$inferSelect;

/** All that were not removed, in the order in which they came. */
export async function listSources(db: Reader, topicId: TopicId): Promise<SourceOfTopic[]> {
  return db
    .select()
    .from(sources)
    .where(and(eq(sources.topicId, topicId), ne(sources.state, 'removed')))
    .orderBy(asc(sources.id));
}

/** Where a source stands, its row locked: after its topic, before what waits for a decision about it. */
export async function lockSourceRow(
  tx: Tx,
  id: SourceId,
): Promise<Pick<SourceOfTopic, 'topicId'> | undefined> {
  const { topicId } = sources;
  const [row] = await tx.select({ topicId }).from(sources).where(eq(sources.id, id)).for('no key update');
  return row;
}

/** The topic's source that has one of these keys, by its address or by another name of the article. */
export async function findSourceByKey(
  db: Reader,
  topicId: TopicId,
  keys: readonly string[],
): Promise<SourceOfTopic | undefined> {
  const any = sql`any(${sql.param([...keys])}::text[])`;
  const alias = sql`exists (select from ${sourceAliases} where ${sourceAliases.sourceId} = "sources"."id"
    and ${sourceAliases.urlKey} = ${any})`;
  const [found] = await db
    .select()
    .from(sources)
    .where(
      and(
        eq(sources.topicId, topicId),
        ne(sources.state, 'removed'),
        or(sql`${sources.urlKey} = ${any}`, alias),
      ),
    )
    .orderBy(asc(sources.id))
    .limit(1);
  return found;
}

/** How many sources a member has added since midnight (UTC), whatever became of them. */
export async function countAddedToday(db: Reader, memberId: MemberId, now: Date): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(sources)
    .where(and(eq(sources.addedById, memberId), gte(sources.addedAt, startOfDay(now))));
  return row?.n ?? 0;
}
