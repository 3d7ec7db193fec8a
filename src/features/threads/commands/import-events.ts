// What an imported topic leaves in the record: that it was posted, answered, edited and withdrawn, each at its time.
import type { Tx } from '../../../db/connection.ts';
import type { MemberId, PostId, RevisionId, TopicId } from '../../../domain/ids.ts';
import type { PostPurpose, TopicKind } from '../../../domain/post-text.ts';
import { type EventToRecord, recordEvents } from '../events.ts';

/** A post of the topic, as far as the record tells of it. */
export interface RecordedPost {
  readonly id: PostId;
  readonly parentId: PostId | null;
  /** Null: the opening post. */
  readonly branchId: PostId | null;
  readonly authorId: MemberId | null;
  readonly postedAt: Date;
  readonly heldAt?: Date;
  readonly withdrawnAt?: Date;
  readonly purpose?: PostPurpose;
  readonly edits: readonly RecordedEdit[];
}

export interface RecordedEdit {
  readonly revisionId: RevisionId;
  readonly at: Date;
  readonly silent: boolean;
  readonly retitled: boolean;
  /** False when only the title was changed. */
  readonly rewritten: boolean;
}

/** Events of one INSERT: their parameters stay below PostgreSQL's 65,535. */
const EVENTS_AT_ONCE = 5_000;

/** Records what happened to a topic before it was imported, in the order in which it happened. */
export async function recordImported(
  tx: Tx,
  topic: { readonly id: TopicId; readonly kind: TopicKind },
  posts: readonly RecordedPost[],
): Promise<void> {
  const happened = posts
    .flatMap((post) => eventsOf(topic, post))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  for (let start = 0; start < happened.length; start += EVENTS_AT_ONCE)
    await recordEvents(tx, happened.slice(start, start + EVENTS_AT_ONCE));
}

function eventsOf(topic: { readonly id: TopicId; readonly kind: TopicKind }, post: RecordedPost) {
  const about = { actorId: post.authorId, topicId: topic.id, postId: post.id };
  const happened = [appearance(topic.kind, post, about)];
  for (const { revisionId, at, silent, retitled, rewritten } of post.edits) {
    if (retitled) happened.push({ kind: 'title-edited', ...about, data: { revisionId }, at });
    if (rewritten) happened.push({ kind: 'post-edited', ...about, data: { revisionId, silent }, at });
  }
  if (post.withdrawnAt) happened.push({ kind: 'post-withdrawn', ...about, data: {}, at: post.withdrawnAt });
  return happened;
}

/** "Others can read this from now on", or that they cannot yet. */
function appearance(
  topicKind: TopicKind,
  { heldAt, postedAt, parentId, branchId, purpose = null }: RecordedPost,
  about: { readonly actorId: MemberId | null; readonly topicId: TopicId; readonly postId: PostId },
): EventToRecord {
  if (heldAt) return { kind: 'post-held', ...about, data: { cause: 'first-links' }, at: heldAt };
  if (branchId === null) return { kind: 'topic-posted', ...about, data: { topicKind }, at: postedAt };
  return { kind: 'reply-posted', ...about, data: { parentId, branchId, purpose }, at: postedAt };
}
