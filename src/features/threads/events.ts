// The one writer of the append-only record (DESIGN section 4): in the transaction of the change it tells of.
import type { Tx } from '../../db/connection.ts';
import { insertRows } from '../../db/insert-rows.ts';
import { events } from '../../db/schema/index.ts';
import { type EventData, type EventKind, publicDataOf } from '../../domain/events.ts';
import type { MemberId, PostId, TopicId } from '../../domain/ids.ts';

/** An event to be: `topicId` and `postId` where it is about one. */
export type EventToRecord<Kind extends EventKind = EventKind> = {
  readonly [K in Kind]: {
    readonly kind: K;
    /** Null: the forum itself, or a visitor. */
    readonly actorId: MemberId | null;
    readonly topicId?: TopicId;
    readonly postId?: PostId;
    readonly data: EventData[K];
    readonly at: Date;
  };
}[Kind];

/** Records one event, with what of it anyone may read. */
export async function recordEvent(tx: Tx, event: EventToRecord): Promise<void> {
  await insertRows(tx, events, eventRows([event]));
}

/** Events as rows, for whoever inserts them together with what they tell of. */
export function eventRows(happened: readonly EventToRecord[]): (typeof events.$inferInsert)[] {
  return happened.map(({ kind, actorId, topicId, postId, data, at }) => ({
    ...{ kind, actorId, topicId, postId, at },
    data: { ...data },
    public: publicDataOf(kind, data),
  }));
}
