// Whom a post is told to, batch by batch in the order of the members: so a job that was killed goes on where it was, and
// however many follow a topic, no transaction is long.
import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Reader } from '../../db/connection.ts';
import { listMuters, wordsInTitle } from '../../db/following.ts';
import { followLevels, posts, sanctions, sources, topics } from '../../db/schema/index.ts';
import { builtOnce, executeNamed, isOneOf, parameter } from '../../db/named-statements.ts';
import { tagsAbove } from '../../db/tag-families.ts';
import { standingPosts } from '../../db/visibility.ts';
import type { FollowLevelId, MemberId, PostId, TagId } from '../../domain/ids.ts';
import type { NoticeKind } from '../../domain/notices.ts';

const parents = alias(posts, 'parents');

export type PostToTell = NonNullable<Awaited<ReturnType<typeof findPostToTell>>>;

/** The post, while everybody can read it; undefined otherwise. */
export async function findPostToTell(db: Database, id: PostId) {
  const [post] = await builtOnce(db, 'post to tell', () => preparePostToTell(db)).execute({ post: id });
  return post;
}

function preparePostToTell(db: Database) {
  return db
    .select({
      id: posts.id,
      topicId: posts.topicId,
      parentId: posts.parentId,
      branchId: posts.branchId,
      authorId: posts.authorId,
      bodyHtml: posts.bodyHtml,
      sectionId: topics.sectionId,
      topicAuthorId: topics.authorId,
      parentAuthorId: parents.authorId,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .leftJoin(parents, eq(parents.id, posts.parentId))
    .where(and(eq(posts.id, parameter<PostId>('post')), standingPosts()))
    .prepare('post to tell');
}

export interface Audience {
  /** Whom it answers; null: nobody, or a former member. */
  readonly answered: MemberId | null;
  readonly named: readonly MemberId[];
  /** What rows of follow_levels must be about to be told of it, and as what. */
  readonly following: readonly { readonly kind: 'topic' | 'new-topic'; readonly subject: SQL }[];
}

/** Whose levels a reply is told by: those of its topic. */
export function followersOfTopic({ topicId }: PostToTell): Audience['following'] {
  return [{ kind: 'topic', subject: eq(followLevels.topicId, topicId) }];
}

/** Whose levels a new topic is told by: those of all it is about. */
export async function followersOfNewTopic(
  db: Reader,
  { topicId, sectionId, authorId }: PostToTell,
): Promise<Audience['following']> {
  const tagged = await db.execute<{ id: string }>(tagsAbove(topicId));
  const standing = and(eq(sources.topicId, topicId), sql`${sources.state} <> 'removed'`);
  const sites = await db.select({ host: sources.publisherHost }).from(sources).where(standing);
  // Looked for once, not for every batch: words have no index that a title could ask.
  const words = await db
    .selectDistinct({ word: sql<string>`${followLevels.word}` })
    .from(followLevels)
    .innerJoin(topics, eq(topics.id, topicId))
    .where(sql`${followLevels.word} is not null and ${followLevels.level} = 'all' and ${wordsInTitle()}`);
  const hosts = sites.flatMap(({ host }) => (host === null ? [] : [host]));
  const { sectionId: section, aboutId, tagId, host, word } = followLevels;
  const subjects = [
    ...(tagged.rows.length > 0
      ? [
          inArray(
            tagId,
            tagged.rows.map(({ id }) => Number(id) as TagId),
          ),
        ]
      : []),
    eq(section, sectionId),
    ...(hosts.length > 0 ? [inArray(host, hosts)] : []),
    ...(authorId === null ? [] : [eq(aboutId, authorId)]),
    ...(words.length > 0
      ? [
          inArray(
            word,
            words.map((row) => row.word),
          ),
        ]
      : []),
  ];
  return subjects.map((subject) => ({ kind: 'new-topic', subject }));
}

export interface Candidate {
  readonly memberId: MemberId;
  readonly kind: NoticeKind;
  readonly followLevelId: FollowLevelId | null;
}

/** The next members after one, each with the strongest reason to be told. */
export async function listCandidates(
  db: Reader,
  { answered, named, following }: Audience,
  after: MemberId,
  limit: number,
): Promise<Candidate[]> {
  const given = (ids: readonly MemberId[], rank: number) =>
    sql`(select unnest(${sql.param([...ids])}::bigint[]) as member_id, ${rank}::int as rank, null::bigint as level_id)`;
  const { memberId, level, id } = followLevels;
  const byLevel = following.map(({ kind, subject }) => {
    const levelId = kind === 'new-topic' ? sql`${id}` : sql`null::bigint`;
    // Each by its own index in the order of the members, and no further than this batch.
    return sql`(select distinct on (${memberId}) ${memberId} as member_id, ${KINDS.indexOf(kind)}::int as rank, ${levelId} as level_id
      from ${followLevels} where ${subject} and ${level} = 'all' and ${memberId} > ${after} order by ${memberId} limit ${limit})`;
  });
  const all = [given(answered === null ? [] : [answered], 0), given(named, 1), ...byLevel];
  const candidates = sql`
    select distinct on (member_id) member_id as id, rank, level_id
    from (${sql.join(all, sql` union all `)}) as candidates
    where member_id > ${after} order by member_id, rank, level_id limit ${limit}`;
  // What new topics are about makes many texts; of replies there are far more, and their statements are alike.
  const name = following.every(({ kind }) => kind === 'topic') ? 'candidates' : undefined;
  const { rows } = await executeNamed<{ id: string; rank: number; level_id: string | null }>(
    db,
    name,
    candidates,
  );
  return rows.map((row) => ({
    memberId: Number(row.id) as MemberId,
    kind: KINDS[row.rank] ?? 'reply',
    followLevelId: row.level_id === null ? null : (Number(row.level_id) as FollowLevelId),
  }));
}

/** The strongest reason first. */
const KINDS: readonly NoticeKind[] = ['reply', 'mention', 'topic', 'new-topic'];

/** Which of these members are not told of the post: they muted it or what it is about, or are kept out for good. */
export async function findSpared(
  db: Reader,
  postId: PostId,
  memberIds: readonly MemberId[],
): Promise<ReadonlySet<MemberId>> {
  if (memberIds.length === 0) return new Set();
  const { memberId, kind, endsAt, liftedAt } = sanctions;
  const forGood = and(eq(kind, 'suspension'), isNull(endsAt), isNull(liftedAt));
  const asking = builtOnce(db, 'barred', () =>
    db
      .select({ memberId })
      .from(sanctions)
      .where(and(isOneOf(memberId, sql.placeholder('members')), forGood))
      .prepare('barred'),
  );
  const barred = await asking.execute({ members: [...memberIds] });
  const muters = await listMuters(db, postId, memberIds);
  return new Set([...muters, ...barred.map((row) => row.memberId)]);
}
