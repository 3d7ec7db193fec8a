// What members reported and moderators decided, in the order in which it happened: through the doors that people use,
// so that queue, public log, counters and the standing of those who flagged come out as if it had been written here.
import type { Tx } from '../../db/connection.ts';
import { DAY, MINUTE } from '../../domain/times.ts';
import { giveFlag } from '../flags/index.ts';
import type { Decision } from '../log/index.ts';
import { hidePosts, hideTopic, lockTopic, pinTopic } from '../moderation/index.ts';
import { sanctionMember } from '../sanctions/index.ts';
import { demoMembers, type DemoReply } from './content/index.ts';
import type { FindMember } from './people.ts';
import type { LoadedReply, LoadedTopic } from './topics.ts';

interface Happening {
  readonly at: Date;
  readonly happen: (tx: Tx) => Promise<unknown>;
}

interface Scene {
  readonly find: FindMember;
  readonly now: Date;
}

/** Minutes from a post to the first flag on it, and from one flag to the next. */
const FLAGGED_AFTER = 8;
/** Minutes from what calls moderators to what they do. */
const DECIDED_AFTER = 12;

/** Lets everything happen that the content says of these topics and of members. */
export async function moderate(tx: Tx, topics: readonly LoadedTopic[], scene: Scene): Promise<void> {
  const happenings = [
    ...topics.flatMap((topic) => aroundTopic(topic, scene)),
    ...topics.flatMap(({ replies }) => replies.flatMap((reply) => aroundReply(reply, scene))),
    ...sanctions(scene),
  ];
  for (const { happen } of happenings.sort((a, b) => a.at.getTime() - b.at.getTime())) await happen(tx);
}

function aroundTopic({ topic, id: topicId, postedAt }: LoadedTopic, scene: Scene): Happening[] {
  const { pinned, locked, hidden, replies } = topic;
  const happenings: Happening[] = [];
  if (pinned) {
    const at = after(postedAt, DECIDED_AFTER, scene);
    const until = new Date(scene.now.getTime() + pinned.days * DAY);
    const decision = decide(pinned, at, scene);
    happenings.push({ at, happen: (tx) => pinTopic(tx, { ...decision, topicId, until }) });
  }
  // Both end the discussion, so they come after its last reply.
  const at = after(lastReplyAt(replies, postedAt), DECIDED_AFTER, scene);
  if (locked) {
    const decision = decide(locked, at, scene);
    happenings.push({ at, happen: (tx) => lockTopic(tx, { ...decision, topicId }) });
  }
  if (hidden) {
    const decision = decide(hidden, at, scene);
    happenings.push({ at, happen: (tx) => hideTopic(tx, { ...decision, topicId }) });
  }
  return happenings;
}

function aroundReply({ reply, id: postId, postedAt }: LoadedReply, scene: Scene): Happening[] {
  const { flagged = [], hidden, replies } = reply;
  const happenings = flagged.map(({ by, reason, note = '' }, index): Happening => {
    const at = after(postedAt, FLAGGED_AFTER * (index + 1), scene);
    return {
      at,
      happen: (tx) => giveFlag(tx, { by: scene.find(by), subject: { postId }, reason, note, now: at }),
    };
  });
  if (hidden) {
    const { withReplies = false } = hidden;
    const called = happenings.at(-1)?.at ?? postedAt;
    const last = withReplies ? lastReplyAt(replies, postedAt) : called;
    const at = after(last > called ? last : called, DECIDED_AFTER, scene);
    const decision = decide(hidden, at, scene);
    happenings.push({ at, happen: (tx) => hidePosts(tx, { ...decision, postId, withReplies }) });
  }
  return happenings;
}

function sanctions(scene: Scene): Happening[] {
  return demoMembers.flatMap(({ name, sanction }) => {
    if (!sanction) return [];
    const at = new Date(scene.now.getTime() - sanction.daysAgo * DAY);
    const until = new Date(at.getTime() + sanction.days * DAY);
    const { kind } = sanction;
    const order = {
      ...decide(sanction, at, scene),
      kind,
      memberId: scene.find(name).id,
      until,
      hideAll: false,
    };
    return [{ at, happen: (tx) => sanctionMember(tx, order) }];
  });
}

interface Reasoned {
  readonly by: string;
  readonly reason: string;
  readonly rule?: number;
}

function decide({ by, reason, rule }: Reasoned, at: Date, { find }: Scene): Decision {
  return { by: find(by), reason: { rule: rule ?? null, text: reason }, now: at };
}

/** The moment of the last reply at any depth; of what they answer when there is none. */
function lastReplyAt(replies: readonly DemoReply[] = [], answeredAt: Date): Date {
  const moments = replies.map((reply) =>
    lastReplyAt(reply.replies, new Date(answeredAt.getTime() + reply.minutesAfter * MINUTE)),
  );
  return moments.reduce((last, moment) => (moment > last ? moment : last), answeredAt);
}

/** So many minutes later, and not in the future. */
function after(moment: Date, minutes: number, { now }: Scene): Date {
  return new Date(Math.min(moment.getTime() + minutes * MINUTE, now.getTime()));
}
