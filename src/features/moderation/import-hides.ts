// Hides that come along with an imported topic: what moderators hid elsewhere stays hidden here, with the decision that
// hid it in the public log. Nobody is told of it, and no flag is settled: that happened where it was decided.
import type { Tx } from '../../db/connection.ts';
import { hides } from '../../db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../domain/ids.ts';
import { recordAction, type Reason } from '../log/index.ts';
import { closeQueueItemsAbout } from '../queue-items/index.ts';
import { recordEvent, refreshHidden } from '../threads/index.ts';

export interface ImportedHide {
  readonly at: Date;
  /** Null: nobody in particular, such as a former member. */
  readonly byId: MemberId | null;
  readonly reason: Reason;
  /** Refused before anybody else could read it. */
  readonly refused: boolean;
  /** The reply that the decision named; null: the topic. */
  readonly postId: PostId | null;
  /** What it hid, the named one included; of a topic its opening post. */
  readonly postIds: readonly PostId[];
}

/** Hides posts of a topic that was imported in this transaction. Who may import is asked by the caller. */
export async function importHides(
  tx: Tx,
  topicId: TopicId,
  imported: readonly ImportedHide[],
): Promise<void> {
  for (const { at, byId: actorId, reason, refused, postId, postIds } of imported) {
    const kind = refused ? 'refuse' : 'hide';
    const named = postId === null ? {} : { postId };
    const actionId = await recordAction(tx, { kind, actorId, reason, at, topicId, ...named, postIds });
    const rows = postId === null ? [{ actionId, topicId }] : postIds.map((id) => ({ actionId, postId: id }));
    await tx.insert(hides).values(rows);
    await refreshHidden(tx, postId === null ? { topicId } : { postIds }, at);
    await closeQueueItemsAbout(tx, postIds, { actionId, now: at });
    const about = { actorId, topicId, data: { actionId }, at };
    if (refused) await recordEvent(tx, { kind: 'post-refused', ...about, postId: postId ?? postIds[0]! });
    else if (postId === null) await recordEvent(tx, { kind: 'topic-hidden', ...about });
    else await recordEvent(tx, { kind: 'post-hidden', ...about, postId });
  }
}
