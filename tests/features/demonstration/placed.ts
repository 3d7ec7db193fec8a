// The demonstration's replies as a flat list, for the tests that read the data as a whole.
import { demoTopics } from '../../../src/features/demonstration/content/index.ts';
import type { DemoReply, DemoTopic } from '../../../src/features/demonstration/content/index.ts';

export interface Placed {
  readonly topic: DemoTopic;
  readonly reply: DemoReply;
  readonly parent: DemoReply | undefined;
  readonly depth: number;
  readonly hoursAgo: number;
}

/** The replies of a topic in reading order, each with its depth and its age in hours. */
export function placed(topic: DemoTopic, replies = topic.replies, above?: Placed): Placed[] {
  return replies.flatMap((reply) => {
    const hoursAgo = (above?.hoursAgo ?? topic.hoursAgo) - reply.minutesAfter / 60;
    const here = { topic, reply, parent: above?.reply, depth: (above?.depth ?? 0) + 1, hoursAgo };
    return [here, ...placed(topic, reply.replies ?? [], here)];
  });
}

export const allReplies = demoTopics.flatMap((topic) => placed(topic));
export const topicWithKey = (key: string) => {
  const topic = demoTopics.find((candidate) => candidate.key === key);
  if (!topic) throw new Error(`No topic "${key}"`);
  return topic;
};
export const isPublic = (topic: DemoTopic) => !topic.hidden && !topic.heldForApproval;
export const isShown = ({ reply }: Placed) => !reply.hidden && !reply.held && !reply.withdrawn;
