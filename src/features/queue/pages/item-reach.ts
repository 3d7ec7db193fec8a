// What a decision about an item would touch, in sentences.
import { counted } from '../../../web/moments.ts';
import type { Around } from '../around.ts';
import type { PostRow } from '../queries/subjects.ts';
import type { Subject } from './item-subject.ts';

export function reachOf(kind: string, { post, source, concernedId }: Subject, around: Around): string[] {
  if (kind === 'appeal') return [];
  if (post) return reachOfPost(post, around);
  if (source) return reachOfHost(source.host, around);
  const author = around.authors.find(({ id }) => id === concernedId);
  return author && author.posts > 0
    ? [`Has written ${counted(author.posts, 'post', 'posts')}, which a suspension can hide.`]
    : [];
}

function reachOfPost(post: PostRow, around: Around): string[] {
  const { id, isOpening, topic, links } = post;
  const below = around.below.find(({ postId }) => postId === id);
  const linked = around.links.find(({ postId }) => postId === id);
  const counts = isOpening
    ? { replies: topic.replyCount, people: topic.replierCount }
    : { replies: below?.replies ?? 0, people: below?.people ?? 0 };
  // Someone who answers themselves is still somebody whose replies go.
  const people = counted(Math.max(1, counts.people), 'person', 'people');
  const replies = `${counted(counts.replies, 'reply', 'replies')} by ${people}`;
  return [
    ...(counts.replies === 0
      ? []
      : [isOpening ? `Hiding the topic hides ${replies}.` : `Hide with replies hides ${replies}.`]),
    ...(linked ? [`${linkedFrom(linked)} it.`] : []),
    ...[...new Set(links.map(({ host }) => host))].flatMap((host) => reachOfHost(host, around)),
  ];
}

function linkedFrom({ digests, posts }: { readonly digests: number; readonly posts: number }): string {
  const parts = [
    ...(digests > 0 ? [counted(digests, 'digest', 'digests')] : []),
    ...(posts > 0 ? [counted(posts, 'post', 'posts')] : []),
  ];
  return `${parts.join(' and ')} ${digests + posts === 1 ? 'links' : 'link'}`;
}

function reachOfHost(host: string, { hosts }: Around): string[] {
  const topics = hosts.find((each) => each.host === host)?.topics ?? 0;
  return topics < 2 ? [] : [`${counted(topics, 'topic has', 'topics have')} a source on ${host}.`];
}
