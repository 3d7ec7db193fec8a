// All tags by their names, some at a time: the page /tags.
import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { tags, topicTags } from '../../db/schema/index.ts';
import { knownTag } from '../../db/tag-families.ts';
import type { TagKind } from '../../domain/tags.ts';
import { listedWith, TOPICS_COUNTED } from './details.ts';

export interface TagFilter {
  readonly kind: TagKind | undefined;
  /** First letters of a slug or an alias, as a slug; '' for all. */
  readonly begins: string;
  /** The last slug of the page before. */
  readonly after: string | undefined;
}

export interface DirectoryEntry {
  readonly slug: string;
  readonly name: string;
  readonly kind: TagKind;
  readonly description: string;
  /** Listed topics that have it, at most TOPICS_COUNTED. */
  readonly topics: number;
}

/** As many as fill a few screens. */
const PAGE = 100;

/** One page of the tags that everybody may know of, by slug. */
export async function listTags(
  db: Reader,
  { kind, begins, after }: TagFilter,
): Promise<{ readonly rows: readonly DirectoryEntry[]; readonly next: string | undefined }> {
  const rows = await db
    .select({
      ...{ slug: tags.slug, name: tags.name, kind: tags.kind, description: tags.description },
      topics: sql<number>`(select count(*)::int from (select from ${topicTags}
        where ${listedWith(sql`${tags}.id`)} limit ${TOPICS_COUNTED}) as counted)`,
    })
    .from(tags)
    .where(
      and(
        isNull(tags.mergedIntoId),
        kind && eq(tags.kind, kind),
        begins === '' ? undefined : beginsWith(begins),
        after === undefined ? undefined : gt(tags.slug, after),
        knownTag('tags'),
      ),
    )
    .orderBy(asc(tags.slug))
    .limit(PAGE + 1);
  const shown = rows.slice(0, PAGE);
  return { rows: shown, next: rows.length > PAGE ? shown.at(-1)?.slug : undefined };
}

function beginsWith(letters: string): SQL {
  return sql`(starts_with(${tags}.slug, ${letters}) or exists (
    select from unnest(${tags}.aliases) as other where starts_with(other, ${letters})))`;
}
