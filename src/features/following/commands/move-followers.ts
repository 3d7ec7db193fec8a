// Whoever follows or mutes a tag goes with it when moderators merge it into another.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { followLevels } from '../../../db/schema/index.ts';
import type { TagId } from '../../../domain/ids.ts';

/**
 * Lets those who follow or mute a tag do so with another, unless they have chosen something for that already. What they
 * chose for the first stays: it says nothing while that has no topics, and holds again when the merge is undone.
 */
export async function moveFollowers(tx: Tx, fromTagId: TagId, intoTagId: TagId): Promise<void> {
  const { memberId, tagId, level, setAt } = followLevels;
  await tx.execute(sql`
    insert into ${followLevels} (member_id, tag_id, level, set_at)
      select ${memberId}, ${intoTagId}, ${level}, ${setAt} from ${followLevels}
        where ${and(eq(tagId, fromTagId))}
      on conflict (tag_id, member_id) where tag_id is not null do nothing`);
}
