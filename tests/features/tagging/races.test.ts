// Whoever renames a tag writes what its topics are found by; whoever edits one of them waits for the name.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts } from '../../../src/db/schema/index.ts';
import { holdTag, saveTag } from '../../../src/features/tags/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { merge } from '../moderation/merging.ts';
import { addTag, giveTags, tagsOf } from './tagging.ts';

/** Whether somebody waits for the names of tags. */
async function isWaited(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where datname = current_database() and locktype = 'advisory' and not granted`,
  );
  return (rows[0]?.n ?? 0) > 0;
}

/** Whether somebody waits for a transaction to end that has a row. */
async function isRowWaited(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'transactionid'`,
  );
  return (rows[0]?.n ?? 0) > 0;
}

test('a tag is renamed while the author of a topic gives it another: both are done', async ({
  make,
  as,
  db,
}) => {
  const author = await make.member();
  const topic = await make.topic({ author });
  const tagId = await addTag(db, 'gpt-4');
  await giveTags(db, topic, 'gpt-4');
  const form = await (await as.member(author)).visit(paths.postEdit(topic.openingPostId));

  const edited = await db.transaction(async (tx) => {
    const tag = (await holdTag(tx, tagId))!;
    const edit = form.press('Save', { tags: 'gpt-4, chips' });
    await expect.poll(() => isWaited(db)).toBe(true);
    await saveTag(tx, tag, { ...tag, aliases: ['gpt-iv'] });
    return { edit };
  });
  expect((await edited.edit).status).toBe(200);
  expect(await tagsOf(db, topic)).toEqual(['0 gpt-4', '1 chips']);
});

test.for(['topics', 'tags'])(
  'who merges %s locks what their topics are found by in the order of the topics',
  async (what, { make, as, db }) => {
    const [lower, higher] = [
      await make.topic({ source: 'https://a.example/1' }),
      await make.topic({ source: 'https://a.example/2' }),
    ];
    await addTag(db, 'one');
    await addTag(db, 'other');
    for (const topic of [higher, lower]) await giveTags(db, topic, 'one');
    const moderator = await as.moderator();
    const lock = ({ openingPostId }: typeof lower) =>
      db.select({ id: posts.id }).from(posts).where(eq(posts.id, openingPostId));
    const merging = await db.transaction(async (tx) => {
      await tx.select().from(posts).where(eq(posts.id, lower.openingPostId)).for('no key update');
      const done =
        what === 'topics'
          ? merge(moderator, lower, higher)
          : moderator.post(paths.tagMerge('one'), { into: 'other', reason: 'The same' });
      await expect.poll(() => isRowWaited(db)).toBe(true);
      // Whoever waits for the first has not got the second yet.
      expect(await lock(higher).for('no key update', { noWait: true })).toHaveLength(1);
      return { done };
    });
    await merging.done;
  },
);
