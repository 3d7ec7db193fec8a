// What an imported topic leaves in the record: that it was posted, answered, edited and withdrawn, each at its time.
import type { MemberId, PostId, RevisionId, TopicId } from '../../../domain/ids.ts';
import type { PostPurpose, TopicKind } from '../../../domain/post-text.ts';
import type { EventToRecord } from '../events.ts';

interface RecordedTopic {
  readonly id: TopicId;
  readonly kind: TopicKind;
}

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
}

export interface RecordedEdit {
  readonly revisionId: RevisionId;
  readonly postId: PostId;
  readonly actorId: MemberId | null;
  readonly at: Date;
  readonly silent: boolean;
  readonly retitled: boolean;
  /** False when only the title was changed. */
  readonly rewritten: boolean;
}

/** What happened in a topic before it was imported, in the order in which it happened. */
export function eventsBefore(
  topic: RecordedTopic,
  posts: readonly RecordedPost[],
  edits: readonly RecordedEdit[],
): EventToRecord[] {
  return [
    ...posts.map((post) => appearance(topic, post)),
    ...edits.flatMap((edit) => eventsOfEdit(topic, edit)),
    ...posts.flatMap((post) => eventsOfWithdrawal(topic, post)),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Others can read the post from now on, or it waits for that. */
function appearance(topic: RecordedTopic, post: RecordedPost): EventToRecord {
  const { id: postId, authorId: actorId, heldAt, postedAt, parentId, branchId, purpose = null } = post;
  const about = { actorId, topicId: topic.id, postId };
  if (heldAt) return { kind: 'post-held', ...about, data: { cause: 'first-links' }, at: heldAt };
  if (branchId === null)
    return { kind: 'topic-posted', ...about, data: { topicKind: topic.kind }, at: postedAt };
  return { kind: 'reply-posted', ...about, data: { parentId, branchId, purpose }, at: postedAt };
}

function eventsOfEdit({ id: topicId }: RecordedTopic, edit: RecordedEdit): EventToRecord[] {
  const { revisionId, postId, actorId, at, silent, retitled, rewritten } = edit;
  const about = { actorId, topicId, postId, at };
  const events: EventToRecord[] = [];
  if (retitled) events.push({ kind: 'title-edited', ...about, data: { revisionId } });
  if (rewritten) events.push({ kind: 'post-edited', ...about, data: { revisionId, silent } });
  return events;
}

function eventsOfWithdrawal({ id: topicId }: RecordedTopic, post: RecordedPost): EventToRecord[] {
  const { id: postId, authorId: actorId, withdrawnAt: at } = post;
  return at ? [{ kind: 'post-withdrawn', actorId, topicId, postId, data: {}, at }] : [];
}
