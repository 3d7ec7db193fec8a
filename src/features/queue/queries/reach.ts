// What a decision would touch: the replies below a post, who links to it, and how many topics stand on a site.
import { sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import { paths } from '../../../web/paths.ts';

export interface Below {
  readonly postId: PostId;
  /** Visible ones, of all depths. */
  readonly replies: number;
  readonly people: number;
}

/** The replies below each of these. Those without any are left out. */
export async function countBelow(db: Reader, ids: readonly PostId[]): Promise<Below[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.execute<{ root: string; replies: number; people: number }>(sql`
    with recursive below (root, id, author_id, state) as (
      select parent_id, id, author_id, state from posts where parent_id = any (${`{${ids.join(',')}}`}::bigint[])
      union all
      select below.root, p.id, p.author_id, p.state from posts p join below on p.parent_id = below.id)
    select root, count(*)::int as replies, count(distinct author_id)::int as people
    from below where state = 'visible' group by root`);
  return rows.map(({ root, ...counts }) => ({ ...counts, postId: Number(root) as PostId }));
}

export interface LinkedFrom {
  readonly postId: PostId;
  /** Weekly digests among the visible posts elsewhere that link to it, and the others. */
  readonly digests: number;
  readonly posts: number;
}

interface Linkable {
  readonly id: PostId;
  readonly isOpening: boolean;
  readonly topic: { readonly id: TopicId };
}

/** Who links to each of these, or to its topic when it opens one. Those that nobody links to are left out. */
export async function countLinks(
  db: Reader,
  targets: readonly Linkable[],
  siteUrl: string,
): Promise<LinkedFrom[]> {
  if (targets.length === 0) return [];
  const site = siteUrl.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const { port } = new URL(siteUrl);
  const asked = targets.map(({ id, isOpening, topic }) => {
    const addresses = [paths.post(id), ...(isOpening ? [paths.topicById(topic.id)] : [])];
    return {
      ...{ id, topic: topic.id, opening: isOpening },
      query: addresses.flatMap((path) => wordsOf(path, port)).join(' | '),
      link: `href="(${site})?(${addresses.join('|')})([/?#][^"]*)?"`,
    };
  });
  const { rows } = await db.execute<{ id: string; digests: number; posts: number }>(sql`
    select asked.id, (count(*) filter (where t.kind = 'digest' and p.branch_id is null))::int as digests,
      (count(*) filter (where t.kind <> 'digest' or p.branch_id is not null))::int as posts
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as asked (id bigint, topic bigint, opening boolean, query text, link text)
    join posts p on p.search @@ asked.query::tsquery and p.body_html ~ asked.link
      and p.id <> asked.id and p.state = 'visible' and not (asked.opening and p.topic_id = asked.topic)
    join topics t on t.id = p.topic_id and t.state = 'visible'
    group by asked.id`);
  return rows.map(({ id, ...counts }) => ({ ...counts, postId: Number(id) as PostId }));
}

/**
 * The words by which full-text search knows a text with this address in it: the path with what stands after it in
 * Markdown, or goes on; a port becomes a part of it. It finds candidates by index; that they link to this site is seen
 * in their HTML.
 */
function wordsOf(path: string, port: string): string[] {
  const starts = port === '' ? [path] : [path, port + path];
  const ends = ['/', '?', '#', ')', '.', ',', ':', ';', '!'];
  return starts.flatMap((start) => [`'${start}'`, ...ends.map((end) => `'${start}${end}':*`)]);
}

/** On how many topics that everybody can see each of these sites stands. */
export async function countTopicsOfHosts(
  db: Reader,
  hosts: readonly string[],
): Promise<{ readonly host: string; readonly topics: number }[]> {
  if (hosts.length === 0) return [];
  const { rows } = await db.execute<{ host: string; topics: number }>(sql`
    select s.publisher_host as host, count(distinct s.topic_id)::int as topics
    from sources s join topics t on t.id = s.topic_id and t.state = 'visible'
    where s.publisher_host in (select jsonb_array_elements_text(${JSON.stringify(hosts)}::jsonb)) and s.state <> 'removed'
    group by s.publisher_host`);
  return rows;
}
