// A second application on the same database, with connections and a page cache of its own: as another process has them.
import type { FastifyInstance } from 'fastify';
import { type Connection, openConnection } from '../../../src/db/connection.ts';
import { LATENESS } from '../../../src/web/page-cache/kept-pages.ts';
import { test as base } from '../../support/forum.ts';

export const test = base.extend<{ connection: Connection; other: FastifyInstance }>({
  connection: async ({ forum, app }, use) => {
    void app;
    const connection = openConnection(forum.url, { max: 5, onTrouble: () => undefined });
    await use(connection);
    await connection.close();
  },
  other: async ({ forum, connection }, use) => {
    const other = await forum.build({ connection, lateness: LATENESS });
    await other.listen({ port: 0, host: '127.0.0.1' });
    await use(other);
    await other.close();
  },
});
