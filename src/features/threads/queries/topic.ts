// One topic with its replies: at most four queries whatever its size (DESIGN section 9).
import { and, eq, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { parameter, statementFor } from '../../../db/named-statements.ts';
import { countsFrom } from '../../../db/ranks.ts';
import { actions, hides, members, posts, sections, topics } from '../../../db/schema/index.ts';
import type { TopicKind } from '../../../domain/post-text.ts';
import { followLevelOf } from '../../../db/following.ts';
import { readableText } from '../../../db/visibility.ts';
import type { FollowLevel } from '../../../domain/following.ts';
import type { MemberId, PostId, SectionId, TopicId } from '../../../domain/ids.ts';
import type { State } from '../../../domain/state.ts';
import type { Role, Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { draftOfTopic, type TopicDraft } from '../../drafts/index.ts';
import { hideNotice, type HideNotice, memberIdWhere } from './blanks.ts';
import { tagsOfTopic, votedBy } from './topic-rows.ts';
import { savedBy } from './saved.ts';
import { type MergedTopic, mergedTopics } from './merged-topics.ts';
import { sourcesOfTopic, type TopicSource } from './topic-sources.ts';
import { type TopicVisit, visitOf } from './visit.ts';

export interface TopicDetails {
  readonly id: TopicId;
  readonly kind: TopicKind;
  readonly slug: string;
  readonly title: string;
  readonly titleEditedAt: Date | null;
  readonly state: State;
  /** Set below a hide or hold, too, which the state does not tell. */
  readonly withdrawnAt: Date | null;
  /** Set while it awaits approval, and for good when it was refused. */
  readonly heldAt: Date | null;
  readonly sectionId: SectionId;
  readonly sectionSlug: string;
  readonly sectionName: string;
  /** Null: a former member, or another's topic that was withdrawn. */
  readonly authorId: MemberId | null;
  readonly authorName: string | null;
  readonly authorRole: Role | null;
  readonly postedAt: Date;
  readonly lockedAt: Date | null;
  readonly lockReason: string | null;
  readonly pinnedUntil: Date | null;
  readonly replyCount: number;
  readonly lastActivityAt: Date;
  readonly openingPostId: PostId;
  readonly score: number;
  readonly editedAt: Date | null;
  readonly version: number;
  readonly modelWritten: boolean;
  readonly bodyHtml: SafeHtml | null;
  readonly hide: HideNotice | null;
  readonly voted: boolean;
  readonly saved: boolean;
  /** What the viewer wants to hear of it. */
  readonly level: FollowLevel | null;
  /** The primary documents first, the rest by time; none of a withdrawn topic. */
  readonly sources: readonly TopicSource[];
  readonly tags: readonly { readonly slug: string; readonly name: string }[];
  /** Where its address leads since it was merged; null: it stands for itself. */
  readonly mergedIntoId: TopicId | null;
  /** From when it takes replies and votes for so long: see countsFrom. */
  readonly countsFrom: Date;
  /** What was merged into it. */
  readonly merged: readonly MergedTopic[];
  /** Members other than the author with a visible reply. */
  readonly replierCount: number;
  /** The newest post that stands in it, on whichever page. */
  readonly newestPostId: PostId;
  /** What the viewer has read of it. Null: never been here, or a visitor. */
  readonly visit: TopicVisit | null;
  /** What the viewer began to reply to it and has not sent. */
  readonly draft: TopicDraft | null;
}

/**
 * The topic with what stands above its replies, as this viewer may see it; undefined when there is none. Text, sources and author of a withdrawn one are blank.
 */
export async function findTopic(db: Reader, id: TopicId, viewer: Viewer): Promise<TopicDetails | undefined> {
  const find = statementFor(db, viewer, 'topic', (asking) => selectTopic(db, asking).prepare('topic'));
  const [row] = await find({ topic: id });
  return row;
}

/** By the parameter `topic`. */
function selectTopic(db: Reader, viewer: Viewer) {
  // A withdrawn topic is still its author's; nobody else may learn whose it was, not from the marks on replies either.
  const named = or(
    isNull(topics.withdrawnAt),
    viewer.kind === 'member' ? eq(topics.authorId, viewer.id) : undefined,
  ) as SQL;
  const id = parameter<TopicId>('topic');
  return db
    .select({
      id: topics.id,
      kind: topics.kind,
      slug: topics.slug,
      title: topics.title,
      titleEditedAt: topics.titleEditedAt,
      state: topics.state,
      withdrawnAt: topics.withdrawnAt,
      heldAt: topics.heldAt,
      sectionId: topics.sectionId,
      sectionSlug: sections.slug,
      sectionName: sections.name,
      authorId: memberIdWhere(named, topics.authorId),
      authorName: members.name,
      authorRole: members.role,
      postedAt: topics.postedAt,
      lockedAt: topics.lockedAt,
      pinnedUntil: topics.pinnedUntil,
      replyCount: topics.replyCount,
      lastActivityAt: topics.lastActivityAt,
      openingPostId: posts.id,
      score: posts.score,
      editedAt: posts.editedAt,
      version: posts.version,
      modelWritten: posts.modelWritten,
      bodyHtml: readableText(viewer, posts.bodyHtml) as SQL<SafeHtml | null>,
      lockReason: sql<
        string | null
      >`(select ${actions.reason} from ${actions} where ${actions.topicId} = ${topics.id} and ${actions.kind} = 'lock'
        and ${topics.lockedAt} is not null order by ${actions.id} desc limit 1)`,
      replierCount: topics.replierCount,
      hide: hideNotice(sql`${hides.topicId} = ${topics.id}`),
      voted: votedBy(viewer, posts.id),
      saved: savedBy(viewer, posts.id),
      level: followLevelOf(viewer, { topic: topics.id }),
      sources: sourcesOfTopic(),
      tags: tagsOfTopic(),
      mergedIntoId: topics.mergedIntoId,
      countsFrom,
      merged: mergedTopics(db, viewer, id),
      newestPostId: sql`(select max(id) from ${posts} as standing where standing.topic_id = ${topics.id}
        and (standing.state = 'visible' or standing.branch_id is null))`.mapWith(
        (newest) => Number(newest) as PostId,
      ),
      visit: visitOf(viewer),
      draft: draftOfTopic(viewer),
    })
    .from(topics)
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .innerJoin(posts, eq(posts.id, topics.openingPostId))
    .leftJoin(members, and(eq(members.id, topics.authorId), isNull(topics.withdrawnAt)))
    .where(eq(topics.id, id));
}
