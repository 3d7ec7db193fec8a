// Origin keys: what a row is called wherever it goes. Imported rows keep the key they came with; a row that was written
// here is called after this forum, its noun and its id, and nothing needs to be stored for that.
import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Reader } from './connection.ts';
import { members, posts, sections, settings, sources, tags, topics } from './schema/index.ts';

interface KeyedTable extends PgTable {
  readonly id: AnyPgColumn;
  readonly originKey: AnyPgColumn;
}

const TABLES = {
  member: members,
  section: sections,
  tag: tags,
  topic: topics,
  source: sources,
  post: posts,
} satisfies Record<string, KeyedTable>;

export type KeyedNoun = keyof typeof TABLES;

/** The forum was never set up, nor anything imported into it: it has no rows that could be named. */
export class ForumWithoutSettings extends Error {
  constructor() {
    super('The forum has no settings: they are written when it is set up.');
  }
}

/** @returns what this forum is called in keys. @throws ForumWithoutSettings */
export async function findForumKey(db: Reader): Promise<string> {
  const [row] = await db.select({ forumKey: settings.forumKey }).from(settings);
  if (!row) throw new ForumWithoutSettings();
  return row.forumKey;
}

/** The key of a row of this query; `id` and `originKey` where the table stands in it under another name. */
export function originKeyOf(
  noun: KeyedNoun,
  forumKey: string,
  { id, originKey }: { readonly id: SQL | AnyPgColumn; readonly originKey: SQL | AnyPgColumn } = TABLES[noun],
): SQL<string> {
  return sql<string>`coalesce(${originKey}, ${prefixOf(noun, forumKey)}::text || ${id})`;
}

/** Condition on rows of the noun's table: they have one of these keys. */
export function hasOriginKey(noun: KeyedNoun, forumKey: string, keys: readonly string[]): SQL {
  const table = TABLES[noun];
  const prefix = prefixOf(noun, forumKey);
  const own = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const ids = own.filter((id) => /^[1-9]\d{0,15}$/.test(id));
  return sql`(${table.originKey} = any(${sql.param([...keys])}::text[])
    or ${table.id} = any(${sql.param(ids)}::bigint[]) and ${table.originKey} is null)`;
}

/** Key → id, for those of the keys that rows of this forum have. */
export async function findByOriginKeys<Id extends number>(
  db: Reader,
  noun: KeyedNoun,
  forumKey: string,
  keys: readonly string[],
): Promise<Map<string, Id>> {
  if (keys.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; key: string }>(
    sql`select id, ${originKeyOf(noun, forumKey)} as key from ${TABLES[noun]} where ${hasOriginKey(noun, forumKey, keys)}`,
  );
  return new Map(rows.map(({ id, key }) => [key, Number(id) as Id]));
}

/** Whether a key is one that this forum gave: then its row is here, or was lost with an older state of the database. */
export function isOwnKey(noun: KeyedNoun, forumKey: string, key: string): boolean {
  return key.startsWith(prefixOf(noun, forumKey));
}

function prefixOf(noun: KeyedNoun, forumKey: string): string {
  return `${forumKey}:${noun}:`;
}
