// Who follows or mutes a tag means what it is merged into. They get the same of that one, unless they have said something
// of it themselves, and keep what they said of their own tag: nobody sees it while it leads to the other, and undoing the
// merge finds it as it was.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { followLevels } from '../../db/schema/index.ts';
import type { TagId } from '../../domain/ids.ts';

export interface FollowersMove {
  readonly fromId: TagId;
  readonly intoId: TagId;
  /** When the tags were merged: what says so has come with the merge. */
  readonly at: Date;
}

/** Gives those who follow or mute a tag the same of another. */
export async function moveFollowers(tx: Tx, { fromId, intoId, at }: FollowersMove): Promise<void> {
  await tx.execute(sql`insert into ${followLevels} (member_id, tag_id, level, set_at)
    select ${followLevels.memberId}, ${intoId}, ${followLevels.level}, ${at.toISOString()}::timestamptz
    from ${followLevels} where ${followLevels.tagId} = ${fromId}
    order by ${followLevels.memberId}
    on conflict do nothing`);
}

/** Takes that back from whoever has not changed it since. */
export async function takeFollowersBack(tx: Tx, { fromId, intoId, at }: FollowersMove): Promise<void> {
  const had = sql`exists (select from ${followLevels} as earlier where earlier.tag_id = ${fromId}
    and earlier.member_id = ${followLevels.memberId} and earlier.level = ${followLevels.level})`;
  await tx.delete(followLevels).where(and(eq(followLevels.tagId, intoId), eq(followLevels.setAt, at), had));
}
