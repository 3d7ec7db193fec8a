// Who can have decided: those whom the log's filter offers.
import { isNotNull, ne, or } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members } from '../../../db/schema/index.ts';
import type { Actor } from '../actor.ts';

/** Moderators and admins, and whoever was one: by name, or in the order of their numbers, which tells no names. */
export function listModerators(db: Reader, order: 'name' | 'number'): Promise<Actor[]> {
  return db
    .select({ name: members.name, number: members.moderatorNumber })
    .from(members)
    .where(or(ne(members.role, 'member'), isNotNull(members.moderatorNumber)))
    .orderBy(order === 'name' ? members.nameKey : members.moderatorNumber);
}
