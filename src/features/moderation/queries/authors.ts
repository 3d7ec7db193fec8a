// What moderators see of those whose posts they decide about.
import { inArray, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members, posts, sanctions } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import type { TrustFacts } from '../../../domain/policy/trust.ts';
import type { Role } from '../../../domain/viewer.ts';

export interface AuthorRow extends TrustFacts {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly posts: number;
  readonly hiddenPosts: number;
}

/** These members with their record on the forum. */
export async function listAuthors(db: Reader, ids: readonly MemberId[]): Promise<AuthorRow[]> {
  if (ids.length === 0) return [];
  const { id, name, role, joinedAt, topicsRead, repliesKept, flagsDecided, flagsUpheld } = members;
  const written = (condition = sql`true`) =>
    sql<number>`(select count(*)::int from ${posts} where ${posts.authorId} = ${members.id} and ${condition})`;
  return db
    .select({
      id,
      name,
      role,
      joinedAt,
      topicsRead,
      repliesKept,
      flagsDecided,
      flagsUpheld,
      posts: written(),
      hiddenPosts: written(sql`${posts.state} = 'hidden'`),
      lastSanctionAt: sql<Date | null>`(select max(${sanctions.startsAt}) from ${sanctions}
        where ${sanctions.memberId} = ${members.id} and ${sanctions.liftedAt} is null)`.mapWith(
        sanctions.startsAt,
      ),
    })
    .from(members)
    .where(inArray(members.id, [...ids]));
}
