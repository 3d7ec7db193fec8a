// Fills an empty database with a made-up forum, to measure on. The same seed and day make the same forum.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { type Config, readConfig } from '../../../src/config.ts';
import { openDatabase, prepareDatabase, troubleOf } from '../../../src/database.ts';
import { openConnection } from '../../../src/db/connection.ts';
import {
  events,
  members,
  posts,
  sources,
  topicRepliers,
  topics,
  topicTags,
  votes,
} from '../../../src/db/schema/index.ts';
import { DAY } from '../../../src/domain/times.ts';
import { installDefaults } from '../../../src/features/site/index.ts';
import { makeCast } from './cast.ts';
import { copyRows, strip } from './copy.ts';
import { dayOf, type Free } from './discussions.ts';
import { planDays, READERS } from './plans.ts';
import { randomFrom } from './random.ts';
import { makeReaders, settleVisits } from './readers.ts';
import type { DayRows } from './rows.ts';

export interface Order {
  /** Topics and replies together. */
  readonly posts: number;
  readonly seed: number;
  /** All that was written is older. */
  readonly until: Date;
}

/** As the archive of real threads has it: a topic has twenty replies. */
const POSTS_PER_TOPIC = 20;
const POSTS_PER_MEMBER = 10;
const DAYS = 730;
/** Tables that are filled without their indexes and references. */
const FILLED = [
  ...['members', 'topics', 'posts', 'votes', 'sources', 'topic_tags', 'topic_repliers', 'events', 'visits'],
];
/** Topics find what they are searched by when all of it is there. */
const TRIGGERED = ['topics', 'posts', 'topic_tags', 'sources'];

/** In the data folder, once the forum there is whole. */
export const MARK = 'generated.json';

/**
 * Generates into the database of the environment's configuration.
 * @throws Error with a sentence when the forum there has members
 */
export async function generate(
  order: Order,
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
): Promise<void> {
  const config: Config = readConfig(env);
  const database = await openDatabase(config, say);
  await prepareDatabase(database, say);
  // The owner's: indexes are dropped and made again, which is several times faster than keeping them up to date.
  const connection = openConnection(database.ownerUrl, { max: 2, onTrouble: troubleOf(say), bulk: true });
  try {
    if ((await connection.db.$count(members)) > 0)
      throw new Error('This forum has members: take an empty one.');
    const start = new Date(order.until.getTime() - DAYS * DAY);
    await connection.db.transaction((tx) => installDefaults(tx, start));
    const client = await connection.pool.connect();
    await fill(client, order, start, say).finally(() => {
      client.release();
    });
  } finally {
    await connection.close();
    await database.release();
  }
  if (!config.databaseUrl) writeFileSync(join(config.dataDir, MARK), JSON.stringify(order));
}

async function fill(
  client: PoolClient,
  order: Order,
  start: Date,
  say: (text: string) => void,
): Promise<void> {
  const random = randomFrom(order.seed);
  await client.query(`set maintenance_work_mem = '256MB'; set work_mem = '64MB'`);
  const { keys, references } = await strip(client, FILLED);
  // What topics are found by is written once for each of them, not once for each of their tags and sources.
  await setTriggers(client, 'disable');
  const cast = await makeCast(client, random, Math.ceil(order.posts / POSTS_PER_MEMBER), start, order.until);
  const known = { author: cast.members[1]!, tag: cast.tags.at(-1)!, readers: cast.members.slice(0, READERS) };
  const topicCount = Math.round(order.posts / POSTS_PER_TOPIC);
  const free: Free = { topic: 1, post: 1 };
  for (const [day, plans] of planDays(topicCount, DAYS, order.posts, order.seed, known).entries()) {
    const date = new Date(start.getTime() + day * DAY);
    await copyDay(client, dayOf(random, cast, date, plans, free));
    if (day % 100 === 99) say(`${(free.post - 1).toLocaleString('en-GB')} posts`);
  }
  await makeReaders(client, random, cast, free.topic - 1, order.until);
  say('Making the indexes');
  const [later, first] = partition(keys, ({ table }) => table === 'posts');
  for (const { definition } of first) await client.query(definition);
  await client.query(`update posts set topic_search = topic_search_of(topic_id) where branch_id is null`);
  for (const { definition } of later) await client.query(definition);
  say('Checking the references');
  for (const definition of references) await client.query(definition);
  await setTriggers(client, 'enable');
  await settleSequences(client);
  await settleVisits(client);
  // What counts rows, and what replies leave at their writers, comes from the rows.
  await client.query(`update members set replies_kept = n from
    (select author_id, count(*) as n from posts where branch_id is not null group by 1) as kept where kept.author_id = members.id`);
  await client.query('vacuum analyze');
  const { rows } = await client.query<{ votes: string }>('select count(*) as votes from votes');
  say(
    `${free.post - 1} posts in ${free.topic - 1} topics by ${cast.members.length} members, ${rows[0]!.votes} votes`,
  );
}

async function copyDay(client: PoolClient, day: DayRows): Promise<void> {
  await copyRows(client, topics, day.topics);
  await copyRows(client, posts, day.posts);
  await copyRows(client, votes, day.votes);
  await copyRows(client, sources, day.sources);
  await copyRows(client, topicTags, day.topicTags);
  await copyRows(client, topicRepliers, day.topicRepliers);
  await copyRows(client, events, day.events);
}

function partition<Item>(items: readonly Item[], is: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(is), items.filter((item) => !is(item))];
}

async function setTriggers(client: PoolClient, how: 'disable' | 'enable'): Promise<void> {
  for (const table of TRIGGERED) await client.query(`alter table ${table} ${how} trigger user`);
}

/** Topics and posts came with their ids. */
async function settleSequences(client: PoolClient): Promise<void> {
  for (const table of ['topics', 'posts'])
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
    );
}
