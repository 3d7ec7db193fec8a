// What a name leads to stays so while a topic gets its tags. One lock for all names, shared by those who give topics tags
// and held alone by those who change names: it is taken after a topic's lock and before that of its opening post, which
// changes of names write (migrations: topic_search). Whoever holds it alone waits for no topic, and whoever has the post
// does not ask for it, so that nobody waits in a circle.
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';

const KEY = sql`hashtextextended('names of tags', 0)`;

/** Until the transaction ends, every slug and alias leads where it leads now. New tags can still be added. */
export async function shareTagNames(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${KEY})`);
}

/** Until the transaction ends, nobody else changes what a name leads to, or gives a topic tags. */
export async function holdTagNames(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${KEY})`);
}
