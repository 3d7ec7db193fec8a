// A process that does nothing but send the statements of a recorded write, over and over, each time as another member and
// to another topic: how fast the database would take them.
import pg from 'pg';
import { PLANNER } from '../../../src/db/connection.ts';
import { Tally } from '../measure/tally.ts';
import type { Statement } from '../measure/probe.ts';
import type { Kind } from '../measure/requests.ts';

/** What is another in each play; in the recorded statements it stands as numbers and inside of texts. */
export interface Role {
  readonly member: string;
  readonly session: string;
  readonly topic: string;
  readonly opening: string;
  readonly form: string;
  /** What the member's budget of writes is counted under. */
  readonly budget: string;
  /** The post that is written: its number comes from the database. */
  readonly post: string;
}

export interface ReplayOrder {
  readonly databaseUrl: string;
  readonly statements: readonly Statement[];
  /** As whom it was recorded. */
  readonly recorded: Role;
  readonly members: readonly Pick<Role, 'member' | 'session'>[];
  readonly topics: readonly Pick<Role, 'topic' | 'opening'>[];
  readonly connections: number;
  readonly seconds: number;
}

const NUMBERS_THE_POST = /nextval\(pg_get_serial_sequence\(/i;

let plays = 0;

/** Kept from order to order: a connection has to plan each statement some times before it plans it once for all. */
let kept: pg.Pool | undefined;

process.on('message', (order: ReplayOrder) => {
  void replay(order).then((seen) => process.send!(seen));
});

async function replay(order: ReplayOrder) {
  const kind: Kind = { name: 'replay', share: 1, method: 'POST', paths: [], cookies: [], expects: 0 };
  const tally = new Tally([kind]);
  const pool = (kept ??= new pg.Pool({
    ...{ connectionString: order.databaseUrl, max: order.connections, idleTimeoutMillis: 0 },
    // As the forum's connections have it.
    options: `${PLANNER} -c timezone=UTC`,
  }));
  const end = performance.now() + order.seconds * 1_000;
  const actor = async () => {
    const client = await pool.connect();
    while (performance.now() < end) {
      const started = performance.now();
      await play(client, order);
      tally.answered(kind, 0, 0, performance.now() - started);
    }
    client.release();
  };
  await Promise.all(Array.from({ length: order.connections }, actor));
  return tally.result();
}

async function play(
  client: pg.PoolClient,
  { statements, recorded, members, topics }: ReplayOrder,
): Promise<void> {
  const n = plays++;
  const role = {
    ...members[n % members.length]!,
    ...topics[n % topics.length]!,
    form: `${recorded.form.slice(0, 20)}-${process.pid}-${n}`,
    budget: `replay-${n % members.length}`,
    post: recorded.post,
  };
  for (const [index, { text, values }] of statements.entries()) {
    const config =
      values.length === 0 ? text : { name: `s${index}`, text, values: values.map(inRole(recorded, role)) };
    const { rows } = (await client.query(config)) as { readonly rows?: readonly { readonly id?: string }[] };
    if (NUMBERS_THE_POST.test(text)) role.post = String(rows?.[0]?.id ?? role.post);
  }
}

/** Puts another role's numbers and texts where the recorded one's stand. */
function inRole(recorded: Role, role: Role): (value: unknown) => unknown {
  const others = new Map((Object.keys(recorded) as (keyof Role)[]).map((key) => [recorded[key], role[key]]));
  const known = new RegExp(`(?<![\\w-])(?:${[...others.keys()].join('|')})(?![\\w-])`, 'g');
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(known, (found) => others.get(found)!);
    if (typeof value === 'number') return Number(others.get(String(value)) ?? value);
    return Array.isArray(value) ? value.map(replaced) : value;
  };
  return replaced;
}
