// What a list shows of a topic, as columns of one query.
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import {
  members,
  posts,
  sections,
  sources,
  tags,
  topics,
  topicTags,
  votes,
} from '../../../db/schema/index.ts';
import { currentSnapshot, type Snapshot } from '../../../db/snapshots.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import type { TopicKind } from '../../../domain/post-text.ts';
import type { State } from '../../../domain/state.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { inOrderOfPosting } from '../../links/index.ts';
import { newestOpeningPost } from './new-topics.ts';
import { unseenReplies } from './unseen.ts';

export interface TopicRow {
  readonly id: TopicId;
  readonly kind: TopicKind;
  readonly slug: string;
  readonly title: string;
  readonly state: State;
  readonly openingPostId: PostId;
  readonly sectionSlug: string;
  readonly sectionName: string;
  readonly authorId: MemberId | null;
  readonly authorName: string | null;
  readonly postedAt: Date;
  readonly lastActivityAt: Date;
  readonly lockedAt: Date | null;
  readonly replyCount: number;
  readonly score: number;
  readonly hotRank: number;
  /** What the page it stands on was read by. */
  readonly snapshot: Snapshot;
  /** The opening post of the newest topic of the forum then. */
  readonly newest: PostId | null;
  /** What it was posted with: a document that somebody adds later does not turn its headline elsewhere. */
  readonly source: { readonly url: string; readonly host: string } | null;
  readonly tags: readonly { readonly slug: string; readonly name: string }[];
  readonly voted: boolean;
  /** Its opening post, by its author's own word. */
  readonly modelWritten: boolean;
  /** How many replies are new to the viewer; null: never opened, or a visitor. */
  readonly unseen: number | null;
  /** What it was merged into, for the author's own list; no title where that is gone. Null: it stands for itself. */
  readonly mergedInto: { readonly id: TopicId; readonly title: string | null } | null;
}

/** Columns of `topics` narrow and order it. */
export function selectTopics(db: Reader, viewer: Viewer) {
  return db
    .select({
      id: topics.id,
      kind: topics.kind,
      slug: topics.slug,
      title: topics.title,
      state: topics.state,
      openingPostId: sql<PostId>`${topics.openingPostId}`.mapWith((id) => Number(id) as PostId),
      sectionSlug: sections.slug,
      sectionName: sections.name,
      authorId: topics.authorId,
      authorName: members.name,
      postedAt: topics.postedAt,
      lastActivityAt: topics.lastActivityAt,
      lockedAt: topics.lockedAt,
      replyCount: topics.replyCount,
      score: shownScore(viewer),
      topScore: topics.score,
      hotRank: topics.hotRank,
      snapshot: currentSnapshot,
      newest: newestOpeningPost,
      source: sql<
        TopicRow['source']
      >`(select json_build_object('url', ${sources.url}, 'host', ${sources.publisherHost}) from ${sources}
        where ${sources.topicId} = ${topics.id} and ${sources.state} <> 'removed' 
        order by ${sql.join(inOrderOfPosting(), sql`, `)} limit 1)`,
      tags: tagsOfTopic(),
      voted: votedBy(viewer, topics.openingPostId),
      modelWritten: sql<boolean>`(select ${posts.modelWritten} from ${posts} where ${posts.id} = ${topics.openingPostId})`,
      unseen: unseenReplies(viewer),
      mergedInto: sql<
        TopicRow['mergedInto']
      >`(select json_build_object('id', target.id, 'title', case when target.state = 'visible' then target.title end)
        from ${topics} as target where target.id = ${topics.mergedIntoId})`,
    })
    .from(topics)
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, topics.authorId));
}

/** The tags of a row of `topics`, in their order. */
export function tagsOfTopic(): SQL<TopicRow['tags']> {
  return sql<TopicRow['tags']>`coalesce((
    select json_agg(json_build_object('slug', ${tags.slug}, 'name', ${tags.name}) order by ${topicTags.position})
    from ${topicTags} join ${tags} on ${tags.id} = ${topicTags.tagId} where ${topicTags.topicId} = ${topics.id}), '[]'::json)`;
}

/** A topic is ranked a moment after a vote (rank-topics.ts): members are not to miss their own until then. */
function shownScore(viewer: Viewer): SQL<number> {
  if (viewer.kind !== 'member') return sql<number>`${topics.score}`;
  return sql<number>`coalesce((select ${posts.score} from ${posts} where ${posts.id} = ${topics.openingPostId}), 0)`;
}

/** Whether the viewer has upvoted the post in the given column; false for visitors, without a look at the votes. */
export function votedBy(viewer: Viewer, postId: typeof topics.openingPostId | typeof posts.id): SQL<boolean> {
  if (viewer.kind !== 'member') return sql<boolean>`false`;
  return sql<boolean>`exists (select from ${votes} where ${votes.memberId} = ${viewer.id} and ${votes.postId} = ${postId})`;
}
