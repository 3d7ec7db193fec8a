// A worker that is killed at its work: its database ends all transactions after the first ones.
import type { Database } from '../../../src/db/connection.ts';

/** @param most so many transactions are done; the next one is undone, as are all after it. */
export function killedAfter(db: Database, most: number): Database {
  let left = most;
  const transaction: Database['transaction'] = (work) =>
    db.transaction(async (tx) => {
      left -= 1;
      const result = await work(tx);
      if (left < 0) throw new Error('killed');
      return result;
    });
  return new Proxy(db, {
    get: (of, name): unknown => (name === 'transaction' ? transaction : Reflect.get(of, name)),
  });
}
