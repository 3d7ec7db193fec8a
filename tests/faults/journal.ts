// What was sent and what was answered for: every write of the load, and what must therefore be in the database.
import type { PostId, TopicId } from '../../src/domain/ids.ts';
import type { LoadMember } from './fault-forum.ts';

/** A topic's opening post, or a reply, that the load has sent. */
export interface SentPost {
  readonly kind: 'topic' | 'reply';
  readonly author: LoadMember;
  readonly formId: string;
  /** A topic's article. */
  readonly url: string;
  /** The reply that is answered; null at the top of a topic, and for opening posts. */
  readonly parentId: PostId | null;
  /** Others answer, vote and flag it; the rest belongs to its author, who edits and withdraws it. */
  readonly forOthers: boolean;
  /** Whether it was answered with 303; until then it may be there or not. */
  answered: boolean;
  /** An opening post's is known once the database was looked at: its answer names the topic. */
  id: PostId | undefined;
  topicId: TopicId | undefined;
  /** Every text that was answered for, the first one first. */
  readonly texts: string[];
  /** An edit that was sent and not answered. */
  textInDoubt: string | undefined;
  withdrawn: boolean;
  withdrawalInDoubt: boolean;
}

/** A vote or a flag: at most one a member and post. */
export interface SentMark {
  readonly member: LoadMember;
  readonly postId: PostId;
  stands: boolean;
  inDoubt: boolean;
}

export interface Tally {
  /** Answered with 303. */
  answered: number;
  /** Sent, not answered, and found in the database as a whole. */
  foundUnanswered: number;
  /** Sent, not answered, and not there. */
  lostUnanswered: number;
}

export class Journal {
  readonly posts: SentPost[] = [];
  readonly votes = new Map<string, SentMark>();
  readonly flags = new Map<string, SentMark>();
  readonly tally: Tally = { answered: 0, foundUnanswered: 0, lostUnanswered: 0 };

  /** What a member has done to a post, if anything. */
  mark(marks: Map<string, SentMark>, member: LoadMember, postId: PostId): SentMark {
    const key = `${member.id} ${postId}`;
    const mark = marks.get(key) ?? { member, postId, stands: false, inDoubt: false };
    marks.set(key, mark);
    return mark;
  }

  /** Posts that are surely there and that others may answer. */
  answerable(): SentPost[] {
    return this.posts.filter(({ answered, forOthers }) => answered && forOthers);
  }

  /** A member's own posts whose state is known. */
  ownOf(author: LoadMember): SentPost[] {
    return this.posts.filter(
      (post) =>
        post.author === author &&
        post.id !== undefined &&
        post.answered &&
        !post.withdrawalInDoubt &&
        !post.textInDoubt,
    );
  }
}
