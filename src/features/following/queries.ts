// What a member follows and mutes, and what of it there still is.
import { and, count, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { followLevelOf, topicsWithWord } from '../../db/following.ts';
import { followLevels, members, sections, tags, topics, topicTags } from '../../db/schema/index.ts';
import { tagLedTo } from '../../db/tag-families.ts';
import { listedTopics, openableTopics } from '../../db/visibility.ts';
import type { FollowLevel } from '../../domain/following.ts';
import type { TagId, TopicId } from '../../domain/ids.ts';
import type { Member, Viewer } from '../../domain/viewer.ts';

/** What the viewer has chosen for one thing; null without a look for visitors, who choose nothing. */
export async function findLevel(
  db: Reader,
  viewer: Viewer,
  subject: Parameters<typeof followLevelOf>[1],
): Promise<FollowLevel | null> {
  if (viewer.kind !== 'member') return null;
  const { rows } = await db.execute<{ level: FollowLevel | null }>(
    sql`select ${followLevelOf(viewer, subject)} as level`,
  );
  return rows[0]?.level ?? null;
}

export interface Chosen {
  readonly level: FollowLevel;
  readonly setAt: Date;
  /** Its title is null when the member cannot open it (any more). */
  readonly topic: { readonly id: TopicId; readonly slug: string; readonly title: string | null } | null;
  readonly tag: string | null;
  readonly section: { readonly slug: string; readonly name: string } | null;
  readonly host: string | null;
  readonly member: string | null;
  readonly word: string | null;
}

/** All that a member has chosen, latest first; not for tags that were merged away, which have no topics. */
export async function listChosen(db: Reader, viewer: Member): Promise<Chosen[]> {
  const { level, setAt, host, word } = followLevels;
  const title = sql<string | null>`case when ${openableTopics(viewer)} then ${topics.title} end`;
  return db
    .select({
      ...{ level, setAt, host, word },
      topic: { id: topics.id, slug: topics.slug, title },
      tag: tags.slug,
      section: { slug: sections.slug, name: sections.name },
      member: members.name,
    })
    .from(followLevels)
    .leftJoin(topics, eq(topics.id, followLevels.topicId))
    .leftJoin(tags, eq(tags.id, followLevels.tagId))
    .leftJoin(sections, eq(sections.id, followLevels.sectionId))
    .leftJoin(members, eq(members.id, followLevels.aboutId))
    .where(and(eq(followLevels.memberId, viewer.id), sql`${tags.mergedIntoId} is null`))
    .orderBy(sql`${setAt} desc, ${followLevels.id} desc`);
}

/** Whether the member can open a topic. */
export async function canOpen(db: Reader, viewer: Member, id: TopicId): Promise<boolean> {
  const rows = await db
    .select({ id: topics.id })
    .from(topics)
    .where(and(eq(topics.id, id), openableTopics(viewer)));
  return rows.length > 0;
}

/**
 * The tag of a slug or alias; what was merged leads to where its topics went. Not one that nobody has described and that
 * no listed topic has: its name may be the text of a topic that is held.
 */
export async function findTagId(db: Reader, slug: string): Promise<TagId | undefined> {
  const listed = sql`select from ${topicTags} join ${topics} on ${topics.id} = ${topicTags.topicId}
    where ${topicTags.tagId} = ${tags.id} and ${listedTopics()}`;
  const [row] = await db
    .select({ id: tagLedTo(sql`${tags}.id`) })
    .from(tags)
    .where(
      and(
        sql`(${tags.slug} = ${slug} or ${tags.aliases} @> array[${slug}])`,
        sql`(${tags.description} <> '' or ${tags.mergedIntoId} is not null or exists (${listed}))`,
      ),
    )
    .orderBy(sql`${tags.slug} = ${slug} desc`)
    .limit(1);
  return row?.id;
}

/** In how many titles of listed topics a word stands, since a moment. */
export async function countTitled(db: Reader, word: string, since: Date): Promise<number> {
  const titled: SQL | undefined = and(listedTopics(), gte(topics.postedAt, since), topicsWithWord(word));
  const [row] = await db.select({ n: count() }).from(topics).where(titled);
  return row?.n ?? 0;
}
