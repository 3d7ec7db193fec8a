// What queue items are about, and how it is found.
import { eq } from 'drizzle-orm';
import { queueItems } from '../../db/schema/index.ts';
import type { ActionId, MemberId, PostId, SourceId, TopicId } from '../../domain/ids.ts';

/** What an item is about: exactly one of these. */
export type QueueSubject =
  | { readonly postId: PostId }
  | { readonly memberId: MemberId }
  | { readonly sourceId: SourceId }
  | { readonly topicId: TopicId }
  | { readonly appealedActionId: ActionId };

export function isAbout(subject: QueueSubject) {
  if ('postId' in subject) return eq(queueItems.postId, subject.postId);
  if ('memberId' in subject) return eq(queueItems.memberId, subject.memberId);
  if ('sourceId' in subject) return eq(queueItems.sourceId, subject.sourceId);
  if ('topicId' in subject) return eq(queueItems.topicId, subject.topicId);
  return eq(queueItems.appealedActionId, subject.appealedActionId);
}
