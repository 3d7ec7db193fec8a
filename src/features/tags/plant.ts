// The tags of the industry that a forum begins with; forums that are there already can have them too. Nothing that
// somebody has said of a tag is overwritten.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { tags } from '../../db/schema/index.ts';
import type { SeedTag } from './seed/index.ts';
import { findTagIds, importTags } from './topic-tags.ts';

/** A tag that came with a topic, of which nobody has said anything. */
const UNSAID = and(
  eq(tags.kind, 'subject'),
  eq(tags.description, ''),
  eq(tags.aliases, []),
  eq(tags.ordinary, false),
  isNull(tags.parentId),
  isNull(tags.mergedIntoId),
);

/**
 * Adds the tags that are not there, and says what they are of those that came with a topic. Harmless to repeat.
 * @returns how many it added or said something of
 */
export async function plantTags(tx: Tx, given?: readonly SeedTag[]): Promise<number> {
  const seeds = given ?? (await seedTags());
  const slugs = seeds.map(({ slug }) => slug);
  const before = await findTagIds(tx, slugs);
  const ids = await importTags(
    tx,
    seeds.map(({ slug, name, kind, description, aliases, ordinary }) => ({
      ...{ slug, name, kind, description, ordinary },
      aliases: [...aliases],
    })),
  );
  const bare = await tx
    .select({ slug: tags.slug })
    .from(tags)
    .where(and(inArray(tags.slug, slugs), UNSAID));
  const unsaid = new Set(bare.map(({ slug }) => slug));
  const known = await findTagIds(
    tx,
    seeds.flatMap(({ aliases }) => aliases),
  );
  let planted = 0;
  for (const { slug, kind, description, ordinary, aliases, parent } of seeds) {
    const id = ids.get(slug);
    const isNew = !before.has(slug);
    if (id === undefined || !(isNew || unsaid.has(slug))) continue;
    planted += 1;
    const parentId = parent === undefined ? null : (ids.get(parent) ?? null);
    const free = aliases.filter((alias) => !known.has(alias));
    const said = isNew ? {} : { kind, description, ordinary, aliases: free };
    if (!isNew || parentId !== null)
      await tx
        .update(tags)
        .set({ ...said, parentId })
        .where(eq(tags.id, id));
  }
  return planted;
}

/** How many of the seeds the forum has not yet, by slug or alias. */
export async function countPlanted(db: Reader): Promise<{ readonly missing: number }> {
  const slugs = (await seedTags()).map(({ slug }) => slug);
  const { rows } = await db.execute<{ there: number }>(sql`select count(*)::int as there
    from unnest(${sql.param(slugs)}::text[]) as seed
    where exists (select from ${tags} where ${tags.slug} = seed or ${tags.aliases} @> array[seed])`);
  return { missing: slugs.length - (rows[0]?.there ?? 0) };
}

/** Loaded when somebody plants: few starts of a forum are its first. */
async function seedTags(): Promise<readonly SeedTag[]> {
  const { SEED_TAGS } = await import('./seed/index.ts');
  return SEED_TAGS;
}
