// What there is to look at in a generated forum, found by what the generator named it.
import type { MemberId } from '../../../src/domain/ids.ts';
import { exactTitle, LANDMARK, READERS } from '../made-up/plans.ts';
import { randomFrom, zipf } from '../made-up/random.ts';
import type { Store } from './forum.ts';
import { logIn } from './members.ts';
import type { Kind } from './requests.ts';

export interface Sight {
  readonly id: number;
  readonly path: string;
  readonly openingPostId: number;
}

/** The topic of exactly so many replies; undefined where the forum is too small for it. */
export async function exactTopic({ pool }: Store, replies: number): Promise<Sight | undefined> {
  const { rows } = await pool.query<{ id: string; slug: string; opening: string }>(
    'select id, slug, opening_post_id as opening from topics where title = $1',
    [exactTitle(replies)],
  );
  const [row] = rows;
  return row && { id: Number(row.id), path: `/t/${row.id}/${row.slug}`, openingPostId: Number(row.opening) };
}

/** A topic that must be there. */
export async function mustHave(store: Store, replies: number): Promise<Sight> {
  const topic = await exactTopic(store, replies);
  if (!topic) throw new Error(`${store.dataDir} has no topic of ${replies} replies.`);
  return topic;
}

/** Of whom there are some in a forum of any size: an ordinary member of long standing. */
const WRITER = { topics: 2, replies: 30 } as const;

/** The name of a member who wrote so much, or as nearly so as there is one: the landmarks' author writes elsewhere, too. */
export async function findWriter({ pool }: Store): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `select members.name from members join (
        select author_id as id, count(*) filter (where branch_id is null) as topics, count(branch_id) as replies
        from posts group by author_id) as wrote on wrote.id = members.id
      order by abs(wrote.topics - $1) + abs(wrote.replies - $2), members.id limit 1`,
    [WRITER.topics, WRITER.replies],
  );
  return rows[0]!.name;
}

/** Members who have votes in the topic of one page, with half of it unread: their cookies. */
export async function readers(store: Store): Promise<string[]> {
  const ids = Array.from({ length: READERS }, (_, n) => (n + 1) as MemberId);
  const { id } = await mustHave(store, 200);
  await store.pool.query(
    `with middle as (select percentile_disc(0.5) within group (order by id) as seen from posts where topic_id = $2)
    insert into visits (member_id, topic_id, seen_post_id, previous_seen_post_id, visited_at)
    select member_id, $2, seen, seen, now() from unnest($1::bigint[]) as given (member_id), middle
    on conflict (member_id, topic_id) do update
      set seen_post_id = excluded.seen_post_id, previous_seen_post_id = excluded.seen_post_id, visited_at = now()`,
    [ids, id],
  );
  return logIn(store, ids);
}

/** So many that nobody writes twice within the pace of replies. */
const MOST_WRITERS = 20_000;

/** Members who write: none of those who read. */
export async function writers(store: Store): Promise<{ readonly id: MemberId; readonly cookie: string }[]> {
  const { rows } = await store.pool.query<{ id: string }>(
    "select id from members where id > $1 and role = 'member' order by id limit $2",
    [READERS, MOST_WRITERS],
  );
  const ids = rows.map(({ id }) => Number(id) as MemberId);
  const cookies = await logIn(store, ids);
  return ids.map((id, n) => ({ id, cookie: cookies[n]! }));
}

/** The highest number that a post was given, or could have been: numbers of refused posts are not used again. */
export async function newestPost({ pool }: Store): Promise<number> {
  const { rows } = await pool.query<{ last: string }>(
    `select last_value as last from pg_sequences where schemaname = 'public' and sequencename = 'posts_id_seq'`,
  );
  return Number(rows[0]!.last);
}

/**
 * The newest topics, which still take votes and replies, each as often as people open it.
 * @param byReaders only those by members who are never among the writers: nobody votes for an own post
 */
export async function popularTopics({ pool, dataDir }: Store, byReaders = false): Promise<Sight[]> {
  const { rows } = await pool.query<{ id: string; slug: string; opening: string }>(
    `select id, slug, opening_post_id as opening from topics where title not like 'Exactly %' and author_id <= $1
      and posted_at > now() - interval '25 days' order by id desc limit 200`,
    [byReaders ? READERS : 2 ** 31],
  );
  if (rows.length === 0)
    throw new Error(
      `Nothing in ${dataDir} is new enough to be voted for: delete it, and it is generated anew.`,
    );
  const random = randomFrom(2);
  return Array.from({ length: 1_000 }, () => {
    const { id, slug, opening } = rows[zipf(random, rows.length, 20)]!;
    return { id: Number(id), path: `/t/${id}/${slug}`, openingPostId: Number(opening) };
  });
}

export const visitorReads = (path: string): Kind => ({
  ...{ name: 'visitor', share: 1, method: 'GET', paths: [path], cookies: [], expects: 200 },
});

export const FORM = {
  reply:
    'body=We+measured+{{random}}+here+and+{{random}}+there,+and+the+sum+of+it+was+{{random}}.&form_id={{new}}',
  vote: 'vote=up',
} as const;

/** What people do all day: of a hundred requests, 90 are visitors' reads, 8 members', 2 write. */
export async function dayOf(store: Store): Promise<Kind[]> {
  const topics = await popularTopics(store);
  const votable = await popularTopics(store, true);
  const lists = ['/', '/', '/', '/new', '/active', '/top', `/tag/${LANDMARK.name}`, '/feed.atom'];
  // Of three pages, two are topics. By turns: they are asked for in this order, and a short run does not come to the end.
  const read = topics.flatMap(({ path }, n) =>
    n % 2 === 0 ? [path] : [path, lists[(n >> 1) % lists.length]!],
  );
  const cookies = (await writers(store)).map(({ cookie }) => cookie);
  const write = { method: 'POST', cookies, expects: 303 } as const;
  return [
    { ...visitorReads('/'), share: 90, paths: read },
    { name: 'member', share: 8, method: 'GET', paths: read, cookies: await readers(store), expects: 200 },
    { name: 'reply', share: 1, ...write, paths: topics.map(({ id }) => `/t/${id}/reply`), form: FORM.reply },
    {
      name: 'vote',
      share: 1,
      ...write,
      paths: votable.map(({ openingPostId: id }) => `/p/${id}/vote`),
      form: FORM.vote,
    },
  ];
}
