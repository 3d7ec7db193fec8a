// Whoever renames a tag writes what its topics are found by; whoever edits one of them waits for the name.
import { sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { holdTag, saveTag } from '../../../src/features/tags/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { addTag, giveTags, tagsOf } from './tagging.ts';

/** Whether somebody waits for the names of tags. */
async function isWaited(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where datname = current_database() and locktype = 'advisory' and not granted`,
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
