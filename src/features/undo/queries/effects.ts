// What undoing a decision would change back now, counted: the page says it before anybody presses the button.
import { sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { actionPosts, hides, posts, revisions, sections, tags } from '../../../db/schema/index.ts';
import type { ActionId, TopicId } from '../../../domain/ids.ts';
import { countReturning } from '../../moderation/index.ts';
import type { ActionDetails } from './action.ts';

export interface Effects {
  /** Of the posts that the action hides: those that can be seen again, and those that something else keeps away. */
  readonly restored: number;
  readonly kept: number;
  /** Replies below what the action touched that came after it. */
  readonly newer: number;
  /** What the action touched. */
  readonly posts: number;
  /** What a merge would give back; zeros for other decisions. */
  readonly merged: { readonly sources: number; readonly replies: number; readonly votes: number };
  /** What stands there again afterwards: a title, a section, tags; '' for other decisions. */
  readonly again: string;
}

export async function loadEffects(db: Reader, action: ActionDetails): Promise<Effects> {
  const merged =
    action.kind === 'merge' && action.topicId !== null
      ? await countReturning(db, action.topicId)
      : { sources: 0, replies: 0, votes: 0 };
  return { ...(await countPosts(db, action.id)), merged, again: await whatStandsAgain(db, action) };
}

async function countPosts(db: Reader, id: ActionId) {
  const hidden = sql`select ${posts.id}, ${posts.heldAt}, ${posts.withdrawnAt}, exists (
      select from ${hides} as other where other.action_id <> ${id} and other.lifted_at is null
        and (other.post_id = ${posts.id} or ${posts.branchId} is null and other.topic_id = ${posts.topicId})) as hidden_besides
    from ${posts} join ${hides} on ${hides.actionId} = ${id} and ${hides.liftedAt} is null
      and (${hides.postId} = ${posts.id} or ${posts.branchId} is null and ${hides.topicId} = ${posts.topicId})`;
  const { rows } = await db.execute<{ hidden: number; kept: number; newer: number; touched: number }>(sql`
    with recursive touched as (select post_id as id from ${actionPosts} where ${actionPosts.actionId} = ${id}),
    below as (
      select id from touched
      union select reply.id from ${posts} as reply join below on reply.parent_id = below.id),
    hidden as (${hidden})
    select (select count(*)::int from hidden) as hidden,
      (select count(*)::int from hidden where hidden_besides or held_at is not null or withdrawn_at is not null) as kept,
      (select count(*)::int from below where id not in (select id from touched)) as newer,
      (select count(*)::int from touched) as touched`);
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL returned no row for a count.');
  return { restored: row.hidden - row.kept, kept: row.kept, newer: row.newer, posts: row.touched };
}

async function whatStandsAgain(db: Reader, { kind, data }: ActionDetails): Promise<string> {
  const [query] = [
    kind === 'edit-title' &&
      sql`select ${revisions.title} as text from ${revisions} where id = ${data.revisionId}`,
    kind === 'set-section' && sql`select ${sections.name} as text from ${sections} where id = ${data.from}`,
    kind === 'edit-tags' &&
      sql`select string_agg(${tags.name}, ', ') as text from ${tags} where id = any(${sql.param(data.before ?? [])}::bigint[])`,
    kind === 'move-reply' && titleOf(data.from),
  ].filter((part) => part !== false);
  if (!query) return '';
  const { rows } = await db.execute<{ text: string | null }>(query);
  return rows[0]?.text ?? '';
}

function titleOf(place: unknown) {
  const { topicId } = place as { readonly topicId: TopicId };
  return sql`select title as text from topics where id = ${topicId}`;
}
