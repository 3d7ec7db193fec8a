// Statements that are asked of a connection at once leave the process in one write: sending each by itself is a quarter of
// what a process does for a reply, and wakes the database each time.
import type pg from 'pg';

/** Makes a connection hold what is asked of it until nothing else runs at once, and send it then. */
export function sendTogether(client: pg.Client): void {
  const { connection } = client;
  let gathers = false;
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const gathering = (...asked: unknown[]): unknown => {
    if (!gathers) {
      const { stream } = connection;
      gathers = true;
      stream.cork();
      process.nextTick(() => {
        gathers = false;
        stream.uncork();
      });
    }
    return query(...asked);
  };
  Object.assign(client, { query: gathering });
}
