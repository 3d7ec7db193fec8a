// What moderators' pages about tags need besides the tags themselves.
import { eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { tags } from '../../db/schema/index.ts';
import type { TagId } from '../../domain/ids.ts';
import { findTagIds, type TagRow } from '../tags/index.ts';

/** Slugs of tags by their ids. */
export async function listTagSlugs(
  db: Reader,
  ids: readonly (TagId | null)[],
): Promise<ReadonlyMap<number, string>> {
  const known = ids.filter((id) => id !== null);
  const rows = await db.select({ id: tags.id, slug: tags.slug }).from(tags).where(inArray(tags.id, known));
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}

export async function findTagRow(db: Reader, id: TagId): Promise<TagRow | undefined> {
  const [row] = await db.select().from(tags).where(eq(tags.id, id));
  return row;
}

/** The tag that a slug or an alias leads to, described or not: a moderator has typed it. */
export async function findTypedTag(db: Reader, slug: string): Promise<TagRow | undefined> {
  const id = (await findTagIds(db, [slug])).get(slug);
  return id === undefined ? undefined : findTagRow(db, id);
}

/** How many topics have a tag, hidden ones too: what a merge moves. */
export async function countTopicsOf(db: Reader, id: TagId): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from topic_tags where tag_id = ${id}`,
  );
  return rows[0]?.n ?? 0;
}
