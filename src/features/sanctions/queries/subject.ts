// The member whom a page of moderators is about.
import { and, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members, posts, sanctions, topics } from '../../../db/schema/index.ts';
import { endOfSanction, trustFacts } from '../../../db/standing.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { nameKey } from '../../../domain/member-name.ts';
import type { TrustFacts } from '../../../domain/policy/trust.ts';
import type { Role } from '../../../domain/viewer.ts';

export interface Subject {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly trust: TrustFacts;
  /** What they say of themselves; '' where nothing. */
  readonly about: string;
  readonly affiliation: string;
  readonly silencedUntil: Date | null;
  readonly suspendedUntil: Date | null;
  /** The newest sanction, lifted or not; 0: there was none. */
  readonly newestSanction: number;
}

export async function findSubject(db: Reader, name: string, now: Date): Promise<Subject | undefined> {
  // As an object: of columns written straight into the text, a select from one table drops the table's name.
  const theirs = and(eq(sanctions.memberId, members.id));
  const [row] = await db
    .select({
      id: members.id,
      name: members.name,
      role: members.role,
      trust: trustFacts,
      about: members.about,
      affiliation: members.affiliation,
      silencedUntil: endOfSanction('silence', now),
      suspendedUntil: endOfSanction('suspension', now),
      newestSanction: sql<number>`(select coalesce(max(${sanctions.id}), 0)::int from ${sanctions} where ${theirs})`,
    })
    .from(members)
    .where(eq(members.nameKey, nameKey(name)));
  return row;
}

/** What hiding everything of a member would take away. */
export interface Extent {
  readonly posts: number;
  readonly topics: number;
  /** Of others: in topics that go, or below replies that do. */
  readonly repliesBelow: number;
}

export async function loadExtent(db: Reader, memberId: MemberId): Promise<Extent> {
  const { rows } = await db.execute<{ posts: number; topics: number; below: number }>(sql`
    with recursive theirs as (
      select id, topic_id, branch_id from ${posts} where author_id = ${memberId} and state in ('visible', 'held')),
    below as (
      select reply.id, reply.author_id, reply.state from ${posts} as reply join theirs on reply.parent_id = theirs.id
      union
      select reply.id, reply.author_id, reply.state from ${posts} as reply join below on reply.parent_id = below.id),
    inside as (
      select reply.id, reply.author_id, reply.state from ${posts} as reply
      join ${topics} as topic on topic.id = reply.topic_id
      where reply.branch_id is not null
        and topic.id in (select topic_id from theirs where branch_id is null))
    select (select count(*)::int from theirs) as posts,
      (select count(distinct topic_id)::int from theirs) as topics,
      (select count(*)::int from (select * from below union select * from inside) as reply
        where reply.state = 'visible' and reply.author_id is distinct from ${memberId}) as below`);
  const [row] = rows;
  return { posts: row?.posts ?? 0, topics: row?.topics ?? 0, repliesBelow: row?.below ?? 0 };
}
