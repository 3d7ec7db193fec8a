// What moderators see of those whose posts they decide about.
import { eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members, posts } from '../../../db/schema/index.ts';
import { trustFacts } from '../../../db/standing.ts';
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
  const { id, name, role } = members;
  return db
    .select({
      id,
      name,
      role,
      ...trustFacts,
      posts: sql<number>`count(${posts.id})::int`,
      hiddenPosts: sql<number>`(count(*) filter (where ${posts.state} = 'hidden'))::int`,
    })
    .from(members)
    .leftJoin(posts, eq(posts.authorId, members.id))
    .where(inArray(members.id, [...ids]))
    .groupBy(members.id);
}
