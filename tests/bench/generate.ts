// `npm run bench:data -- --posts 1000000`: fills an empty database with made-up discussions, to measure on.
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { ConfigError, readConfig } from '../../src/config.ts';
import { causeOf, openDatabase, prepareDatabase, troubleOf } from '../../src/database.ts';
import { type Connection, type Database, openConnection, type Tx } from '../../src/db/connection.ts';
import { batchOf, insertRows, insertTogether } from '../../src/db/insert-rows.ts';
import {
  followLevels,
  members,
  posts,
  sections,
  sources,
  tags,
  topicRepliers,
  topics,
  topicTags,
  visits,
} from '../../src/db/schema/index.ts';
import type { MemberId, PostId, SectionId, TagId, TopicId } from '../../src/domain/ids.ts';
import { nameKey, skeletonOf } from '../../src/domain/member-name.ts';
import { DAY } from '../../src/domain/times.ts';
import { installDefaults } from '../../src/features/site/index.ts';
import { type Cast, dayOf, type Free } from './discussions.ts';
import { type Random, randomFrom, zipf } from './random.ts';
import { wordAt } from './texts.ts';

const USAGE = `Usage: npm run bench:data -- [--posts N] [--seed N] [--until YYYY-MM-DD]
  --posts  topics and replies together (1000000); there are ten times fewer topics, fifty times fewer members
  --seed   another number makes another forum (1)
  --until  the day of the newest topics (today)
Fills the database of DATABASE_URL, or the embedded one in DATA_DIR, which must be empty.`;

/** As real forums have them, within a factor of two: figures of the archive of threads that imports are tested with. */
const POSTS_PER_TOPIC = 10;
const POSTS_PER_MEMBER = 50;
const DAYS = 730;
const TAGS = 400;
const HOSTS = 3_000;
/** Of the members, those that read while logged in: each has opened so many topics, and follows so much. */
const READERS = { share: 0.1, topics: 200, follows: 10 } as const;
/** Some follow far more than others: this one is for the worst case. */
const KEEN = { topics: 5_000, follows: 300 } as const;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

interface Order {
  readonly posts: number;
  readonly seed: number;
  readonly until: Date;
}

/** @returns undefined when only help was asked for. @throws Error with a sentence for who gave the order */
function readOrder(): Order | undefined {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const options = {
    posts: text('1000000'),
    seed: text('1'),
    until: text(new Date().toISOString().slice(0, 10)),
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return undefined;
  const order = { posts: Number(values.posts), seed: Number(values.seed), until: new Date(values.until) };
  if (!Number.isSafeInteger(order.posts) || order.posts < POSTS_PER_MEMBER)
    throw new Error(`--posts ${values.posts}: at least ${POSTS_PER_MEMBER}.`);
  if (!Number.isSafeInteger(order.seed)) throw new Error(`--seed ${values.seed}: a number.`);
  if (Number.isNaN(order.until.getTime())) throw new Error(`--until ${values.until}: a day as 2026-04-03.`);
  return order;
}

async function generate(order: Order): Promise<void> {
  const database = await openDatabase(readConfig(process.env), say);
  await prepareDatabase(database, say);
  // The owner's: indexes are dropped and made again, which is several times faster than keeping them up to date.
  const connection = openConnection(database.ownerUrl, { max: 1, onTrouble: troubleOf(say), bulk: true });
  try {
    if ((await connection.db.$count(members)) > 0)
      throw new Error('This forum has members: take an empty one.');
    await fill(connection, order);
  } finally {
    await connection.close();
    await database.release();
  }
}

async function fill({ db }: Connection, { posts: wanted, seed, until }: Order): Promise<void> {
  const random = randomFrom(seed);
  const start = new Date(until.getTime() - (DAYS - 1) * DAY);
  await db.transaction((tx) => installDefaults(tx, start));
  const cast = await makeCast(db, random, Math.ceil(wanted / POSTS_PER_MEMBER), start);
  const indexes = await dropIndexes(db);
  // What topics are found by is written once for each of them, not once for each of their tags and sources.
  await setTriggers(db, 'disable');
  const free: Free = { topic: 1, post: 1 };
  for (let day = 0; free.post <= wanted; day += 1) {
    const date = new Date(start.getTime() + Math.min(day, DAYS - 1) * DAY);
    const topicsLeft = Math.max(1, Math.round((wanted - free.post) / POSTS_PER_TOPIC));
    const count = Math.ceil(topicsLeft / Math.max(1, DAYS - day));
    const firstPost = free.post;
    const made = dayOf(random, cast, date, count, free);
    // What triggers copy from topics otherwise.
    const carried = new Map(
      made.topics.map(({ id, sectionId, postedAt }) => [id, { sectionId, topicCountsFrom: postedAt }]),
    );
    await db.transaction(async (tx) => {
      await insertTogether(tx, [
        batchOf(topics, made.topics),
        batchOf(
          posts,
          made.posts.map((post) => ({ ...post, ...carried.get(post.topicId) })),
        ),
        batchOf(sources, made.sources),
        batchOf(topicTags, made.topicTags),
        batchOf(topicRepliers, made.topicRepliers),
      ]);
      await tx.execute(sql`update posts set topic_search = topic_search_of(topic_id)
        where branch_id is null and id between ${firstPost} and ${free.post - 1}`);
    });
    if (day % 100 === 99) say(`${(free.post - 1).toLocaleString('en-GB')} posts`);
  }
  await setTriggers(db, 'enable');
  await makeReaders(db, random, cast, free, until);
  say('Making the indexes');
  for (const definition of indexes) await db.execute(sql.raw(definition));
  await settleSequences(db);
  await settleVisits(db);
  // What counts rows, and what replies leave at their writers, comes from the rows.
  await db.execute(sql`update members set replies_kept = n from
    (select author_id, count(*) as n from posts where branch_id is not null group by 1) as kept where kept.author_id = members.id`);
  await db.execute(sql`vacuum analyze`);
  say(
    `${(free.post - 1).toLocaleString('en-GB')} posts in ${(free.topic - 1).toLocaleString('en-GB')} topics`,
  );
}

async function makeCast(db: Database, random: Random, count: number, joinedAt: Date): Promise<Cast> {
  const names = Array.from({ length: count }, (_, n) => `${wordAt(300 + n)}_${n}`.slice(0, 25));
  return db.transaction(async (tx) => {
    await inBatches(names, (some) =>
      insertRows(
        tx,
        members,
        some.map((name) => ({
          name,
          nameKey: nameKey(name),
          nameSkeleton: skeletonOf(name),
          joinedAt,
          confirmedAt: joinedAt,
        })),
      ),
    );
    await insertRows(
      tx,
      tags,
      Array.from({ length: TAGS }, (_, n) => ({ slug: wordAt(n), name: wordAt(n), kind: kindOf(random) })),
    );
    const ids = async <Id>(table: typeof members | typeof tags | typeof sections) =>
      (await tx.select({ id: table.id }).from(table).orderBy(table.id)).map(({ id }) => id as Id);
    return {
      members: await ids<MemberId>(members),
      sections: await ids<SectionId>(sections),
      tags: await ids<TagId>(tags),
      hosts: HOSTS,
      repliesPerTopic: POSTS_PER_TOPIC - 1,
    };
  });
}

function kindOf(random: Random) {
  return (['company', 'model', 'person', 'subject'] as const)[Math.floor(random() * 4)]!;
}

/** Members who have read and follow: the newest topics more than old ones. The first member is the keen one. */
async function makeReaders(db: Database, random: Random, cast: Cast, free: Free, now: Date): Promise<void> {
  const readers = cast.members.slice(0, Math.max(1, Math.floor(cast.members.length * READERS.share)));
  const newest = free.topic - 1;
  await db.transaction(async (tx) => {
    for (const [n, memberId] of readers.entries()) {
      const { topics: opened, follows } = n === 0 ? KEEN : READERS;
      const seen = new Set<TopicId>();
      while (seen.size < Math.min(opened, newest / 2))
        seen.add((newest - zipf(random, newest, 500)) as TopicId);
      await addVisits(tx, memberId, [...seen], now);
      await addFollows(tx, random, cast, memberId, [...seen].slice(0, follows), now);
    }
  });
}

async function addVisits(tx: Tx, memberId: MemberId, seen: readonly TopicId[], visitedAt: Date) {
  const mark = { seenPostId: 1 as PostId, previousSeenPostId: 1 as PostId };
  await insertRows(
    tx,
    visits,
    seen.map((topicId) => ({ memberId, topicId, visitedAt, ...mark })),
  );
}

/** How far they have read: all, or all but the newest one to three. */
async function settleVisits(db: Database): Promise<void> {
  await db.execute(sql`update visits set seen_post_id = seen.id, previous_seen_post_id = seen.id
    from (select topic_id, id, row_number() over (partition by topic_id order by id desc) - 1 as left_over from posts) as seen
    where seen.topic_id = visits.topic_id and seen.left_over = (visits.topic_id + visits.member_id) % 4`);
}

async function addFollows(
  tx: Tx,
  random: Random,
  cast: Cast,
  memberId: MemberId,
  topicIds: readonly TopicId[],
  setAt: Date,
) {
  const common = { memberId, level: 'all', setAt } as const;
  const half = topicIds.slice(0, Math.ceil(topicIds.length / 2));
  const followed = new Set(half.map(() => cast.tags[zipf(random, cast.tags.length, 8)]!));
  const muted = cast.tags.find((tag) => !followed.has(tag))!;
  await insertRows(
    tx,
    followLevels,
    half.map((topicId) => ({ ...common, topicId })),
  );
  await insertRows(
    tx,
    followLevels,
    [...followed].map((tagId) => ({ ...common, tagId })),
  );
  await insertRows(tx, followLevels, [{ ...common, tagId: muted, level: 'nothing' }]);
  await insertRows(tx, followLevels, [
    { ...common, host: `site-${zipf(random, HOSTS, 10)}.example`, level: 'nothing' },
  ]);
}

/** The indexes that no constraint stands on: @returns how they are made again */
async function dropIndexes(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ name: string; definition: string }>(sql`
    select i.indexname as name, i.indexdef as definition from pg_indexes i
    where i.schemaname = 'public' and i.tablename in ('topics', 'posts', 'topic_tags', 'topic_repliers', 'visits')
      and not exists (select from pg_constraint c where c.conname = i.indexname)`);
  for (const { name } of rows) await db.execute(sql`drop index ${sql.identifier(name)}`);
  return rows.map(({ definition }) => definition);
}

async function setTriggers(db: Database, how: 'disable' | 'enable'): Promise<void> {
  for (const table of ['topics', 'posts', 'topic_tags', 'sources'])
    await db.execute(sql.raw(`alter table ${table} ${how} trigger user`));
}

/** Topics and posts came with their ids. */
async function settleSequences(db: Database): Promise<void> {
  for (const table of ['topics', 'posts'])
    await db.execute(
      sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql.identifier(table)}))`,
    );
}

async function inBatches<Item>(
  items: readonly Item[],
  write: (some: readonly Item[]) => Promise<void>,
): Promise<void> {
  const SIZE = 5_000;
  for (let from = 0; from < items.length; from += SIZE) await write(items.slice(from, from + SIZE));
}

try {
  const order = readOrder();
  if (order) await generate(order);
  else say(USAGE);
} catch (error) {
  process.exitCode = 1;
  const isOurs =
    error instanceof ConfigError || (error instanceof Error && !('code' in error) && !error.cause);
  process.stderr.write(`${isOurs ? error.message : causeOf(error)}\n${USAGE}\n`);
}
