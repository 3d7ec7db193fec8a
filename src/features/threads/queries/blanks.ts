// What stands in a row for something that not everybody may know: no author, and why a text was hidden.
import { type Column, isNull, sql, type SQL } from 'drizzle-orm';
import { actions, hides } from '../../../db/schema/index.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';

export interface HideNotice {
  readonly id: ActionId;
  readonly reason: string;
  readonly rule: number | null;
  readonly at: string;
}

/** A column with a member's id, null where the condition does not hold. */
export function memberIdWhere(condition: SQL, column: Column): SQL<MemberId | null> {
  return sql`case when ${condition} then ${column} end`.mapWith((id: string | null) =>
    id === null ? null : (Number(id) as MemberId),
  );
}

/** The reason of the newest hide in force on a post or topic, as JSON. */
export function hideNotice(subject: SQL): SQL<HideNotice | null> {
  return sql<HideNotice | null>`(select json_build_object('id', ${actions.id}, 'reason', ${actions.reason}, 'rule', ${actions.rule}, 'at', ${actions.at})
    from ${hides} join ${actions} on ${actions.id} = ${hides.actionId} where ${subject} and ${isNull(hides.liftedAt)} order by ${hides.id} desc limit 1)`;
}
