// Opening a topic's page, or one of the pages about it: what stands there for this viewer, or why there is nothing.
import type { Reader } from '../../db/connection.ts';
import { withRule } from '../../domain/actions.ts';
import type { TopicId } from '../../domain/ids.ts';
import { maySeeTopic } from '../../domain/policy/topics.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { paths } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { findTopic, type TopicDetails } from './queries/topic.ts';

/**
 * A merged topic comes as it is, whatever became of its own post: its address leads to the other one.
 * @throws Problem: 404 for what nobody may learn of, 410 with the reason for what is gone.
 */
export async function openTopic(db: Reader, viewer: Viewer, id: TopicId): Promise<TopicDetails> {
  const topic = (await findTopic(db, id, viewer)) ?? notFound('There is no such topic.');
  if (topic.mergedIntoId !== null) return topic;
  const verdict = maySeeTopic(viewer, {
    authorId: topic.authorId,
    state: topic.state,
    othersReplied: topic.replierCount > 0,
    mergedIntoState: null,
  });
  if (verdict.allowed) return topic;
  if (topic.heldAt !== null) notFound('There is no such topic.');
  const explanation = topic.hide
    ? `${verdict.reason} The reason: ${withRule(topic.hide.reason, topic.hide.rule)}.`
    : verdict.reason;
  throw new Problem(
    'gone',
    explanation,
    topic.state === 'hidden' ? { link: { href: paths.moderationLog(), text: 'Moderation log' } } : {},
  );
}

/** As openTopic, for what is only done to topics that stand for themselves. @throws Problem also 410 for merged ones. */
export async function openStandingTopic(db: Reader, viewer: Viewer, id: TopicId): Promise<TopicDetails> {
  const topic = await openTopic(db, viewer, id);
  if (topic.mergedIntoId === null) return topic;
  const link = { href: paths.topicById(topic.mergedIntoId), text: 'The topic it leads to' };
  throw new Problem('gone', 'This topic was merged into another one.', { link });
}
