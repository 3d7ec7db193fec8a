// What moderators say of a tag. Every slug and every alias leads to one tag alone: looked at and written under one lock.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { tags } from '../../db/schema/index.ts';
import { tagFamily } from '../../db/tag-families.ts';
import type { TagId } from '../../domain/ids.ts';
import { enqueue } from '../../jobs/queue.ts';
import { findTagIds } from './topic-tags.ts';
import { holdTagNames } from './tag-lock.ts';

export type TagRow = typeof tags.$inferSelect;
export type TagFacts = Pick<
  TagRow,
  'kind' | 'name' | 'description' | 'aliases' | 'parentId' | 'ordinary' | 'modifier'
>;

/** The tag, with what it is called and what others are called held until the transaction ends; undefined: none, or merged. */
export async function holdTag(tx: Tx, id: TagId): Promise<TagRow | undefined> {
  await holdTagNames(tx);
  const [tag] = await tx.select().from(tags).where(eq(tags.id, id));
  return tag?.mergedIntoId === null ? tag : undefined;
}

export interface TagFaults {
  /** Of the aliases wanted, one that leads to another tag. */
  readonly taken: string | undefined;
  /** The parent wanted is the tag itself or stands below it. */
  readonly circle: boolean;
}

/** What stands in the way of giving a tag these aliases and this parent. Wants holdTag. */
export async function checkTag(
  tx: Tx,
  { id, slug }: Pick<TagRow, 'id' | 'slug'>,
  { aliases, parentId }: Pick<TagFacts, 'aliases' | 'parentId'>,
): Promise<TagFaults> {
  const known = await findTagIds(tx, aliases);
  const own = new Set(await namesOf(tx, id));
  const taken = aliases.find((alias) => alias === slug || (known.has(alias) && !own.has(alias)));
  const { rows } = await tx.execute<{ below: boolean }>(
    sql`select coalesce(${parentId}::bigint = any(${tagFamily(id)}), false) as below`,
  );
  return { taken, circle: rows[0]?.below === true };
}

/** The aliases that the tag has itself; those of tags merged into it lead there anyway, and stay theirs. */
async function namesOf(tx: Tx, id: TagId): Promise<readonly string[]> {
  const [tag] = await tx.select({ aliases: tags.aliases }).from(tags).where(eq(tags.id, id));
  return tag?.aliases ?? [];
}

/** Writes what a tag is. Wants holdTag, and that checkTag found nothing. */
export async function saveTag(tx: Tx, before: TagRow, facts: TagFacts): Promise<void> {
  await tx.update(tags).set(facts).where(eq(tags.id, before.id));
  if (facts.modifier !== before.modifier) await enqueue(tx, 'rerank-tag', { tagId: before.id });
}
