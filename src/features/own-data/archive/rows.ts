// What a member's archive is made of, read in pages by keyset: memory does not grow with how much they wrote.
import { and, asc, eq, gt, gte, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import {
  actions,
  appeals,
  branchVisits,
  followLevels,
  mailings,
  noticeChoices,
  notifications,
  posts,
  revisions,
  sanctions,
  saves,
  sections,
  sources,
  suggestions,
  tags,
  topics,
  topicTags,
  visits,
  votes,
} from '../../../db/schema/index.ts';
import type { MemberId, PostId } from '../../../domain/ids.ts';

const ROWS = 200;

/** All rows of a query that gives so many after a key. */
export async function* inPages<Row>(
  load: (after: number, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => number,
): AsyncGenerator<Row> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: readonly Row[] = await load(after, ROWS);
    yield* page;
    const last: Row | undefined = page.at(-1);
    after = last === undefined || page.length < ROWS ? undefined : keyOf(last);
  }
}

/** Topics that a member opened, with their texts. */
export function topicsOf(db: Reader, memberId: MemberId) {
  return inPages(
    (after, limit) =>
      db
        .select({
          topic: topics,
          section: sections.name,
          post: posts,
          tags: sql<
            string[]
          >`coalesce((select json_agg(${tags.name} order by ${topicTags.position}) from ${topicTags}
            join ${tags} on ${tags.id} = ${topicTags.tagId} where ${topicTags.topicId} = ${topics.id}), '[]'::json)`,
          sources: sql<
            string[]
          >`coalesce((select json_agg(${sources.url} order by ${sources.id}) from ${sources}
            where ${sources.topicId} = ${topics.id} and ${sources.addedById} = ${memberId}), '[]'::json)`,
          revisions: revisionsOf(topics.openingPostId),
        })
        .from(topics)
        .innerJoin(sections, eq(sections.id, topics.sectionId))
        .innerJoin(posts, eq(posts.id, topics.openingPostId))
        .where(and(eq(topics.authorId, memberId), gt(topics.id, after as typeof topics.$inferSelect.id)))
        .orderBy(asc(topics.id))
        .limit(limit),
    ({ topic }) => topic.id,
  );
}
export type TopicOfMember = Yielded<typeof topicsOf>;

const replied = isNotNull(posts.branchId);

/** A column of a reply's topic, where the member may know it. */
function known(column: typeof topics.title | typeof topics.slug): SQL<string | null> {
  return sql<
    string | null
  >`case when ${topics.state} in ('visible', 'withdrawn') or ${topics.authorId} = ${posts.authorId} then ${column} end`;
}

/** Replies of a member. @param month only those of "2026-04" */
export function repliesOf(db: Reader, memberId: MemberId, month?: string) {
  return inPages(
    (after, limit) =>
      db
        .select({
          post: posts,
          // Of a topic that was hidden since, or never was for others, no title, nor the slug that repeats it.
          topic: { id: topics.id, slug: known(topics.slug), title: known(topics.title) },
          revisions: revisionsOf(posts.id),
        })
        .from(posts)
        .innerJoin(topics, eq(topics.id, posts.topicId))
        .where(
          and(
            eq(posts.authorId, memberId),
            replied,
            gt(posts.id, after as PostId),
            ...(month === undefined ? [] : within(month)),
          ),
        )
        .orderBy(asc(posts.id))
        .limit(limit),
    ({ post }) => post.id,
  );
}
export type ReplyOfMember = Yielded<typeof repliesOf>;

function within(month: string): SQL[] {
  const begin = new Date(`${month}-01T00:00:00Z`);
  const end = new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + 1));
  return [gte(posts.postedAt, begin), lt(posts.postedAt, end)];
}

/** The months in which a member replied: "2026-04". */
export async function monthsOf(db: Reader, memberId: MemberId): Promise<string[]> {
  const month = sql<string>`to_char(${posts.postedAt} at time zone 'UTC', 'YYYY-MM')`;
  const rows = await db
    .selectDistinct({ month })
    .from(posts)
    .where(and(eq(posts.authorId, memberId), replied))
    .orderBy(month);
  return rows.map((row) => row.month);
}

interface Revision {
  readonly version: number;
  readonly title: string | null;
  readonly markdown: string;
  readonly replaced_at: string;
}

/** Earlier texts, but those that a moderator blanked: they are nobody's to pass on any more. */
function revisionsOf(postId: typeof posts.id | typeof topics.openingPostId): SQL<readonly Revision[]> {
  return sql`coalesce((select json_agg(json_build_object('version', ${revisions.version}, 'title', ${revisions.title},
      'markdown', ${revisions.bodyMd}, 'replaced_at', ${revisions.replacedAt}) order by ${revisions.version})
    from ${revisions} where ${revisions.postId} = ${postId} and ${isNull(revisions.blankedAt)}), '[]'::json)`;
}

export function votesOf(db: Reader, memberId: MemberId) {
  const { postId, castAt } = votes;
  return inPages(
    (after, limit) =>
      db
        .select({ postId, castAt })
        .from(votes)
        .where(and(eq(votes.memberId, memberId), gt(postId, after as PostId)))
        .orderBy(asc(postId))
        .limit(limit),
    (row) => row.postId,
  );
}

/** Of topics longer than a page: the branches that were shown beyond the topic's own mark. */
const branchMarks = sql<
  { readonly branch: PostId; readonly seen: PostId }[]
>`coalesce((select json_agg(json_build_object('branch', read.branch_id, 'seen', read.seen_post_id) order by read.branch_id)
  from ${branchVisits} as read join ${posts} as top on top.id = read.branch_id
  where ${and(sql`read.member_id = visits.member_id`, sql`top.topic_id = visits.topic_id`)}), '[]'::json)`;

export function visitsOf(db: Reader, memberId: MemberId) {
  const { topicId, seenPostId, visitedAt } = visits;
  return inPages(
    (after, limit) =>
      db
        .select({ topicId, seenPostId, visitedAt, branches: branchMarks })
        .from(visits)
        .where(and(eq(visits.memberId, memberId), gt(topicId, after as typeof topics.$inferSelect.id)))
        .orderBy(asc(topicId))
        .limit(limit),
    (row) => row.topicId,
  );
}

export function notificationsOf(db: Reader, memberId: MemberId) {
  const { id, kind, at, readAt, inInbox, mail, mailedAt, topicId, postId } = notifications;
  return inPages(
    (after, limit) =>
      db
        .select({ id, kind, at, readAt, inInbox, mail, mailedAt, topicId, postId })
        .from(notifications)
        .where(
          and(eq(notifications.memberId, memberId), gt(id, after as typeof notifications.$inferSelect.id)),
        )
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}

/** Of which days and weeks mails were ordered: never so many that they would want pages, since they are soon forgotten. */
export async function* mailingsOf(db: Reader, memberId: MemberId) {
  const { kind, day, orderedAt } = mailings;
  yield* await db
    .select({ kind, day, orderedAt })
    .from(mailings)
    .where(eq(mailings.memberId, memberId))
    .orderBy(asc(day), asc(kind));
}

/** By which channels a member wants to be told of what: at most one a kind. */
export async function* noticeChoicesOf(db: Reader, memberId: MemberId) {
  const { kind, inbox, mail } = noticeChoices;
  yield* await db
    .select({ kind, inbox, mail })
    .from(noticeChoices)
    .where(eq(noticeChoices.memberId, memberId))
    .orderBy(asc(kind));
}

/** What a member follows and mutes: never so much that it would want pages. */
export async function* followsOf(db: Reader, memberId: MemberId) {
  const { level, setAt, topicId, host, aboutId, word } = followLevels;
  yield* await db
    .select({ level, setAt, topicId, tag: tags.slug, section: sections.slug, host, aboutId, word })
    .from(followLevels)
    .leftJoin(tags, eq(tags.id, followLevels.tagId))
    .leftJoin(sections, eq(sections.id, followLevels.sectionId))
    .where(eq(followLevels.memberId, memberId))
    .orderBy(asc(followLevels.id));
}

/** What a member keeps, with their notes. */
export function savesOf(db: Reader, memberId: MemberId) {
  const { postId, note, savedAt } = saves;
  return inPages(
    (after, limit) =>
      db
        .select({ postId, note, savedAt })
        .from(saves)
        .where(and(eq(saves.memberId, memberId), gt(postId, after as PostId)))
        .orderBy(asc(postId))
        .limit(limit),
    (row) => row.postId,
  );
}

/** Articles that a member brought, to topics of their own and of others. */
export function sourcesOf(db: Reader, memberId: MemberId) {
  const { id, topicId, url, role, addedAt, state } = sources;
  return inPages(
    (after, limit) =>
      db
        .select({ id, topicId, url, role, addedAt, state })
        .from(sources)
        .where(and(eq(sources.addedById, memberId), gt(id, after as typeof sources.$inferSelect.id)))
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}

/** What a member proposed to change. */
export function suggestionsOf(db: Reader, memberId: MemberId) {
  const { id, kind, topicId, shown, suggestedAt, closedAt, outcome } = suggestions;
  return inPages(
    (after, limit) =>
      db
        .select({ id, kind, topicId, shown, suggestedAt, closedAt, outcome })
        .from(suggestions)
        .where(and(eq(suggestions.memberId, memberId), gt(id, after as typeof suggestions.$inferSelect.id)))
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}

export function sanctionsOf(db: Reader, memberId: MemberId) {
  const { id, kind, startsAt, endsAt, liftedAt } = sanctions;
  return inPages(
    (after, limit) =>
      db
        .select({ id, kind, startsAt, endsAt, liftedAt, rule: actions.rule, reason: actions.reason })
        .from(sanctions)
        .innerJoin(actions, eq(actions.id, sanctions.actionId))
        .where(and(eq(sanctions.memberId, memberId), gt(id, after)))
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}

export function appealsOf(db: Reader, memberId: MemberId) {
  const { id, text, openedAt, decidedAt, outcome } = appeals;
  return inPages(
    (after, limit) =>
      db
        .select({ id, text, openedAt, decidedAt, outcome })
        .from(appeals)
        .where(and(eq(appeals.memberId, memberId), gt(id, after)))
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}

type Yielded<Load extends (...given: never[]) => AsyncIterable<unknown>> =
  ReturnType<Load> extends AsyncIterable<infer Row> ? Row : never;
