// Who goes by a name, or did once: names that members have given up stay theirs, and lead to them.
import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { MemberId } from '../domain/ids.ts';
import { nameKey } from '../domain/member-name.ts';
import type { Reader } from './connection.ts';
import { formerNames, members } from './schema/index.ts';

export interface Named {
  /** The name that was looked for, as nameKey writes it. */
  readonly key: string;
  readonly id: MemberId;
  /** The name they go by now. */
  readonly name: string;
}

/** The members behind names, present or former ones. */
export async function findNamed(db: Reader, keys: readonly string[]): Promise<Named[]> {
  if (keys.length === 0) return [];
  const { id, name } = members;
  return db
    .select({ key: members.nameKey, id, name })
    .from(members)
    .where(inArray(members.nameKey, [...keys]))
    .unionAll(
      db
        .select({ key: formerNames.nameKey, id, name })
        .from(formerNames)
        .innerJoin(members, eq(members.id, formerNames.memberId))
        .where(inArray(formerNames.nameKey, [...keys])),
    );
}

/** The id of the member who has a name, or had it; null when nobody does. */
export function idOfNamed(name: string): SQL<MemberId | null> {
  const key = nameKey(name);
  return sql`(select ${members.id} from ${members} where ${members.nameKey} = ${key}
    union all select ${formerNames.memberId} from ${formerNames} where ${formerNames.nameKey} = ${key})`;
}
