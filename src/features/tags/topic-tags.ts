// Writing tags: the only writer of their tables. Who may change a topic's tags is asked by the commands that call this.
import { and, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { type Batch, batchOf } from '../../db/insert-rows.ts';
import { tags, topicTags } from '../../db/schema/index.ts';
import { tagLedTo } from '../../db/tag-families.ts';
import type { TagId, TopicId } from '../../domain/ids.ts';
import type { TypedTag } from '../../domain/tags.ts';
import { holdTagNames, shareTagNames } from './tag-lock.ts';

export interface TagChanges {
  readonly added: readonly TagId[];
  readonly removed: readonly TagId[];
  /** Those that were there, in their order. */
  readonly before: readonly TagId[];
}

/**
 * Gives a topic these tags, in this order. A slug or an alias of a tag leads to it, or to what it was merged into; what is
 * not known yet becomes a tag of the kind "subject".
 */
export async function setTopicTags(
  tx: Tx,
  topicId: TopicId,
  typed: readonly TypedTag[],
): Promise<TagChanges> {
  await shareTagNames(tx);
  const ids = await findOrAddTags(tx, typed);
  const before = await tx
    .select({ tagId: topicTags.tagId })
    .from(topicTags)
    .where(eq(topicTags.topicId, topicId))
    .orderBy(topicTags.position);
  const had = new Set(before.map(({ tagId }) => tagId));
  await tx
    .delete(topicTags)
    .where(
      and(eq(topicTags.topicId, topicId), ids.length > 0 ? notInArray(topicTags.tagId, ids) : undefined),
    );
  await addTopicTags(tx, topicId, ids);
  return {
    added: ids.filter((id) => !had.has(id)),
    removed: [...had].filter((id) => !ids.includes(id)),
    before: [...had],
  };
}

/** The tags of an imported topic, to be inserted together with it. */
export function importedTopicTags(topicId: TopicId, ids: readonly TagId[]): Batch {
  return batchOf(
    topicTags,
    ids.map((tagId, position) => ({ topicId, tagId, position })),
  );
}

/** Gives a topic these tags beside any others it has, at these places. */
async function addTopicTags(tx: Tx, topicId: TopicId, ids: readonly TagId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .insert(topicTags)
    .values(ids.map((tagId, position) => ({ topicId, tagId, position })))
    .onConflictDoUpdate({
      target: [topicTags.topicId, topicTags.tagId],
      set: { position: sql`excluded.position` },
    });
}

async function findOrAddTags(tx: Tx, typed: readonly TypedTag[]): Promise<TagId[]> {
  if (typed.length === 0) return [];
  const slugs = typed.map(({ slug }) => slug);
  const known = await findTagIds(tx, slugs);
  // In order of slug, so that two topics that bring the same new tags do not wait for each other.
  const missing = typed.filter(({ slug }) => !known.has(slug)).sort((a, b) => (a.slug < b.slug ? -1 : 1));
  if (missing.length > 0) await tx.insert(tags).values(missing).onConflictDoNothing({ target: tags.slug });
  const all = missing.length > 0 ? await findTagIds(tx, slugs) : known;
  return [...new Set(slugs.flatMap((slug) => all.get(slug) ?? []))];
}

/** Slug or alias → the tag that it leads to; a slug goes before another tag's alias. */
export async function findTagIds(db: Reader, slugs: readonly string[]): Promise<Map<string, TagId>> {
  const wanted = [...slugs];
  const rows = await db
    .select({ id: tagLedTo(sql`${tags}.id`), slug: tags.slug, aliases: tags.aliases })
    .from(tags)
    .where(sql`${inArray(tags.slug, wanted)} or ${tags.aliases} && ${sql.param(wanted)}::text[]`);
  const ids = new Map<string, TagId>();
  for (const { id, aliases } of rows) for (const alias of aliases) ids.set(alias, id);
  for (const { id, slug } of rows) ids.set(slug, id);
  return ids;
}

/** Typed slugs as those of the tags that they lead to; what leads to none yet stays as it is. */
export async function tagSlugsOf(db: Reader, typed: readonly TypedTag[]): Promise<string[]> {
  const slugs = typed.map(({ slug }) => slug);
  const ids = await findTagIds(db, slugs);
  const rows = await db
    .select({ id: tags.id, slug: tags.slug })
    .from(tags)
    .where(inArray(tags.id, [...ids.values()]));
  const byId = new Map(rows.map(({ id, slug }) => [id, slug]));
  return slugs.map((slug) => byId.get(ids.get(slug) ?? (0 as TagId)) ?? slug);
}

/** A tag with what is known of it, for forums that come with some. */
export type ImportedTag = Pick<
  typeof tags.$inferInsert,
  'slug' | 'name' | 'kind' | 'description' | 'aliases' | 'ordinary' | 'parentId' | 'modifier' | 'originKey'
>;

/**
 * Adds the tags that are not there yet, by their slug or an alias; those that are stay as they are. An alias that is
 * another tag's already stays with that one.
 * @returns the id of each by its slug.
 */
export async function importTags(
  tx: Tx,
  imported: readonly ImportedTag[],
): Promise<ReadonlyMap<string, TagId>> {
  if (imported.length === 0) return new Map();
  await holdTagNames(tx);
  const slugs = imported.map(({ slug }) => slug);
  const known = await findTagIds(tx, [...slugs, ...imported.flatMap(({ aliases = [] }) => aliases)]);
  const taken = new Set([...known.keys(), ...slugs]);
  const rows = imported
    .filter(({ slug }) => !known.has(slug))
    .map(({ aliases = [], ...tag }) => {
      const free = aliases.filter((alias) => !taken.has(alias));
      for (const alias of free) taken.add(alias);
      return { ...tag, aliases: [...new Set(free)] };
    });
  if (rows.length > 0) await tx.insert(tags).values(rows);
  const ids = await findTagIds(tx, slugs);
  return new Map(slugs.flatMap((slug) => (ids.has(slug) ? [[slug, ids.get(slug)!] as const] : [])));
}
