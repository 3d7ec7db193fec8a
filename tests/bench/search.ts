// `npm run bench:search`: how long searches of each kind take on a forum that bench:data has made.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { desc, sql } from 'drizzle-orm';
import { readConfig } from '../../src/config.ts';
import { openDatabase, troubleOf } from '../../src/database.ts';
import { type Database, openConnection } from '../../src/db/connection.ts';
import { members, sections, sources, tags } from '../../src/db/schema/index.ts';
import type { MemberId } from '../../src/domain/ids.ts';
import { type Viewer, visitor } from '../../src/domain/viewer.ts';
import { find } from '../../src/features/search/find.ts';
import { readSearch } from '../../src/features/search/forms.ts';
import { type Random, randomFrom, zipf } from './made-up/random.ts';
import { wordAt, WORDS } from './made-up/texts.ts';

const USAGE = `Usage: npm run bench:search -- [--each N] [--rounds N] [--seed N] [--member ID] [--only TEXT]
  --each    different queries of each kind (15)
  --rounds  how often each of them is asked, after once to warm up (3)
  --seed    another number asks other things (1)
  --member  the member who asks, for instance 1, the keen one (a visitor asks)
  --only    kinds whose name has this text
  --cpu     of a database on this machine, on Linux: the processor time of its process, which neighbours hardly change
Prints milliseconds from what was typed to what the page shows.`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** What there is to ask for. */
interface Stock {
  readonly authors: readonly string[];
  readonly hosts: readonly string[];
  readonly tags: readonly string[];
  readonly sections: readonly string[];
}

interface Kind {
  readonly name: string;
  readonly ask: (random: Random, stock: Stock) => Record<string, string>;
  /** The second page is what is measured. */
  readonly second?: boolean;
}

const one = <Item>(random: Random, of: readonly Item[], head = of.length): Item =>
  of[zipf(random, of.length, head)]!;
const common = (random: Random) => wordAt(Math.floor(random() * 60));
const rare = (random: Random) => wordAt(5_000 + Math.floor(random() * (WORDS - 5_000)));
/** As often as people write it. */
const usual = (random: Random) => wordAt(zipf(random, 5_000, 50));
const month = (random: Random) => `${2025 + Math.floor(random() * 2)}-0${1 + Math.floor(random() * 9)}`;
const typed = (write: (random: Random, stock: Stock) => string) => (random: Random, stock: Stock) => ({
  q: write(random, stock),
});

const KINDS: readonly Kind[] = [
  { name: 'rare word', ask: typed((r) => rare(r)) },
  { name: 'usual word', ask: typed((r) => usual(r)) },
  { name: 'common word', ask: typed((r) => common(r)) },
  { name: 'two words', ask: typed((r) => `${usual(r)} ${usual(r)}`) },
  { name: 'two common words', ask: typed((r) => `${common(r)} ${common(r)}`) },
  { name: 'phrase', ask: typed((r) => `"${common(r)} ${usual(r)}"`) },
  { name: 'or', ask: typed((r) => `${usual(r)} or ${usual(r)}`) },
  { name: '-word', ask: typed((r) => `${usual(r)} -${usual(r)}`) },
  { name: 'author:', ask: typed((r, { authors }) => `author:${one(r, authors, 200)} ${usual(r)}`) },
  { name: 'site:', ask: typed((r, { hosts }) => `site:${one(r, hosts, 10)} ${usual(r)}`) },
  { name: 'tag:', ask: typed((r, all) => `tag:${one(r, all.tags, 8)} ${usual(r)}`) },
  { name: 'section:', ask: typed((r, all) => `section:${one(r, all.sections)} ${usual(r)}`) },
  { name: 'before:', ask: typed((r) => `before:${month(r)} ${usual(r)}`) },
  { name: 'after:', ask: typed((r) => `after:${month(r)} ${usual(r)}`) },
  { name: 'has:source', ask: typed((r) => `has:source ${usual(r)}`) },
  { name: 'is:open', ask: typed((r) => `is:open ${usual(r)}`) },
  { name: 'is:topic', ask: typed((r) => `is:topic ${usual(r)}`) },
  {
    name: 'operators only',
    ask: typed((r, all) =>
      one(r, [
        `author:${one(r, all.authors, 200)} is:topic`,
        `tag:${one(r, all.tags, 8)} after:${month(r)}`,
        `site:${one(r, all.hosts, 10)}`,
        `section:${one(r, all.sections)} is:topic`,
        `is:open before:${month(r)}`,
      ]),
    ),
  },
  { name: 'by time', ask: (r) => ({ q: usual(r), sort: 'new' }) },
  { name: 'second page', ask: (r) => ({ q: usual(r) }), second: true },
];

async function stockOf(db: Database): Promise<Stock> {
  const authors = await db.select({ name: members.name }).from(members).orderBy(members.id);
  const hosts = await db.selectDistinct({ name: sources.publisherHost }).from(sources);
  const slugs = await db.select({ slug: tags.slug }).from(tags).orderBy(desc(tags.id));
  const places = await db.select({ slug: sections.slug }).from(sections);
  return {
    authors: authors.map(({ name }) => name),
    hosts: hosts.map(({ name }) => name).toSorted((a, b) => a.length - b.length),
    tags: slugs.map(({ slug }) => slug),
    sections: places.map(({ slug }) => slug),
  };
}

async function measure(db: Database, order: Order): Promise<void> {
  const random = randomFrom(order.seed);
  const stock = await stockOf(db);
  const places = await db
    .select({
      ...{ id: sections.id, slug: sections.slug, name: sections.name },
      ...{ description: sections.description, modifier: sections.modifier },
    })
    .from(sections);
  const now = new Date();
  const ask = (fields: Record<string, string>, after: string | undefined) =>
    db.transaction(
      (tx) => find(tx, readSearch(fields, places), { viewer: order.viewer, now, sections: places, after }),
      { accessMode: 'read only' },
    );
  const clock = order.cpu ? await backendClock(db) : () => performance.now();
  const all: number[] = [];
  say('kind                  p50   p95   max  slowest');
  for (const { name, ask: write, second } of KINDS) {
    // Drawn although it is left out, so that the same seed asks the same.
    const queries = Array.from({ length: order.each }, () => write(random, stock));
    if (!name.includes(order.only)) continue;
    const taken: { readonly ms: number; readonly q: string }[] = [];
    for (const fields of queries) {
      const first = await ask(fields, undefined);
      const after = second && first.kind === 'found' ? first.next : undefined;
      for (let round = 0; round < order.rounds; round += 1) {
        const start = clock();
        await ask(fields, after);
        taken.push({ ms: clock() - start, q: fields.q! });
      }
    }
    const times = taken.map(({ ms }) => ms);
    all.push(...times);
    const slowest = taken.reduce((worst, each) => (each.ms > worst.ms ? each : worst));
    say(lineOf(name, times, slowest.q));
  }
  say(lineOf('all', all, ''));
}

/** Milliseconds that the process of the only connection has run: https://docs.kernel.org/scheduler/sched-stats.html. */
async function backendClock(db: Database): Promise<() => number> {
  const { rows } = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  const file = `/proc/${rows[0]!.pid}/schedstat`;
  return () => Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}

function lineOf(name: string, times: readonly number[], note: string): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  const figures = [at(0.5), at(0.95), at(1)].map((ms) => ms.toFixed(0).padStart(6));
  return `${name.padEnd(19)}${figures.join('')}  ${note}`.trimEnd();
}

interface Order {
  readonly each: number;
  readonly rounds: number;
  readonly seed: number;
  readonly viewer: Viewer;
  readonly only: string;
  readonly cpu: boolean;
}

/** @returns undefined when only help was asked for. */
function readOrder(): Order | undefined {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const options = {
    ...{ each: text('15'), rounds: text('3'), seed: text('1'), member: text(''), only: text('') },
    cpu: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return undefined;
  return {
    ...{ each: Number(values.each), rounds: Number(values.rounds), seed: Number(values.seed) },
    viewer: values.member === '' ? visitor : reader(Number(values.member) as MemberId),
    only: values.only,
    cpu: values.cpu === true,
  };
}

/** A member without any rights beyond reading. */
function reader(id: MemberId): Viewer {
  return {
    ...{ kind: 'member', id, name: '', role: 'member', joinedAt: new Date(0), confirmedAt: new Date(0) },
    ...{ silencedUntil: null, suspendedUntil: null, leavingAt: null, trust: 'member' },
  };
}

const order = readOrder();
if (order) {
  const database = await openDatabase(readConfig(process.env), say);
  const connection = openConnection(database.url, { max: 1, onTrouble: troubleOf(say) });
  await measure(connection.db, order).finally(async () => {
    await connection.close();
    await database.release();
  });
} else say(USAGE);
