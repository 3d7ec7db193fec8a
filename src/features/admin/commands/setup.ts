// The one time a forum is set up: its settings, its sections, its tags and its first admin, all or nothing.
import { sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { maySetUp } from '../../../domain/policy/administration.ts';
import type { SectionDefault } from '../../../domain/sections.ts';
import type { Settings } from '../../../domain/settings.ts';
import { authorize } from '../../../web/problem.ts';
import { addMember, type Joining } from '../../members/index.ts';
import { installForum } from '../../site/index.ts';
import { plantTags } from '../../tags/index.ts';
import { countAdmins } from '../queries.ts';

export interface Setup {
  readonly settings: Settings;
  readonly sections: readonly SectionDefault[];
  readonly admin: { readonly name: string; readonly email: string; readonly passwordHash: string };
  readonly now: Date;
}

/**
 * Sets the forum up. Nothing is written when the admin's name or e-mail address is taken.
 * @throws Problem conflict when it has an admin already, be it by another setup a moment ago.
 */
export async function setUpForum(tx: Tx, { settings, sections, admin, now }: Setup): Promise<Joining> {
  // Of two people with the token one goes first; the other then finds an admin.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('setup', 0))`);
  authorize(maySetUp(await countAdmins(tx)));
  // Whoever holds the token runs the server: there is nobody who could confirm the address.
  const joining = await addMember(tx, { ...admin, role: 'admin', joinedAt: now, confirmedAt: now });
  if (joining.ok) {
    await installForum(tx, { settings, sections, now });
    await plantTags(tx);
  }
  return joining;
}
