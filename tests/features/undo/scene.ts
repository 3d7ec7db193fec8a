// A forum with something of everything that decisions change, and all that stands in its tables.
import { eq, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../../src/db/connection.ts';
import * as schema from '../../../src/db/schema/index.ts';
import type { ActionId } from '../../../src/domain/ids.ts';
import { setTopicTags } from '../../../src/features/tags/index.ts';
import type { As } from '../../support/forum.ts';
import type { Make, MemberRow } from '../../support/make.ts';
import { settleCounters } from '../threads/counting.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import { visit } from '../moderation/merging.ts';

const AT = new Date('2026-04-03T13:00:00Z');

/** What a member has said of tags. */
export async function follow(
  db: Database,
  { id: memberId }: MemberRow,
  levels: Readonly<Record<string, 'all' | 'nothing'>>,
): Promise<void> {
  const { followLevels, tags } = schema;
  for (const [slug, level] of Object.entries(levels)) {
    const [tag] = await db.select({ id: tags.id }).from(tags).where(eq(tags.slug, slug));
    await db.insert(followLevels).values({ memberId, tagId: tag!.id, level, setAt: AT });
  }
}

/** Two topics: replies of all states at several levels, votes, tags, sources, marks of what was read. */
export async function scene(make: Make, as: As, db: Database) {
  const [one, other, third] = [await make.member(), await make.member(), await make.member()];
  const topic = await make.topic({
    author: one,
    source: 'https://a.example/1',
    title: 'The first story of two',
  });
  const second = await make.topic({ author: other, source: 'https://b.example/2' });
  const root = await make.reply({ topic, author: other });
  const child = await make.reply({ topic, parent: root, author: third });
  const deep = await make.reply({ topic, parent: child, author: one });
  const held = await make.reply({ topic, parent: child, author: third, heldAt: AT });
  await putInQueue(db, { post: held.id, kind: 'held' });
  await make.reply({ topic, parent: root, author: one, withdrawnAt: AT });
  const beside = await make.reply({ topic, author: third });
  const elsewhere = await make.reply({ topic: second, author: third });
  for (const post of [topic.openingPostId, second.openingPostId, child.id]) await make.vote({ post });
  await db.transaction(async (tx) => {
    const tags = ['chips', 'power', 'funds'].map((slug) => ({ slug, name: slug }));
    await setTopicTags(tx, topic.id, tags);
    // A tag that is new stays known.
    await setTopicTags(tx, second.id, [{ slug: 'memory', name: 'memory' }]);
  });
  await follow(db, one, { chips: 'all', memory: 'all' });
  await follow(db, third, { chips: 'nothing', power: 'all' });
  await db.insert(schema.sources).values({
    ...{
      topicId: topic.id,
      addedById: other.id,
      addedAt: AT,
      url: 'https://c.example/3',
      urlKey: 'c.example/3',
    },
    ...{ keyVersion: 2, publisherHost: 'c.example' },
  });
  for (const member of [one, third]) await visit(db, member, topic, child.id, AT);
  await visit(db, other, second, elsewhere.id, AT);
  const moderator = await make.member({ role: 'moderator' });
  const browser = await as.moderator(moderator);
  await settleCounters(db);
  return { topic, second, root, child, deep, beside, elsewhere, third, moderator, browser };
}

export type Scene = Awaited<ReturnType<typeof scene>>;

/** Tables in which something is left when a decision was undone, and why. */
const LEFT: Readonly<Record<string, string>> = {
  events: 'what happened is not forgotten',
  actions: 'both decisions stand in the log',
  action_posts: 'with what they changed',
  hides: 'lifted ones stay',
  sanctions: 'lifted ones stay',
  merges: 'undone ones stay, with what they moved',
  tag_merges: 'as above',
  merged_topic_tags: 'as above',
  merged_sources: 'as above',
  merged_marks: 'as above',
  notifications: 'members were told of both',
  page_changes: 'web processes are told of both',
  revisions: 'the title that stood there in between is a part of the history',
  sessions: 'the moderator was there',
  shifts: 'and at work',
  spent_budgets: 'and sent forms',
  page_readings: 'that an address is to be read again',
};

/** Columns that tell of a change, not of what there is. */
const MARKS: Readonly<Record<string, string>> = {
  version: 'raised by every change, so that nobody saves over what they have not seen',
  edited_at: 'the title was edited, twice',
  title_edited_at: 'as above',
  rank_fell_in: 'whoever walks through a list meets no topic twice that fell on the way',
  paywall: 'of an address that is read again',
};

/** Tables whose rows are made anew, of which nothing but their subject is known elsewhere. */
const MADE_ANEW: Readonly<Record<string, string>> = {
  follow_levels: 'a merge of tags gives followers a row, its undoing takes it away',
};

/** Every row of every table, but for what is left on purpose. */
export async function everyRow(db: Database): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const table of Object.values(schema)) {
    if (!is(table, PgTable)) continue;
    const name = getTableName(table);
    if (name in LEFT) continue;
    const { rows } = await db.execute<{ row: Record<string, unknown> }>(
      sql`select to_jsonb(t) as row from ${sql.identifier(name)} as t order by to_jsonb(t)::text`,
    );
    const contents = rows.map(({ row }) =>
      JSON.stringify(
        Object.entries(row).filter(
          ([column]) => !(column in MARKS) && !(column === 'id' && name in MADE_ANEW),
        ),
      ),
    );
    found[name] = contents.sort();
  }
  return found;
}

/** The newest decision. */
export async function lastAction(db: Database): Promise<ActionId> {
  const { rows } = await db.execute<{ id: string }>(sql`select max(id) as id from ${schema.actions}`);
  return Number(rows[0]?.id) as ActionId;
}

/** Replies that do not stand where the one above them does. */
export async function misplaced(db: Database) {
  const { posts } = schema;
  const { rows } = await db.execute(sql`select reply.id from ${posts} as reply
    left join ${posts} as above on above.id = reply.parent_id where reply.branch_id is not null and (
      (reply.parent_id is null and (reply.depth <> 0 or reply.branch_id <> reply.id)) or
      (reply.parent_id is not null and (reply.depth <> above.depth + 1 or reply.branch_id <> above.branch_id
        or reply.topic_id <> above.topic_id)))`);
  return rows;
}
