// Writes that are half there: what one transaction should have written together, looked for with plain SQL.
import type pg from 'pg';

/** Posts that came through the front door have a form; what a demonstration or a test inserted has none. */
const WRITTEN = `p.form_id like 'fault-load-%'`;

/** Each finds nothing when every transaction happened as a whole. */
const HALVES: Readonly<Record<string, string>> = {
  'topics without an opening post': `select id from topics t
    where not exists (select from posts p where p.id = t.opening_post_id and p.topic_id = t.id and p.branch_id is null)`,
  'link topics without exactly one source': `select t.id from topics t join posts p on p.id = t.opening_post_id
    where ${WRITTEN} and t.kind = 'link' and (select count(*) from sources s where s.topic_id = t.id) <> 1`,
  'texts that stand twice': `select min(p.id) as id from posts p where ${WRITTEN} group by p.body_md having count(*) > 1`,
  'posts without exactly one event of their posting': `select p.id from posts p where ${WRITTEN} and (select count(*)
    from events e where e.post_id = p.id and e.kind in ('topic-posted', 'reply-posted')) <> 1`,
  'events of posts that are not there': `select e.id from events e left join posts p on p.id = e.post_id
    where e.post_id is not null and p.id is null`,
  'edits without their event, or the other way round': `select p.id from posts p where ${WRITTEN} and (
    (select count(*) from revisions r where r.post_id = p.id) <> p.version - 1 or
    (select count(*) from events e where e.post_id = p.id and e.kind = 'post-edited') <> p.version - 1)`,
  'withdrawals without their event, or the other way round': `select p.id from posts p where ${WRITTEN} and
    (select count(*) filter (where e.kind = 'post-withdrawn') - count(*) filter (where e.kind = 'post-unwithdrawn')
      from events e where e.post_id = p.id) <> (p.withdrawn_at is not null)::integer`,
  'topics whose state is not their opening post’s': `select t.id from topics t join posts p on p.id = t.opening_post_id
    where (t.withdrawn_at, t.held_at, t.hidden_at) is distinct from (p.withdrawn_at, p.held_at, p.hidden_at)`,
  'flags that weigh enough and call no moderator': `select p.id from posts p where ${WRITTEN} and p.flag_weight >= 2
    and not exists (select from queue_items q where q.post_id = p.id and q.kind = 'flagged')`,
  'flags waiting without an open queue item': `select f.id from flags f join queue_items q on q.id = f.queue_item_id
    where f.taken_back_at is null and f.outcome is null and q.closed_at is not null`,
  'replies whose author’s readers were neither told nor are about to be': `select p.id from posts p
    join topics t on t.id = p.topic_id left join posts above on above.id = p.parent_id
    where ${WRITTEN} and p.branch_id is not null
      and not exists (select from events e where e.post_id = p.id and e.kind = 'post-withdrawn')
      and coalesce(above.author_id, t.author_id) <> p.author_id
      and not exists (select from notifications n where n.post_id = p.id)
      and not exists (select from graphile_worker._private_jobs j
        where (j.payload ->> 'postId')::bigint = p.id)`,
};

/** What is half there, each in a line. */
export async function halves(pool: pg.Pool): Promise<string[]> {
  const found: string[] = [];
  for (const [name, text] of Object.entries(HALVES)) {
    const { rows } = await pool.query<{ id: string }>(text);
    if (rows.length > 0) found.push(`${name}: ${rows.map(({ id }) => id).join(' ')}`);
  }
  return found;
}
