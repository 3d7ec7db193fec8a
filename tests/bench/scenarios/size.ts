// Every kind of page in the large forum against the small one, where both show as much: what a page costs does not depend
// on what it does not show.
import type { PoolClient } from 'pg';
import { openConnection } from '../../../src/db/connection.ts';
import { prepared } from '../../support/plan-for-good.ts';
import { closeWeek } from '../../../src/features/weekly/jobs.ts';
import type { Forum, Store } from '../measure/forum.ts';
import { measure, type Subject } from '../measure/measure.ts';
import { ask } from '../measure/page.ts';
import type { Statement } from '../measure/probe.ts';
import { medianOf, alternate } from '../measure/rounds.ts';
import { findWriter, mustHave, readers, type Sight, visitorReads } from '../measure/sights.ts';
import { LANDMARK } from '../made-up/plans.ts';
import type { Line } from '../report.ts';
import { type Bench, type Scenario, UNCACHED, withForum } from './scenario.ts';

/** What both forums have: a topic of one page, and a member who wrote as much in one as in the other. */
interface There extends Sight {
  readonly writer: string;
}

interface Side {
  readonly forum: Forum;
  readonly subject: Subject;
  readonly cookie: string;
  readonly there: There;
}

interface PageKind {
  readonly name: string;
  readonly path: (there: There) => string;
  readonly member?: boolean;
}

const at = (path: string) => ({ name: path, path: () => path });
const KINDS: readonly PageKind[] = [
  // A small forum has fewer than a page of the last week.
  ...['/', '/new', '/active', '/top?t=all', '/top?t=year', '/s/funding', '/s/funding?sort=new'].map(at),
  ...[`/tag/${LANDMARK.name}`, `/site/${LANDMARK.host}`, '/tags', '/weeks'].map(at),
  ...[`/search?q=${LANDMARK.name}`, `/search?q=${LANDMARK.name}&sort=new`].map(at),
  // The feed of all holds what came in two days: in a large forum more.
  ...['/s/funding/feed.atom', `/tag/${LANDMARK.name}/feed.atom`, '/moderation/log'].map(at),
  { name: 'member', path: ({ writer }) => `/u/${writer}` },
  { name: "member's feed", path: ({ writer }) => `/u/${writer}/feed.atom` },
  { name: 'topic', path: ({ path }) => path },
  { name: 'topic, newest first', path: ({ path }) => `${path}?sort=new` },
  { name: 'permalink', path: ({ openingPostId }) => `/p/${openingPostId}` },
  ...[
    '/',
    '/new',
    '/unread',
    '/followed',
    '/inbox',
    '/saved',
    '/incoming',
    '/drafts',
    '/submit',
    '/settings',
  ].map((path) => ({ name: `${path}, member`, path: () => path, member: true })),
  { name: 'member, member', path: ({ writer }) => `/u/${writer}`, member: true },
  { name: 'topic, member', path: ({ path }) => path, member: true },
  { name: 'reply form, member', path: ({ openingPostId }) => `/p/${openingPostId}/reply`, member: true },
];

const MOST = { buffers: 1.5, cpu: 1.25 } as const;

export const size: Scenario = (bench) =>
  withForum(bench.smallStore, UNCACHED, (smallForum, smallSubject) =>
    withForum(bench.store, UNCACHED, async (forum, subject) => {
      const small = await sideOf(bench.smallStore, smallForum, smallSubject);
      const large = await sideOf(bench.store, forum, subject);
      const found: Compared[] = [];
      const kinds = bench.trial ? KINDS.filter((_, n) => n % 6 === 0) : KINDS;
      for (const kind of kinds) found.push(await compare(bench, kind, small, large));
      return [worst(found, 'buffers'), worst(found, 'cpu')];
    }),
  );

async function sideOf(store: Store, forum: Forum, subject: Subject): Promise<Side> {
  await closeWeeks(store);
  const there = { ...(await mustHave(store, 200)), writer: await findWriter(store) };
  return { forum, subject, cookie: (await readers(store))[9]!, there };
}

/** As the forum does on Mondays: both have their weeks then, whenever they last ran. */
async function closeWeeks({ url }: Store): Promise<void> {
  const connection = openConnection(url, {
    max: 1,
    onTrouble: (error) => {
      throw error;
    },
  });
  try {
    await closeWeek(connection.db, {}, new Date());
  } finally {
    await connection.close();
  }
}

interface Compared {
  readonly name: string;
  /** The large forum's by the small one's. */
  readonly buffers: number;
  readonly cpu: number;
}

async function compare(bench: Bench, kind: PageKind, small: Side, large: Side): Promise<Compared> {
  const [few, many] = [await buffersOf(kind, small), await buffersOf(kind, large)];
  const quietly = { ...bench, say: () => undefined };
  const taken = await alternate(quietly, {
    small: () => cpuOf(bench, kind, small, few.status),
    large: () => cpuOf(bench, kind, large, many.status),
  });
  const [smallRate, largeRate] = [medianOf(taken.small), medianOf(taken.large)];
  // A page that needs none of the one and two of the other has not grown.
  const compared = {
    name: kind.name,
    buffers: (many.buffers + 1) / (few.buffers + 1),
    cpu: smallRate / largeRate,
  };
  bench.say(
    `    ${kind.name.padEnd(30)} ${few.status} buffers ${few.buffers} → ${many.buffers} (${compared.buffers.toFixed(2)}), ` +
      `queries ${many.queries}, KB ${few.kb.toFixed(0)} → ${many.kb.toFixed(0)}, CPU × ${compared.cpu.toFixed(2)}`,
  );
  return compared;
}

/** Pages of the database that the statements of one page of the forum touch, in memory or on the disk. */
async function buffersOf(kind: PageKind, { forum, cookie, there }: Side) {
  const path = kind.path(there);
  const send = () => ask(forum.url, path, kind.member ? { cookie } : {});
  await send();
  let answer = { status: 0, kb: 0 };
  const statements = await forum.record(async () => {
    const { status, bytes } = await send();
    answer = { status, kb: bytes.length / 1024 };
  });
  if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}.`);
  return { ...answer, queries: statements.length, buffers: await explain(forum, statements) };
}

interface Plan {
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
}

/** So often PostgreSQL plans a statement with a name anew before it decides whether one plan is good for all. */
const PLANNED_ANEW = 5;

/**
 * By the plan that the forum's connections have for it, and not the first time, which has things to look for that only the first
 * one has. What is changed is taken back.
 */
async function explain({ store }: Forum, statements: readonly Statement[]): Promise<number> {
  const client = await store.pool.connect();
  let buffers = 0;
  try {
    await client.query('begin');
    for (const { name, text, values } of statements) {
      if (!/^\s*(select|with|insert|update|delete)\b/i.test(text)) continue;
      const asked = 'explain (analyze, buffers, timing off, format json)';
      let last = 0;
      if (name) {
        last = await prepared(client, text, values, async (execution) => {
          let buffers = 0;
          for (let n = 0; n <= PLANNED_ANEW; n += 1)
            buffers = await buffersBy(client, `${asked} ${execution}`);
          return buffers;
        });
      } else for (let n = 0; n < 2; n += 1) last = await buffersBy(client, `${asked} ${text}`, values);
      buffers += last;
    }
    return buffers;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

async function buffersBy(client: PoolClient, text: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(text, [
    ...values,
  ]);
  const { Plan: plan } = rows[0]!['QUERY PLAN'][0]!;
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}

/** A few at once: the machine is shared with the other forum. */
const CONNECTIONS = 4;

async function cpuOf({ generator, seconds }: Bench, kind: PageKind, side: Side, expects: number) {
  const path = kind.path(side.there);
  const kinds = [{ ...visitorReads(path), expects, cookies: kind.member ? [side.cookie] : [] }];
  return measure(generator, side.subject, { kinds, connections: CONNECTIONS, seconds: seconds / 4 });
}

function worst(found: readonly Compared[], figure: 'buffers' | 'cpu'): Line {
  const most = found.reduce((worst, each) => (each[figure] > worst[figure] ? each : worst));
  const over = found.filter((each) => each[figure] > MOST[figure]);
  return {
    what: `${found.length} kinds of pages, large forum against small: ${figure === 'cpu' ? 'CPU' : 'buffers'}, the worst`,
    ...{ ours: most.name, yardstick: '', ratio: most[figure], wanted: { atMost: MOST[figure] } },
    ...(over.length > 0 && { note: `over it: ${over.map(({ name }) => name).join('; ')}` }),
  };
}
