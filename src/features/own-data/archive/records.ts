// From rows to the records of the JSON files.
import { paths } from '../../../web/paths.ts';
import type { ReplyOfMember, TopicOfMember } from './rows.ts';

type Post = TopicOfMember['post'];

/** @param siteUrl in front of every address */
export function topicRecord(
  { topic, section, post, tags, sources, revisions }: TopicOfMember,
  siteUrl: string,
) {
  return {
    id: topic.id,
    address: siteUrl + paths.topic(topic),
    kind: topic.kind,
    title: topic.title,
    section,
    tags,
    sources,
    replies: topic.replyCount,
    locked_at: topic.lockedAt,
    ...textOf(post),
    revisions,
  };
}

export function replyRecord({ topic, post, revisions }: ReplyOfMember, siteUrl: string) {
  return {
    id: post.id,
    address: siteUrl + paths.post(post.id),
    topic: { id: topic.id, title: topic.title, address: siteUrl + topicAddress(topic) },
    answers: post.parentId,
    purpose: post.purpose,
    ...textOf(post),
    revisions,
  };
}

function topicAddress({ id, slug }: ReplyOfMember['topic']): string {
  return slug === null ? paths.topicById(id) : paths.topic({ id, slug });
}

function textOf({ postedAt, editedAt, version, state, withdrawnAt, modelWritten, score, bodyMd }: Post) {
  return {
    posted_at: postedAt,
    edited_at: editedAt,
    version,
    state,
    withdrawn_at: withdrawnAt,
    model_written: modelWritten,
    score,
    markdown: bodyMd,
  };
}
