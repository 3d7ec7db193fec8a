// Deciding a queue item: once, by one moderator, about what that moderator saw. Which feature does it, by what the item is
// about; each locks that first, and the item after it.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { queueItems } from '../../../db/schema/index.ts';
import { isOffered, type SubjectKind } from '../../../domain/decisions.ts';
import type { ActionId, QueueItemId } from '../../../domain/ids.ts';
import { mayModerate } from '../../../domain/policy/moderation.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import type { ItemDecision } from '../../queue-items/index.ts';
import { decideAppeal } from '../../appeals/index.ts';
import { decideAboutMember, decideProposedBan } from '../../sanctions/index.ts';
import { decideLink } from './decide-link.ts';
import { decideFlaggedPost, decideHeldPost } from './decide-post.ts';
import { decideFlaggedSource } from './decide-source.ts';
import { decideSuggestions } from './decide-suggestion.ts';

/**
 * @throws Problem invalid when items of this kind are not decided so; conflict when it is decided, claimed by another, or
 * not what `seenVersion` was.
 */
export async function decideItem(tx: Tx, order: ItemDecision): Promise<ActionId> {
  authorize(mayModerate(order.by, order.now));
  const { kind, ...about } = await findItem(tx, order.itemId);
  if (!isOffered(order.decision, kind, subjectOf(about))) throw new Problem('invalid');
  const { postId, sourceId, topicId, memberId } = about;
  if (postId !== null) return (kind === 'held' ? decideHeldPost : decideFlaggedPost)(tx, order, postId);
  if (sourceId !== null) return (kind === 'link' ? decideLink : decideFlaggedSource)(tx, order, sourceId);
  if (topicId !== null) return decideSuggestions(tx, order, topicId);
  if (memberId !== null) return (kind === 'consent' ? decideProposedBan : decideAboutMember)(tx, order);
  return decideAppeal(tx, order);
}

type About = Pick<typeof queueItems.$inferSelect, 'postId' | 'sourceId' | 'topicId' | 'memberId'>;

/** What an item is about never changes, so that it can be read before anything is locked. */
async function findItem(tx: Tx, id: QueueItemId) {
  const { kind, postId, sourceId, topicId, memberId } = queueItems;
  const [item] = await tx
    .select({ kind, postId, sourceId, topicId, memberId })
    .from(queueItems)
    .where(eq(queueItems.id, id));
  return item ?? notFound('There is no such piece of work.');
}

function subjectOf({ postId, sourceId, topicId, memberId }: About): SubjectKind {
  if (postId !== null) return 'post';
  if (sourceId !== null) return 'source';
  if (topicId !== null) return 'topic';
  return memberId === null ? 'action' : 'member';
}
