// The tags that a title names, for the forms that ask for tags: found by the slugs of its words, whatever the number of
// tags.
import { and, inArray, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { tags } from '../../db/schema/index.ts';
import { knownTag, tagLedTo } from '../../db/tag-families.ts';
import { type NamedTag, namesIn, tagsNamed } from '../../domain/tag-names.ts';

/**
 * The slugs of the tags that a title names, in its order. Only tags that everybody may know of; what was merged into
 * another names that one.
 * @param hosts where the article stands: what is published there may be meant by an everyday word
 */
export async function findNamedTags(
  db: Reader,
  title: string,
  hosts: readonly string[] = [],
): Promise<string[]> {
  const names = namesIn(title);
  if (names.length === 0) return [];
  const candidates = await loadNamed(db, names);
  return tagsNamed(title, candidates, hosts).map(({ slug }) => slug);
}

async function loadNamed(db: Reader, names: readonly string[]): Promise<NamedTag[]> {
  const wanted = sql`${sql.param([...names])}::text[]`;
  const columns = { id: tagLedTo(sql`${tags}.id`), names: sql<string[]>`${tags}.slug || ${tags}.aliases` };
  // Each by its own index, which the planner does not see in an "or".
  const called = await db
    .select(columns)
    .from(tags)
    .where(sql`${tags.slug} = any(${wanted})`)
    .unionAll(
      db
        .select(columns)
        .from(tags)
        .where(sql`${tags.aliases} && ${wanted}`),
    );
  if (called.length === 0) return [];
  const namesOf = Map.groupBy(called, ({ id }) => id);
  const self = sql`${tags}.id`;
  const above = sql`with recursive above as (
      select here.id, here.parent_id, here.slug, here.aliases, 0 as height from ${tags} as here where here.id = ${self}
      union select there.id, there.parent_id, there.slug, there.aliases, above.height + 1
        from ${tags} as there join above on there.id = above.parent_id where above.height < ${HIGHEST}::int)`;
  const rows = await db
    .select({
      ...{ id: tags.id, slug: tags.slug, kind: tags.kind, ordinary: tags.ordinary },
      familyId: sql`(${above} select above.id from above order by above.height desc limit 1)`.mapWith(Number),
      familyNames: sql<string[]>`array(${above} select unnest(above.slug || above.aliases) from above)`,
    })
    .from(tags)
    .where(and(inArray(tags.id, [...namesOf.keys()]), knownTag('tags')));
  return rows.map(({ id, ...tag }) => ({
    ...tag,
    names: (namesOf.get(id) ?? []).flatMap((one) => one.names),
  }));
}

/** A company, its family of models, one of them and a variant of that: what stands higher is no evidence any more. */
const HIGHEST = 4;
