// A member's drafts: one that a composer goes on with, and the list of all. What they were to answer is named only while
// the member can read it.
import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { drafts, members, posts, topics } from '../../db/schema/index.ts';
import { openableTopics, readablePosts } from '../../db/visibility.ts';
import type { DraftFields, DraftPlace } from '../../domain/drafts.ts';
import type { DraftId, MemberId, PostId, TopicId } from '../../domain/ids.ts';
import type { Member, Viewer } from '../../domain/viewer.ts';

export interface Draft {
  readonly id: DraftId;
  readonly formId: string;
  readonly place: DraftPlace;
  readonly fields: DraftFields;
  readonly savedAt: Date;
}

export const DRAFT = {
  id: drafts.id,
  formId: drafts.formId,
  topicId: drafts.topicId,
  parentId: drafts.parentId,
  postId: drafts.postId,
  fields: drafts.fields,
  savedAt: drafts.savedAt,
};

interface DraftRow extends Omit<Draft, 'place'> {
  readonly topicId: TopicId | null;
  readonly parentId: PostId | null;
  readonly postId: PostId | null;
}

export function draftOf({ topicId, parentId, postId, ...row }: DraftRow): Draft {
  return { ...row, place: placeOf({ topicId, parentId, postId }) };
}

function placeOf({
  topicId,
  parentId,
  postId,
}: Pick<DraftRow, 'topicId' | 'parentId' | 'postId'>): DraftPlace {
  if (postId !== null) return { kind: 'edit', postId };
  return topicId === null ? { kind: 'topic' } : { kind: 'reply', topicId, parentId };
}

/** An own draft by its id. */
export async function findDraft(db: Reader, viewer: Viewer, id: DraftId): Promise<Draft | undefined> {
  if (viewer.kind !== 'member') return undefined;
  const [row] = await db
    .select(DRAFT)
    .from(drafts)
    .where(and(eq(drafts.memberId, viewer.id), eq(drafts.id, id)));
  return row && draftOf(row);
}

/** The own draft of a reply or an edit; of new topics there can be several, and none of them is meant. */
export async function findDraftAt(db: Reader, viewer: Viewer, place: DraftPlace): Promise<Draft | undefined> {
  if (viewer.kind !== 'member' || place.kind === 'topic') return undefined;
  const [row] = await db.select(DRAFT).from(drafts).where(isAt(viewer.id, place));
  return row && draftOf(row);
}

/** The rows of a member at a place: of replies and edits at most one. */
export function isAt(memberId: MemberId, place: DraftPlace): SQL {
  const own = eq(drafts.memberId, memberId);
  switch (place.kind) {
    case 'topic':
      return and(own, isNull(drafts.topicId), isNull(drafts.postId)) as SQL;
    case 'reply':
      // A reply's topic may have become another one since.
      return place.parentId === null
        ? (and(own, eq(drafts.topicId, place.topicId), isNull(drafts.parentId)) as SQL)
        : (and(own, eq(drafts.parentId, place.parentId)) as SQL);
    case 'edit':
      return and(own, eq(drafts.postId, place.postId)) as SQL;
  }
}

export interface DraftListed extends Draft {
  /** Of the topic that it answers or changes; null when there is none, or it cannot be read (any more). */
  readonly title: string | null;
  /** Who wrote the reply that it answers; null when there is none, or it cannot be read. */
  readonly answeredName: string | null;
  /** The post that it edits opens a topic. */
  readonly editsTopic: boolean;
}

/** All drafts of a member, the last one first. There are never many. */
export async function listDrafts(db: Reader, viewer: Member): Promise<DraftListed[]> {
  const openable = openableTopics(viewer);
  const rows = await db
    .select({
      ...DRAFT,
      title: sql<string | null>`case when ${openable} then ${topics.title} end`,
      answeredName: sql<
        string | null
      >`case when ${drafts.parentId} is not null and ${readablePosts(viewer)} and (${openable}) then ${members.name} end`,
      editsTopic: sql<boolean>`${drafts.postId} is not null and ${posts.branchId} is null`,
    })
    .from(drafts)
    .leftJoin(posts, sql`${posts.id} = coalesce(${drafts.parentId}, ${drafts.postId})`)
    .leftJoin(topics, sql`${topics.id} = coalesce(${posts.topicId}, ${drafts.topicId})`)
    .leftJoin(members, eq(members.id, posts.authorId))
    .where(eq(drafts.memberId, viewer.id))
    .orderBy(desc(drafts.savedAt), desc(drafts.id));
  return rows.map(({ title, answeredName, editsTopic, ...row }) => ({
    ...draftOf(row),
    title,
    answeredName,
    editsTopic,
  }));
}

/** The newest draft of a new topic. */
export async function findTopicDraft(db: Reader, viewer: Viewer): Promise<Draft | undefined> {
  if (viewer.kind !== 'member') return undefined;
  const [row] = await db
    .select(DRAFT)
    .from(drafts)
    .where(isAt(viewer.id, { kind: 'topic' }))
    .orderBy(desc(drafts.savedAt), desc(drafts.id))
    .limit(1);
  return row && draftOf(row);
}

/** As JSON has it: the moment is a text. */
export interface TopicDraft {
  readonly id: DraftId;
  readonly fields: DraftFields;
  readonly savedAt: string;
}

/** The draft of a reply to a topic as one column of the query for its page; null without one. For a row of `topics`. */
export function draftOfTopic(viewer: Viewer): SQL<TopicDraft | null> {
  if (viewer.kind !== 'member') return sql<null>`null`;
  return sql`(select json_build_object('id', ${drafts.id}, 'fields', ${drafts.fields}, 'savedAt', ${drafts.savedAt})
    from ${drafts} where ${and(eq(drafts.memberId, viewer.id), eq(drafts.topicId, topics.id), isNull(drafts.parentId))})`;
}
