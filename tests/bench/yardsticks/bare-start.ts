// The least that a process does which answers out of a database: loads Fastify, connects.
import pg from 'pg';

await import('fastify');
const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
await client.query('select 1');
process.stdout.write('ready\n');
await client.end();
