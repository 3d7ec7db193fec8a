// What a member has seen of a topic. Not authorised: everyone may read what was shown to them. Written after the answer;
// of most pages there is nothing to write, since they were open a moment ago.
import { and, eq, exists, gt, gte, not, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../../db/connection.ts';
import { builtOnce, executeNamed, parameter } from '../../../db/named-statements.ts';
import { tellPages } from '../../../db/page-changes.ts';
import { branchVisits, members, notifications, posts, visits } from '../../../db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { type Shown, visitLasts } from '../../../domain/reading.ts';
import { countTopicRead, countTopicsForgotten } from '../../members/index.ts';
import { markPostsRead, unreadOfPosts } from '../../notifications/index.ts';

/** Who was shown what of which topic. */
export interface Visit {
  readonly memberId: MemberId;
  readonly topicId: TopicId;
  readonly shown: Shown;
  /** The posts of the page. */
  readonly postIds: readonly PostId[];
  readonly at: Date;
}

/**
 * Notes what the member was shown. A topic on one page: the mark goes to its newest post. One of several pages: the marks
 * of the branches that were shown go there, and the topic's own only as far as nothing unseen lies below it. What they
 * were told of the posts counts as read with them: neither the inbox nor a mail that gathers it need tell it again.
 */
export async function noteVisit(db: Database, visit: Visit): Promise<void> {
  const { memberId, postIds, at } = visit;
  if (await isNoted(db, visit)) return;
  await db.transaction(async (tx) => {
    await markPostsRead(tx, memberId, postIds, at);
    // The step that a member has reached by reading may stand on their page a minute later.
    tellPages(tx, { effect: 'nothing' });
    const first = visit.shown.whole ? await noteWhole(tx, visit) : await notePart(tx, visit);
    if (first) await countTopicRead(tx, visit.memberId);
  });
}

/** Whether the marks stand there already, in a visit that lasts, and nothing that the member was told of it is unread. */
async function isNoted(db: Database, visit: Visit): Promise<boolean> {
  const { memberId, topicId, shown, postIds, at } = visit;
  const began = new Date(at.getTime() - WINDOWS.previousVisit);
  const select = shown.whole
    ? builtOnce(db, 'noted', () => selectNoted(db, ASKED, isWholeMarked()))
    : selectNoted(db, { memberId, topicId, postIds, began }, arePartsMarked(visit));
  const values = { member: memberId, topic: topicId, newest: shown.newest, posts: postIds, began };
  return (await select.execute(values)).length > 0;
}

interface Asked extends Pick<Visit, 'memberId' | 'topicId'> {
  readonly postIds: readonly PostId[] | Placeholder;
  /** Visits that began before are over. */
  readonly began: Date | Placeholder;
}

/** By parameters. */
const ASKED: Asked = {
  ...{ memberId: parameter<MemberId>('member'), topicId: parameter<TopicId>('topic') },
  ...{ postIds: sql.placeholder('posts'), began: sql.placeholder('began') },
};

function selectNoted(db: Database, { memberId, topicId, postIds, began }: Asked, isMarked: SQL | undefined) {
  const unread = sql`(select from ${notifications} where ${unreadOfPosts(memberId, postIds)})`;
  return db
    .select({ topicId: visits.topicId })
    .from(visits)
    .innerJoin(members, eq(members.id, visits.memberId))
    .where(and(ofVisit(memberId, topicId), gt(visits.visitedAt, began), isMarked, not(exists(unread))))
    .prepare('noted');
}

/** Of a topic on one page no marks of branches are kept (any more). */
const isWholeMarked = () =>
  and(gte(visits.seenPostId, parameter<PostId>('newest')), not(exists(marksOfBranches(ASKED))));

function arePartsMarked(visit: Visit): SQL {
  const mark = sql`greatest(${visits.seenPostId}, ${members.readUpToPostId})`;
  return sql`not exists (select from ${partsOf(visit)} where part.up_to > greatest(${mark}, read.seen_post_id))`;
}

const marksOfBranches = ({ memberId, topicId }: Pick<Visit, 'memberId' | 'topicId'>): SQL =>
  sql`(select from ${branchVisits} join ${posts} on ${posts.id} = ${branchVisits.branchId}
    where ${branchVisits.memberId} = ${memberId} and ${posts.topicId} = ${topicId})`;

/** What was shown of branches as rows `part`, with the marks of these as `read`. */
function partsOf({ memberId, shown: { parts } }: Visit): SQL {
  const column = (of: (part: Shown['parts'][number]) => number) => sql`${sql.param(parts.map(of))}::bigint[]`;
  return sql`unnest(${column((part) => part.branchId)}, ${column((part) => part.after)}, ${column((part) => part.upTo)})
      as part (branch, after, up_to)
    left join ${branchVisits} as read on read.member_id = ${memberId} and read.branch_id = part.branch`;
}

/** In one statement, since most topics are read so. @returns whether it was the first visit */
async function noteWhole(tx: Tx, { memberId, topicId, shown, at }: Visit): Promise<boolean> {
  const began = new Date(at.getTime() - WINDOWS.previousVisit);
  const ended = sql`${visits.visitedAt} <= ${began}`;
  const noted = sql`
    with covered as (
      delete from ${branchVisits} where ${branchVisits.memberId} = ${memberId} and ${inBranchesOf(topicId)})
    insert into ${visits} (member_id, topic_id, seen_post_id, previous_seen_post_id, visited_at)
    values (${memberId}, ${topicId}, ${shown.newest}, ${shown.newest}, ${at})
    on conflict (member_id, topic_id) do update set
      seen_post_id = greatest(${visits.seenPostId}, excluded.seen_post_id),
      previous_seen_post_id = case when ${ended} then ${visits.seenPostId} else ${visits.previousSeenPostId} end,
      previous_visited_at = case when ${ended} then ${visits.visitedAt} else ${visits.previousVisitedAt} end,
      visited_at = case when ${ended} then excluded.visited_at else ${visits.visitedAt} end
    returning xmax = 0 as first`;
  const { rows } = await executeNamed<{ first: boolean }>(tx, 'visit', noted);
  return rows[0]?.first === true;
}

async function notePart(tx: Tx, visit: Visit): Promise<boolean> {
  const first = await beginFirst(tx, visit);
  if (!first) await beginNext(tx, visit);
  await markBranches(tx, visit);
  await raiseMark(tx, visit);
  await dropCovered(tx, visit);
  return first;
}

const ofVisit = (memberId: MemberId, topicId: TopicId) =>
  and(eq(visits.memberId, memberId), eq(visits.topicId, topicId));

/**
 * The marks of a topic that is opened for the first time. Nothing of what stands there is marked as new while the visit
 * lasts, whichever of its pages is turned to: all of it is.
 */
async function beginFirst(tx: Tx, { memberId, topicId, at }: Visit): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    insert into ${visits} (member_id, topic_id, seen_post_id, previous_seen_post_id, visited_at)
    select ${memberId}::bigint, ${topicId}::bigint, min(id) filter (where branch_id is null), max(id), ${at}::timestamptz
    from ${posts} where ${posts.topicId} = ${topicId}
    on conflict do nothing returning member_id`);
  return rows.length > 0;
}

/** Locks the marks; when the last visit has ended, another begins with the marks as they are. */
async function beginNext(tx: Tx, { memberId, topicId, at }: Visit): Promise<void> {
  const [row] = await tx
    .select({ visitedAt: visits.visitedAt })
    .from(visits)
    .where(ofVisit(memberId, topicId))
    .for('update');
  if (!row || visitLasts(row.visitedAt, at)) return;
  await tx
    .update(visits)
    .set({
      previousSeenPostId: sql`${visits.seenPostId}`,
      previousVisitedAt: sql`${visits.visitedAt}`,
      visitedAt: at,
    })
    .where(ofVisit(memberId, topicId));
  await tx
    .update(branchVisits)
    .set({ previousSeenPostId: sql`${branchVisits.seenPostId}`, visitedAt: at })
    .where(and(eq(branchVisits.memberId, memberId), inBranchesOf(topicId)));
}

const inBranchesOf = (topicId: TopicId): SQL =>
  sql`${branchVisits.branchId} in (select id from ${posts}
    where topic_id = ${topicId} and parent_id is null and branch_id is not null)`;

/** Replies that stand for everyone and that the member did not write: what can be unseen. */
const othersReplies = (memberId: MemberId): SQL =>
  sql`reply.branch_id is not null and reply.state = 'visible' and reply.author_id is distinct from ${memberId}`;

/** The mark below which all counts as read: the topic's, or that of the whole forum. */
const ownMark = ({ memberId, topicId }: Visit): SQL =>
  sql`(select greatest(${visits.seenPostId}, ${members.readUpToPostId}) from ${visits} join ${members} on ${members.id} = ${visits.memberId}
    where ${visits.memberId} = ${memberId} and ${visits.topicId} = ${topicId})`;

/** Moves the marks of the branches shown, but not past what lies unseen between a mark and the page. */
async function markBranches(tx: Tx, visit: Visit): Promise<void> {
  const { memberId, at } = visit;
  await tx.execute(sql`
    insert into ${branchVisits} (member_id, branch_id, seen_post_id, previous_seen_post_id, visited_at)
    select ${memberId}::bigint, part.branch, part.up_to, 0, ${at}::timestamptz
    from (select ${ownMark(visit)} as topic) as mark, ${partsOf(visit)}
    where part.up_to > greatest(mark.topic, read.seen_post_id)
      and exists (select from ${posts} as top where top.id = part.branch and top.topic_id = ${visit.topicId})
      and not exists (select from ${posts} as reply where reply.branch_id = part.branch and ${othersReplies(memberId)}
        and reply.id > greatest(mark.topic, read.seen_post_id) and reply.id <= part.after)
    on conflict (member_id, branch_id) do update set seen_post_id = excluded.seen_post_id`);
}

/** Moves the topic's mark as far as nothing unseen lies below it. */
async function raiseMark(tx: Tx, visit: Visit): Promise<void> {
  const { memberId, topicId } = visit;
  await tx.execute(sql`
    with mark as (select ${ownMark(visit)} as topic),
    read as (
      select branch_id, seen_post_id from ${branchVisits}
      where ${branchVisits.memberId} = ${memberId} and ${inBranchesOf(topicId)})
    update ${visits} set seen_post_id = coalesce(
      (select min(reply.id) - 1 from ${posts} as reply left join read on read.branch_id = reply.branch_id
        where reply.topic_id = ${topicId} and ${othersReplies(memberId)} and reply.id > mark.topic
          and reply.id > coalesce(read.seen_post_id, 0)),
      greatest(mark.topic, (select max(seen_post_id) from read)))
    from mark where ${ofVisit(memberId, topicId)}`);
}

/** What the topic's mark says as well, now and for the rest of the visit, needs no marks of branches. */
async function dropCovered(tx: Tx, { memberId, topicId }: Visit): Promise<void> {
  await tx.execute(sql`
    delete from ${branchVisits} using ${visits}
    where ${branchVisits.memberId} = ${memberId} and ${inBranchesOf(topicId)} and ${ofVisit(memberId, topicId)}
      and ${branchVisits.seenPostId} <= ${visits.seenPostId}
      and ${branchVisits.previousSeenPostId} <= ${visits.previousSeenPostId}`);
}

/** Forgets which topics a member has read, and how far. How many they were stays: trust is computed from it. */
export async function forgetVisits(tx: Tx, memberId: MemberId): Promise<void> {
  const { rowCount } = await tx.delete(visits).where(eq(visits.memberId, memberId));
  await tx.delete(branchVisits).where(eq(branchVisits.memberId, memberId));
  await countTopicsForgotten(tx, memberId, rowCount ?? 0);
}
