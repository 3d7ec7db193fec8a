// What the front page says to whoever begins: a visitor, and a member who has written nothing yet.
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { TopicListFacts } from './list-facts.ts';

export interface WelcomeView {
  /** The forum's own line; '' where there is none. */
  readonly tagline: string;
  /** A topic that a first reply would help; null: nothing waits, or the viewer has written already. */
  readonly topic: {
    readonly title: string;
    readonly href: string;
    readonly replyHref: string;
    readonly replies: string;
  } | null;
}

export function welcomeView({ tagline, side }: Pick<TopicListFacts, 'tagline' | 'side'>): WelcomeView {
  const topic = side?.firstReply ?? null;
  return {
    tagline,
    topic: topic && {
      title: topic.title,
      href: paths.topic(topic),
      replyHref: paths.topicReply(topic.id),
      replies:
        topic.replyCount === 0 ? 'no reply yet' : `${counted(topic.replyCount, 'reply', 'replies')} so far`,
    },
  };
}
