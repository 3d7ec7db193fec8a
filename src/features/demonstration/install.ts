// Loading the demonstration into an empty database: in one transaction, so that a start that is killed half-way leaves
// it empty and the next one begins anew.
import { sql } from 'drizzle-orm';
import type { Database, Reader } from '../../db/connection.ts';
import { members, topics } from '../../db/schema/index.ts';
import { enqueue } from '../../jobs/queue.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Passwords } from '../../lib/passwords.ts';
import { installDefaults } from '../site/index.ts';
import type { RenderingServices } from '../threads/index.ts';
import { type Account, makeAccounts } from './accounts.ts';
import { moderate } from './decisions.ts';
import { addPeople, meetPeople } from './people.ts';
import { loadTopics } from './topics.ts';
import { openPoll } from './votes.ts';

/** What loading needs of the process that starts the forum. */
export interface DemonstrationServices extends RenderingServices {
  readonly db: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
}

/** Whether nobody has joined and nothing was posted; settings and sections may be there. */
export async function isEmptyForum(db: Reader): Promise<boolean> {
  const { rows } = await db.execute(
    sql`select where not exists (select from ${members}) and not exists (select from ${topics})`,
  );
  return rows.length === 1;
}

/**
 * Makes an empty forum a living one, all times counted back from now.
 * @returns who can be logged in as; nobody when the forum is not empty, or another process loads it at this moment.
 */
export async function installDemonstration(services: DemonstrationServices): Promise<readonly Account[]> {
  const { db, clock, passwords } = services;
  const now = clock.now();
  const accounts = makeAccounts();
  const hashes = await Promise.all(accounts.map(({ password }) => passwords.hash(password)));
  const hashOf = new Map(accounts.map(({ name }, index) => [name, hashes[index] ?? null]));
  return db.transaction(async (tx) => {
    // Of servers that start at the same moment the first loads; the others wait here and find the forum loaded.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('demonstration', 0))`);
    if (!(await isEmptyForum(tx))) return [];
    await installDefaults(tx, now);
    await addPeople(tx, hashOf, now);
    const newcomers = await meetPeople(tx, now);
    // Only the transaction knows the members whom texts mention, so texts are rendered inside it.
    const press = {
      services: { ...services, db: tx },
      find: newcomers,
      poll: openPoll(newcomers, now),
    };
    const loaded = await loadTopics(tx, press, now);
    await moderate(tx, loaded, { find: await meetPeople(tx, now), now });
    // What the schedule does within the hour: newcomers find the weeks that are over, and their slips corrected.
    await enqueue(tx, 'close-week', {});
    await enqueue(tx, 'rebuild-search-words', {});
    return accounts;
  });
}
