// What a decision of moderators says to one of those whom it concerns: the facts of a statement of reasons, for its page
// and its mail. Nothing in it tells who reported what.
import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ActionId, MemberId, PostId, TopicId } from '../domain/ids.ts';
import type { Ground, StatementFacts } from '../domain/statement.ts';
import type { Reader } from './connection.ts';
import {
  actionPosts,
  actions,
  appeals,
  flags,
  members,
  posts,
  queueItems,
  type QueueItemKind,
  sanctions,
  topics,
} from './schema/index.ts';

export interface Statement extends StatementFacts {
  readonly id: ActionId;
  readonly at: Date;
  readonly rule: number | null;
  readonly reason: string;
  readonly actorId: MemberId | null;
  /** Null: the forum itself. */
  readonly actor: { readonly name: string | null; readonly number: number | null } | null;
  /** Null when it happened in none; the title is null when the member may not see it. */
  readonly topic: { readonly id: TopicId; readonly title: string | null } | null;
  readonly undone: { readonly id: ActionId; readonly at: Date } | null;
  readonly sanctionLiftedAt: Date | null;
  /** The decision that an outcome of an appeal is about. */
  readonly appealedId: ActionId | null;
}

const actors = alias(members, 'actors');
const undoing = alias(actions, 'undoing');

/** A decision as it is told to a member; undefined when there is none. Whether it concerns them, the caller has asked. */
export async function findStatement(
  db: Reader,
  actionId: ActionId,
  memberId: MemberId,
): Promise<Statement | undefined> {
  const [row] = await db
    .select({
      id: actions.id,
      kind: actions.kind,
      at: actions.at,
      rule: actions.rule,
      reason: actions.reason,
      automatic: actions.automatic,
      data: actions.data,
      actorId: actions.actorId,
      actorName: actors.name,
      actorNumber: actors.moderatorNumber,
      topicId: topics.id,
      title: topics.title,
      mayKnowTitle: mayKnowTitle(memberId),
      undoneId: undoing.id,
      undoneAt: undoing.at,
      sanctionId: sanctions.id,
      until: sanctions.endsAt,
      liftedAt: sanctions.liftedAt,
    })
    .from(actions)
    .leftJoin(actors, eq(actors.id, actions.actorId))
    .leftJoin(undoing, eq(undoing.id, actions.undoneById))
    .leftJoin(sanctions, eq(sanctions.actionId, actions.id))
    .leftJoin(posts, eq(posts.id, actions.postId))
    .leftJoin(topics, eq(topics.id, sql`coalesce(${posts.topicId}, ${actions.topicId})`))
    .where(eq(actions.id, actionId));
  if (!row) return undefined;
  const { id, kind, at, rule, reason, automatic, data, actorId } = row;
  return {
    ...{ id, kind, at, rule, reason, automatic, actorId },
    what: typeof data.what === 'string' ? data.what : '',
    appealedId: typeof data.appealed === 'number' ? (data.appealed as ActionId) : null,
    actor: automatic ? null : { name: row.actorName, number: row.actorNumber },
    topic: row.topicId === null ? null : { id: row.topicId, title: row.mayKnowTitle ? row.title : null },
    undone: row.undoneId && row.undoneAt ? { id: row.undoneId, at: row.undoneAt } : null,
    until: row.sanctionId === null ? undefined : row.until,
    sanctionLiftedAt: row.liftedAt,
    own: await countOwn(db, actionId, memberId),
    grounds: await listGrounds(db, actionId),
  };
}

function mayKnowTitle(memberId: MemberId) {
  return sql<boolean>`coalesce(${topics.state} = 'visible' or ${topics.authorId} = ${memberId}, false)`;
}

/** Posts of the member that a decision touched: those it lists, the one it names, or the opening post of its topic. */
function touchedPosts(actionId: ActionId, memberId: MemberId) {
  const listed = sql`select ${actionPosts.postId} from ${actionPosts} where ${actionPosts.actionId} = ${actionId}`;
  const named = sql`select coalesce(${actions.postId},
    (select ${topics.openingPostId} from ${topics} where ${topics.id} = ${actions.topicId})) from ${actions}
    where ${actions.id} = ${actionId} and ${actions.kind} in ${POST_KINDS}`;
  return and(
    eq(posts.authorId, memberId),
    or(sql`${posts.id} in (${listed})`, sql`${posts.id} in (${named})`),
  );
}

const POST_KINDS = ['hide', 'refuse', 'restore', 'approve', 'blank-revision', 'move-reply'];

async function countOwn(db: Reader, actionId: ActionId, memberId: MemberId): Promise<StatementFacts['own']> {
  const [row] = await db
    .select({
      posts: sql<number>`count(*)::int`,
      topic: sql<boolean>`coalesce(bool_or(${posts.branchId} is null), false)`,
    })
    .from(posts)
    .where(touchedPosts(actionId, memberId));
  return row ?? { posts: 0, topic: false };
}

export interface OwnText {
  readonly id: PostId;
  /** Title of the topic; null when the member may not see it (any more). */
  readonly topic: string | null;
  readonly isOpening: boolean;
  readonly postedAt: Date;
  /** Null: the member has withdrawn it. */
  readonly markdown: string | null;
}

/** A page of texts: whoever lost more of them orders a copy of their data. */
const MOST_TEXTS = 20;

/** The member's own texts that a decision touched, to take along: nobody else's, whoever asks. */
export async function listOwnTexts(db: Reader, actionId: ActionId, memberId: MemberId): Promise<OwnText[]> {
  return db
    .select({
      id: posts.id,
      topic: sql<string | null>`case when ${mayKnowTitle(memberId)} then ${topics.title} end`,
      isOpening: sql<boolean>`${posts.branchId} is null`,
      postedAt: posts.postedAt,
      markdown: sql<string | null>`case when ${posts.withdrawnAt} is null then ${posts.bodyMd} end`,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(touchedPosts(actionId, memberId))
    .orderBy(asc(posts.id))
    .limit(MOST_TEXTS);
}

const BY_ITEM: Readonly<Record<QueueItemKind, Ground | null>> = {
  flagged: null,
  watched: 'watched',
  held: 'held',
  suggestion: 'suggestion',
  consent: 'proposal',
  appeal: 'appeal',
  link: null,
  newcomer: null,
};

/** What the decision rests on: the work that it settled, and the reports in it. */
async function listGrounds(db: Reader, actionId: ActionId): Promise<Ground[]> {
  const settled = db
    .select({ id: queueItems.id, kind: queueItems.kind })
    .from(queueItems)
    .innerJoin(
      actions,
      or(eq(queueItems.closedByActionId, actions.id), eq(queueItems.id, actions.queueItemId)),
    )
    .where(eq(actions.id, actionId));
  const items = await settled;
  if (items.length === 0) return [];
  const reports = await db
    .selectDistinct({
      byMember: sql<boolean>`${flags.reporterEmail} is null and ${flags.reporterName} is null`,
    })
    .from(flags)
    .where(
      and(
        inArray(
          flags.queueItemId,
          items.map(({ id }) => id),
        ),
        isNull(flags.takenBackAt),
      ),
    );
  const found = items.flatMap(({ kind }) => BY_ITEM[kind] ?? []);
  const reported = reports.map(({ byMember }): Ground => (byMember ? 'report' : 'visitor-report'));
  return [...new Set([...reported.sort(), ...found])];
}

export interface AppealRow {
  readonly actionId: ActionId;
  readonly memberId: MemberId;
  readonly text: string;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly outcome: 'upheld' | 'reversed' | null;
  readonly decision: { readonly id: ActionId; readonly reason: string; readonly rule: number | null } | null;
}

/** The appeal against a decision; there is one at most. */
export async function findAppeal(db: Reader, actionId: ActionId): Promise<AppealRow | undefined> {
  const { memberId, text, openedAt, decidedAt, outcome } = appeals;
  const [row] = await db
    .select({
      ...{ actionId: appeals.actionId, memberId, text, openedAt, decidedAt, outcome },
      decision: { id: actions.id, reason: actions.reason, rule: actions.rule },
    })
    .from(appeals)
    .leftJoin(actions, eq(actions.id, appeals.decisionId))
    .where(eq(appeals.actionId, actionId));
  return row;
}
