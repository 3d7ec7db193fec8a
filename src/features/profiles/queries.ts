// A member as others may know them, and what they replied.
import { and, desc, eq, isNotNull, ne, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import { after, type Cursor } from '../../db/cursor.ts';
import { invitations, members, posts, saves, sections, topics } from '../../db/schema/index.ts';
import { trustFacts } from '../../db/standing.ts';
import { followLevelOf, mutesAnything, unmutedTopics } from '../../db/following.ts';
import { listedPosts, listedPostsAlone, listedTopics, readableText } from '../../db/visibility.ts';
import type { FollowLevel } from '../../domain/following.ts';
import type { MemberId, PostId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import type { TrustFacts } from '../../domain/policy/trust.ts';
import type { State } from '../../domain/state.ts';
import type { Role, Viewer } from '../../domain/viewer.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { hasInvited } from './invitation-queries.ts';

export interface MemberRow {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly about: string;
  readonly affiliation: string;
  /** '' when none is given. */
  readonly link: string;
  readonly pronouns: string;
  readonly hiddenFromSearchEngines: boolean;
  /** Shown as a step; the figures behind it are for the member's own eyes. */
  readonly trust: TrustFacts;
  /** What the lists hold for this viewer. */
  readonly topicCount: number;
  readonly replyCount: number;
  /** What they keep, for their own eyes; 0 for all others. */
  readonly savedCount: number;
  /** Of what everybody can read. */
  readonly upvotes: number;
  /** Who brought them here; null: nobody, or somebody who is gone since. */
  readonly invitedBy: string | null;
  readonly hasInvited: boolean;
  /** What the viewer wants to hear of them. */
  readonly level: FollowLevel | null;
  /** Where the member writes most of late, most first. */
  readonly sections: readonly { readonly slug: string; readonly name: string }[];
}

/** How much of the latest says where a member is active, and how many sections are named. */
const ACTIVE = { posts: 500, sections: 3 } as const;

/** The member of this name, in whatever case it is written, with the lengths of both lists. */
export async function findMember(db: Reader, viewer: Viewer, name: string): Promise<MemberRow | undefined> {
  const { id, role, about, affiliation, link, pronouns } = members;
  // Conditions as objects: of columns written straight into the text, a select from one table drops the table's name.
  const shownTopics = and(listedTopics(), unmutedTopics(viewer, { authorId: members.id }));
  const theirTopics = and(eq(topics.authorId, members.id), or(shownTopics, ownTopics(viewer)));
  const isViewer = viewer.kind === 'member' ? eq(members.id, viewer.id) : sql`false`;
  const ownSaves = and(eq(saves.memberId, members.id), isViewer);
  const theirPosts = and(eq(posts.authorId, members.id), listedPostsAlone());
  const [row] = await db
    .select({
      ...{ id, name: members.name, role, about, affiliation, link, pronouns },
      trust: trustFacts,
      hiddenFromSearchEngines: members.hiddenFromSearchEngines,
      topicCount: sql<number>`(select count(*)::int from ${topics} where ${theirTopics})`,
      replyCount: repliesShown(viewer),
      savedCount: sql<number>`(select count(*)::int from ${saves} where ${ownSaves})`,
      invitedBy: sql<string | null>`(${inviterOf(db)})`,
      hasInvited: sql<boolean>`${hasInvited(db)}`,
      level: followLevelOf(viewer, { about: members.id }),
      upvotes: sql<number>`figures.upvotes`,
      sections: sql<MemberRow['sections']>`figures.sections`,
    })
    .from(members)
    .crossJoinLateral(figuresOf(theirPosts))
    .where(eq(members.nameKey, nameKey(name)));
  return row;
}

function inviterOf(db: Reader) {
  const inviters = alias(members, 'inviters');
  return db
    .select({ name: inviters.name })
    .from(invitations)
    .innerJoin(inviters, eq(inviters.id, invitations.invitedById))
    .where(eq(invitations.joinedId, members.id));
}

/** What a member's page tells everybody of their posts, as `figures`: however much they wrote, it is read once. */
function figuresOf(theirPosts: SQL | undefined): SQL {
  const latest = sql`${posts.postedAt} desc, ${posts.id} desc`;
  const most = sql`select ${sections.slug}, ${sections.name}, ${sections.position}, count(*) as n
    from theirs join ${sections} on ${sections.id} = theirs.section_id where theirs.place <= ${ACTIVE.posts}
    group by ${sections.id} order by n desc, ${sections.position} limit ${ACTIVE.sections}`;
  return sql`(with theirs as materialized (
      select ${posts.branchId}, ${posts.score}, ${posts.sectionId}, row_number() over (order by ${latest}) as place
      from ${posts} where ${theirPosts})
    select (select count(theirs.branch_id)::int from theirs) as replies,
      (select coalesce(sum(theirs.score), 0)::int from theirs) as upvotes,
      (select coalesce(json_agg(json_build_object('slug', most.slug, 'name', most.name) order by most.n desc, most.position), '[]')
        from (${most}) as most) as sections) as figures`;
}

/** Only those who mute, and members on their own page, are counted other replies than everybody. */
function repliesShown(viewer: Viewer): SQL<number> {
  if (viewer.kind !== 'member') return sql<number>`figures.replies`;
  const shown = and(eq(posts.authorId, members.id), shownReplies(viewer));
  const counted = sql`select count(*)::int from ${posts} join ${topics} on ${eq(topics.id, posts.topicId)} where ${shown}`;
  return sql<number>`case when ${mutesAnything(viewer)} or ${eq(members.id, viewer.id)} then (${counted}) else figures.replies end`;
}

export interface ReplyRow {
  readonly id: PostId;
  readonly topicTitle: string;
  /** Who was answered; null: a former member, or somebody who withdrew what they wrote. */
  readonly to: string | null;
  readonly postedAt: Date;
  readonly score: number;
  readonly state: State;
  /** Null when the viewer may not read it. */
  readonly bodyHtml: SafeHtml | null;
}

export interface ReplyList {
  readonly rows: readonly ReplyRow[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: Cursor | undefined;
}

const parents = alias(posts, 'parents');
const answered = alias(members, 'answered');

/** A member's replies, newest first; the member also sees own ones that are held or hidden. */
export async function listRepliesOfMember(
  db: Reader,
  viewer: Viewer,
  authorId: MemberId,
  cursor: Cursor | undefined,
  limit: number,
): Promise<ReplyList> {
  // A withdrawn text names its author no more (DESIGN section 6).
  const answeredId = sql`case when ${posts.parentId} is null then case when ${topics.state} <> 'withdrawn' then ${topics.authorId} end
    when ${parents.state} <> 'withdrawn' then ${parents.authorId} end`;
  const rows = await db
    .select({
      id: posts.id,
      topicTitle: topics.title,
      to: answered.name,
      postedAt: posts.postedAt,
      score: posts.score,
      state: posts.state,
      bodyHtml: readableText(viewer, posts.bodyHtml) as SQL<SafeHtml | null>,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .leftJoin(parents, eq(parents.id, posts.parentId))
    .leftJoin(answered, eq(answered.id, answeredId))
    .where(and(eq(posts.authorId, authorId), shownReplies(viewer), after(cursor, posts.postedAt, posts.id)))
    .orderBy(desc(posts.postedAt), desc(posts.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last && { key: last.postedAt.toISOString(), id: last.id } };
}

/** Replies that are for everyone, and the viewer's own that await approval or were hidden, in topics they can open. */
function shownReplies(viewer: Viewer): SQL | undefined {
  const own =
    viewer.kind === 'member'
      ? and(
          eq(posts.authorId, viewer.id),
          ne(posts.state, 'withdrawn'),
          or(listedTopics(), ownTopics(viewer)),
        )
      : undefined;
  const others = and(listedPosts(), unmutedTopics(viewer, { authorId: posts.authorId }));
  return and(isNotNull(posts.branchId), or(others, own));
}

function ownTopics(viewer: Viewer): SQL | undefined {
  return viewer.kind === 'member' ? eq(topics.authorId, viewer.id) : undefined;
}
