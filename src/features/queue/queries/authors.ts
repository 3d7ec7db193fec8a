// What moderators see of those about whose posts they decide: standing, record, the trail of the last posts, and what was
// decided about them before.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members, posts, sanctions } from '../../../db/schema/index.ts';
import { trustFacts } from '../../../db/standing.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { ActionId, MemberId, PostId } from '../../../domain/ids.ts';
import { AT_A_GLANCE } from '../../../domain/moderation-limits.ts';
import type { TrustFacts } from '../../../domain/policy/trust.ts';
import type { Role } from '../../../domain/viewer.ts';

export interface AuthorRow extends TrustFacts {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  /** What the member says of themselves. */
  readonly about: string;
  readonly affiliation: string;
  readonly link: string;
  readonly posts: number;
  readonly hiddenPosts: number;
  /** Sanctions that were not lifted. */
  readonly warnings: number;
  readonly silences: number;
  readonly suspensions: number;
}

/** These members with their record on the forum. */
export async function listAuthors(db: Reader, ids: readonly MemberId[]): Promise<AuthorRow[]> {
  if (ids.length === 0) return [];
  const { id, name, role, about, affiliation, link } = members;
  const sanctioned = (kind: string) => sql<number>`(select count(*)::int from ${sanctions}
    where ${and(eq(sanctions.memberId, members.id), isNull(sanctions.liftedAt))} and ${sanctions.kind} = ${kind})`;
  return db
    .select({
      ...{ id, name, role, about, affiliation, link },
      ...trustFacts,
      posts: sql<number>`count(${posts.id})::int`,
      hiddenPosts: sql<number>`(count(*) filter (where ${posts.state} = 'hidden'))::int`,
      warnings: sanctioned('warning'),
      silences: sanctioned('silence'),
      suspensions: sanctioned('suspension'),
    })
    .from(members)
    .leftJoin(posts, eq(posts.authorId, members.id))
    .where(inArray(members.id, [...ids]))
    .groupBy(members.id);
}

export interface TrailPost {
  readonly memberId: MemberId;
  readonly postId: PostId;
  readonly hidden: boolean;
  /** An undecided flag is on it. */
  readonly flagged: boolean;
}

/** The last posts of each member, oldest first. */
export async function listTrails(db: Reader, ids: readonly MemberId[]): Promise<TrailPost[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.execute<{
    memberId: string;
    postId: string;
    hidden: boolean;
    flagged: boolean;
  }>(sql`
    select m.id as "memberId", p.id as "postId", p.state = 'hidden' as hidden,
      exists (select from flags f where f.post_id = p.id and f.outcome is null and f.taken_back_at is null) as flagged
    from unnest(${idArray(ids)}) as m (id)
    cross join lateral (select id, state, posted_at from posts where author_id = m.id
      order by posted_at desc, id desc limit ${AT_A_GLANCE.trail}) as p
    order by p.posted_at, p.id`);
  return rows.map(({ memberId, postId, ...post }) => ({
    ...post,
    memberId: Number(memberId) as MemberId,
    postId: Number(postId) as PostId,
  }));
}

export interface EarlierAction {
  readonly memberId: MemberId;
  readonly actionId: ActionId;
  readonly kind: ActionKind;
  readonly at: Date;
  readonly reason: string;
  readonly rule: number | null;
}

/** What was last decided about each member and what they wrote, and stands: newest first. */
export async function listEarlierActions(db: Reader, ids: readonly MemberId[]): Promise<EarlierAction[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.execute<{
    memberId: string;
    actionId: string;
    kind: ActionKind;
    at: string;
    reason: string;
    rule: number | null;
  }>(sql`
    select m.id as "memberId", a.id as "actionId", a.kind, a.at, a.reason, a.rule
    from unnest(${idArray(ids)}) as m (id)
    cross join lateral (
      select a.id, a.kind, a.at, a.reason, a.rule from actions a
      where a.undone_by_id is null and a.id in (
        select about.id from actions about where about.member_id = m.id
          and about.kind in ('warn', 'silence', 'suspend', 'clear-profile', 'rename-member')
        union select h.action_id from posts p join hides h on h.post_id = p.id and h.lifted_at is null
          where p.author_id = m.id and p.hidden_at is not null
        union select h.action_id from topics t join hides h on h.topic_id = t.id and h.lifted_at is null
          where t.author_id = m.id and t.hidden_at is not null)
      order by a.at desc, a.id desc limit ${AT_A_GLANCE.earlier}) as a
    order by a.at desc, a.id desc`);
  return rows.map(({ memberId, actionId, at, ...action }) => ({
    ...action,
    at: new Date(at),
    memberId: Number(memberId) as MemberId,
    actionId: Number(actionId) as ActionId,
  }));
}

function idArray(ids: readonly number[]) {
  return sql`${`{${ids.join(',')}}`}::bigint[]`;
}
