// The public log of what moderators and admins did, a row for every item that a decision touched. Titles are read only of
// topics that everybody can see, and texts of posts not at all: what was hidden for its words must not be found here.
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { actionPosts, actions, appeals, members, posts, topics } from '../../../db/schema/index.ts';
import type { AppealOutcome } from '../../../db/schema/moderation.ts';
import { idOfNamed } from '../../../db/names.ts';
import { standingTopics } from '../../../db/visibility.ts';
import { LOGGED_KINDS, type ActionKind } from '../../../domain/actions.ts';
import { FEEDS } from '../../../domain/feeds.ts';
import type { ActionId, MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import { DAY } from '../../../domain/times.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { LogFilter } from '../filters.ts';
import type { Actor } from '../actor.ts';
import type { LogCursor } from './log-cursor.ts';

export interface LogRow {
  readonly id: ActionId;
  /** 0: what the decision names; else the post that it touched besides. */
  readonly place: number;
  readonly kind: ActionKind;
  readonly at: Date;
  readonly rule: number | null;
  readonly reason: string;
  readonly automatic: boolean;
  /** Null: the forum itself (`automatic`), or a former member. */
  readonly by: Actor | null;
  /** Null: the topic as a whole, or something that is no topic. */
  readonly postId: PostId | null;
  readonly topicId: TopicId | null;
  /** Null when not everybody can see the topic. */
  readonly title: string | null;
  /** Author of the reply; null when that is nobody's business (withdrawn, held, refused) or there is none any more. */
  readonly author: string | null;
  /** The member acted upon. */
  readonly member: string | null;
  /** How many posts it changed. */
  readonly posts: number;
  /** The other topic of a merge, or of undoing one. */
  readonly other: { readonly id: TopicId; readonly title: string | null } | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly undone: (Actor & { readonly at: string; readonly automatic: boolean }) | null;
  /** Null: nobody has appealed. */
  readonly appeal: {
    readonly at: string;
    readonly decidedAt: string | null;
    readonly outcome: AppealOutcome | null;
  } | null;
  /** Whether it was done to the viewer, or to what they wrote. */
  readonly concernsViewer: boolean;
}

export interface LogPageRows {
  readonly rows: readonly LogRow[];
  readonly next: LogCursor | undefined;
}

interface Asked {
  readonly viewer: Viewer;
  readonly filter: LogFilter;
  /** Whether `filter.by` is a name; else it is a moderator's number. */
  readonly byName: boolean;
  readonly cursor: LogCursor | undefined;
}

const PAGE = PAGES.list;
const actor = alias(members, 'actor');
const author = alias(members, 'author');
const subject = alias(members, 'subject');
const recent = alias(actions, 'recent');

/** One page of the log, newest first. The rows of one decision stand together, what it names before the others. */
export async function listLog(db: Reader, asked: Asked): Promise<LogPageRows> {
  const { viewer, cursor } = asked;
  const rows = await selectRows(
    db,
    viewer,
    touched(asked.filter.section?.id, cursor),
    decided(asked),
    PAGE + 1,
  );
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return { rows: shown, next: last && { at: last.at.toISOString(), id: last.id, place: last.place } };
}

/** All decisions of the last days, or the newest ones where these are few: a row for each, newest first. */
export function listDecisions(db: Reader, viewer: Viewer, now: Date): Promise<LogRow[]> {
  const { least, within, most } = FEEDS;
  const newest = sql`select recent.id from ${actions} as recent where ${inArray(recent.kind, [...LOGGED_KINDS])}
    order by ${recent.at} desc, ${recent.id} desc limit ${least}`;
  const lately = gte(actions.at, new Date(now.getTime() - within));
  return selectRows(
    db,
    viewer,
    sql`lateral (select 0::bigint as place) as touched`,
    and(inArray(actions.kind, [...LOGGED_KINDS]), or(lately, sql`${actions.id} in (${newest})`)),
    most,
  );
}

/** Which decisions a filter asks for, from the cursor on. */
function decided({ filter, byName, cursor }: Asked): SQL | undefined {
  const { kind, by, rule, from, to, onlyAutomatic, onlyUndone, decision } = filter;
  const whoActed = by === undefined ? undefined : byName ? idOfNamed(by) : idOfNumber(by);
  return and(
    kind === undefined ? inArray(actions.kind, [...LOGGED_KINDS]) : eq(actions.kind, kind),
    decision === undefined ? undefined : eq(actions.id, decision),
    whoActed && eq(actions.actorId, whoActed),
    rule === undefined ? undefined : rule === 'none' ? isNull(actions.rule) : eq(actions.rule, rule),
    from === undefined ? undefined : gte(actions.at, startOf(from)),
    to === undefined ? undefined : lt(actions.at, new Date(startOf(to).getTime() + DAY)),
    onlyAutomatic ? eq(actions.automatic, true) : undefined,
    onlyUndone ? isNotNull(actions.undoneById) : undefined,
    cursor && sql`(${actions.at}, ${actions.id}) <= (${cursor.at}::timestamptz, ${cursor.id}::bigint)`,
  );
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

function idOfNumber(text: string): SQL<MemberId | null> {
  const number = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
  return sql`(select ${members.id} from ${members} where ${members.moderatorNumber} = ${number}::int)`;
}

/**
 * What each decision touched, as `touched (place)`: what it names at place 0, every other post at the place of its id.
 * Merges are one thing however many replies they move. A page's worth at most of each: a decision about thousands of
 * posts costs a page no more than others do.
 */
function touched(sectionId: number | undefined, cursor: LogCursor | undefined): SQL {
  const topicNamed = sql`coalesce(${actions.topicId}, (select topic_id from ${posts} as named where named.id = ${actions.postId}))`;
  const inSection =
    sectionId === undefined
      ? sql`true`
      : sql`(select place_of.section_id from ${topics} as place_of where place_of.id = ${topicNamed}) = ${sectionId}`;
  const postInSection =
    sectionId === undefined
      ? sql`true`
      : sql`(select place_of.section_id from ${topics} as place_of join ${posts} as placed on placed.topic_id = place_of.id
          where placed.id = other.post_id) = ${sectionId}`;
  const openingPost = sql`(select opening_post_id from ${topics} as opened where opened.id = ${actions.topicId})`;
  const isFirst = cursor === undefined ? sql`true` : sql`${actions.id} <> ${cursor.id}::bigint`;
  const isLater =
    cursor === undefined ? sql`true` : sql`(${isFirst} or other.post_id > ${cursor.place}::bigint)`;
  return sql`lateral (
    select 0::bigint as place where ${isFirst} and ${inSection}
    union all (
      select other.post_id from ${actionPosts} as other
      where other.action_id = ${actions.id} and ${actions.kind} not in ('merge', 'unmerge')
        and other.post_id is distinct from coalesce(${actions.postId}, ${openingPost})
        and ${isLater} and ${postInSection}
      order by other.post_id limit ${PAGE + 1})) as touched`;
}

async function selectRows(
  db: Reader,
  viewer: Viewer,
  items: SQL,
  where: SQL | undefined,
  limit: number,
): Promise<LogRow[]> {
  const page = db
    .select({
      id: sql<ActionId>`${actions.id}`.as('page_action'),
      place: sql<number>`touched.place`.mapWith(Number).as('page_place'),
    })
    .from(actions)
    .innerJoin(items, sql`true`)
    .where(where)
    .orderBy(desc(actions.at), desc(actions.id), sql`touched.place`)
    .limit(limit)
    .as('page');
  return db
    .select({
      id: actions.id,
      place: page.place,
      kind: actions.kind,
      at: actions.at,
      rule: actions.rule,
      reason: actions.reason,
      automatic: actions.automatic,
      by: { name: actor.name, number: actor.moderatorNumber },
      // An opening post is named by its topic.
      postId: sql<PostId | null>`case when ${posts.branchId} is not null then ${posts.id} end`.mapWith(
        posts.id,
      ),
      topicId: topics.id,
      title: sql<string | null>`case when ${standingTopics()} then ${topics.title} end`,
      other: otherTopic(),
      author: author.name,
      member: subject.name,
      posts: sql<number>`(select count(*)::int from ${actionPosts} where ${actionPosts.actionId} = ${actions.id})`,
      data: actions.data,
      undone: undoing(),
      appeal: sql<
        LogRow['appeal']
      >`(select json_build_object('at', ${appeals.openedAt}, 'decidedAt', ${appeals.decidedAt}, 'outcome', ${appeals.outcome})
        from ${appeals} where ${appeals.actionId} = ${actions.id})`,
      concernsViewer: concerns(viewer, sql`${page.place} = 0`),
    })
    .from(page)
    .innerJoin(actions, eq(actions.id, page.id))
    .leftJoin(actor, eq(actor.id, actions.actorId))
    .leftJoin(
      posts,
      eq(posts.id, sql`case when ${page.place} = 0 then ${actions.postId} else ${page.place} end`),
    )
    .leftJoin(
      topics,
      eq(
        topics.id,
        sql`case when ${page.place} = 0 then coalesce(${actions.topicId}, ${posts.topicId}) else ${posts.topicId} end`,
      ),
    )
    .leftJoin(
      author,
      and(
        eq(author.id, posts.authorId),
        isNull(posts.withdrawnAt),
        isNull(posts.heldAt),
        ne(actions.kind, 'refuse'),
      ),
    )
    .leftJoin(subject, and(eq(subject.id, actions.memberId), sql`${page.place} = 0`))
    .orderBy(desc(actions.at), desc(actions.id), asc(page.place));
}

function otherTopic(): SQL<LogRow['other']> {
  return sql`(select json_build_object('id', other.id, 'title', case when other.state = 'visible' then other.title end)
    from ${topics} as other
    where other.id = case when ${inArray(actions.kind, ['merge', 'unmerge', 'move-reply'])} then (${actions.data}->>'other')::bigint end)`;
}

function undoing(): SQL<LogRow['undone']> {
  return sql`(select json_build_object('at', undoing.at, 'automatic', undoing.automatic, 'name', undoer.name,
      'number', undoer.moderator_number)
    from ${actions} as undoing left join ${members} as undoer on undoer.id = undoing.actor_id
    where undoing.id = ${actions.undoneById})`;
}

function concerns(viewer: Viewer, isNamed: SQL): SQL<boolean> {
  if (viewer.kind === 'visitor') return sql`false`;
  return sql`(coalesce(${posts.authorId} = ${viewer.id}, false) or (${isNamed} and (coalesce(${actions.memberId} = ${viewer.id}, false)
    or (${actions.postId} is null and coalesce(${topics.authorId} = ${viewer.id}, false)))))`;
}
