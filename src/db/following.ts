// What members follow and mute, as SQL. Every list, count, search, notice and mail asks here, so that what is muted is
// gone everywhere at once.
import { and, Column, eq, is, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { FollowLevel } from '../domain/following.ts';
import type { MemberId, PostId, SectionId, TagId, TopicId } from '../domain/ids.ts';
import type { Member, Viewer } from '../domain/viewer.ts';
import type { Reader } from './connection.ts';
import { builtOnce, isOneOf, parameter } from './named-statements.ts';
import { followLevels, members, posts, sources, tags, topics, topicTags } from './schema/index.ts';

/** A member, or the column that holds one. */
type Who = MemberId | Column;

/** What a list is of: its own page shows what was asked for, even if just that is muted. */
export interface PageOf {
  readonly tagId?: TagId;
  readonly sectionId?: SectionId;
  readonly host?: string;
  readonly authorId?: MemberId | Column;
}

/**
 * Topics that the viewer has not muted: not themselves, by section, by one of their tags, by author, by a word of the
 * title, nor by site (then every article of the topic stands on muted ones). Own topics are never left out. Undefined for
 * visitors, who mute nothing.
 */
export function unmutedTopics(viewer: Viewer, page: PageOf = {}): SQL | undefined {
  if (viewer.kind !== 'member') return undefined;
  // Asked first, once for the whole list: most members mute nothing.
  return sql`(not ${mutesAnything(viewer)} or coalesce(${topics.authorId} = ${viewer.id}, false)
    or not ${mutedTopics(viewer.id, page)})`;
}

/** Whether the viewer mutes anything: asked once a statement, it spares the others what is asked row by row. */
export function mutesAnything(viewer: Member): SQL {
  return mutes(viewer.id);
}

/** Posts that the viewer has not muted the author of. Wants `posts`. Undefined for visitors. */
export function unmutedPosts(viewer: Viewer): SQL | undefined {
  return viewer.kind === 'member' ? sql`not ${mutedPosts(viewer.id)}` : undefined;
}

/** Whether the viewer has muted the author of a post, for a column. Wants `posts`. */
export function byMuted(viewer: Viewer): SQL<boolean> {
  return viewer.kind === 'member' ? (mutedPosts(viewer.id) as SQL<boolean>) : sql<boolean>`false`;
}

/** News that the viewer has not muted, by site or by a word of the title, given as columns. Undefined for visitors. */
export function unmutedNews(viewer: Viewer, host: Column, title: Column): SQL | undefined {
  if (viewer.kind !== 'member') return undefined;
  return sql`not (${mutes(viewer.id, eq(followLevels.host, host))} or ${hasMutedWord(viewer.id, title)})`;
}

/** More followed topics than these take longer to be put in order than a list takes to be walked through for them. */
const GATHERED = 3_000;

/**
 * Topics that the viewer follows: themselves, or by tag, section, site, author or a word of the title. A tag is followed
 * with those below it, as its page shows it; muted, it is muted alone. Wants `topics`.
 * @param widely as followsWidely says
 */
export function followedTopics(viewer: Viewer, widely = false): SQL {
  if (viewer.kind !== 'member') return sql`false`;
  // Gathered from indexes first: a list in any order then costs what is followed, however large the forum. For those who
  // follow much of it the list is walked through in its order: so written, PostgreSQL keeps what is followed in a hash.
  const followed = sql`${topics.id} in (${followedIds(viewer)})`;
  return widely ? sql`(${followed}) is true` : followed;
}

/** Whether the viewer follows so many topics that the next of them is seldom far in a list. */
export async function followsWidely(db: Reader, viewer: Viewer): Promise<boolean> {
  if (viewer.kind !== 'member') return false;
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from (${followedIds(viewer)} limit ${GATHERED}) as followed`,
  );
  return rows[0]?.n === GATHERED;
}

function followedIds(viewer: Member): SQL {
  const followed = and(eq(followLevels.memberId, viewer.id), eq(followLevels.level, 'all'));
  return sql`
    select ${followLevels.topicId} from ${followLevels} where ${followed} and ${followLevels.topicId} is not null
    union all select ${topicTags.topicId} from (
        with recursive family as (
          select ${followLevels.tagId} as id from ${followLevels} where ${followed} and ${followLevels.tagId} is not null
          union select below.id from ${tags} as below join family on family.id in (below.parent_id, below.merged_into_id))
        select id from family) as of_tag
      join ${topicTags} on ${topicTags.tagId} = of_tag.id
    union all select of_section.id from ${followLevels}
      join ${topics} of_section on of_section.section_id = ${followLevels.sectionId} and of_section.state = 'visible'
        where ${followed} and ${followLevels.sectionId} is not null
    union all select of_author.id from ${followLevels}
      join ${topics} of_author on of_author.author_id = ${followLevels.aboutId} where ${followed} and ${followLevels.aboutId} is not null
    union all select ${sources.topicId} from ${followLevels}
      join ${sources} on ${sources.publisherHost} = ${followLevels.host} and ${sources.state} <> 'removed' where ${followed} and ${followLevels.host} is not null
    union all select titled.id from ${topics} titled
      where ${wordsOf(sql`titled.title`)} @@ ${anyWord(viewer.id, 'all')}`;
}

/** What the viewer has chosen for one thing, given or in a column; null: nothing, or a visitor. */
export function followLevelOf(
  viewer: Viewer,
  subject:
    | { readonly topic: TopicId | Column }
    | { readonly tag: TagId | Column }
    | { readonly section: SectionId | Column }
    | { readonly host: string | Column }
    | { readonly about: MemberId | Column },
): SQL<FollowLevel | null> {
  if (viewer.kind !== 'member') return sql<null>`null`;
  const own = and(eq(followLevels.memberId, viewer.id), subjectIs(subject));
  const level = and(sql`${followLevels.level}`);
  return sql<FollowLevel | null>`(select ${level} from ${followLevels} where ${own})`;
}

/**
 * Which of these members are spared a post, since they have muted its author, its topic or what the topic is about.
 * Whoever has muted a topic of their own is not told of it either.
 */
export async function listMuters(
  db: Reader,
  postId: PostId,
  memberIds: readonly MemberId[],
): Promise<ReadonlySet<MemberId>> {
  if (memberIds.length === 0) return new Set();
  const asking = builtOnce(db, 'muters', () =>
    db
      .select({ id: members.id })
      .from(members)
      .innerJoin(posts, eq(posts.id, parameter<PostId>('post')))
      .innerJoin(topics, eq(topics.id, posts.topicId))
      .where(and(isOneOf(members.id, sql.placeholder('members')), sparedPosts(members.id)))
      .prepare('muters'),
  );
  const rows = await asking.execute({ post: postId, members: [...memberIds] });
  return new Set(rows.map(({ id }) => id));
}

/** Posts that a member is not told of, since they have muted the author, the topic or what it is about. Wants `posts` and `topics`. */
export function sparedPosts(who: Who): SQL {
  const others = sql`${topics.authorId} is distinct from ${who}`;
  return sql`(${mutes(who)} and (${mutedPosts(who)} or ${mutedThemselves(who)}
    or (${others} and ${mutedByWhatTheyAreAbout(who)})))`;
}

/** Words of members that stand in the title of the row. Wants `follow_levels` and `topics`. */
export function wordsInTitle(): SQL {
  return sql`${wordsOf(sql`${topics.title}`)} @@ ${phraseOf(sql`${followLevels.word}`)}`;
}

/**
 * Topics with this word or phrase in their title: whole words, as they stand, whatever their case. Signs that join words
 * part them here, so that "gpt-5" is found in "GPT 5" and "openai" in "OpenAI/Microsoft".
 */
export function topicsWithWord(word: string): SQL {
  return sql`${wordsOf(sql`${topics.title}`)} @@ ${phraseOf(sql`${word}`)}`;
}

/** As the index topics_title_words has it. */
function wordsOf(title: SQL): SQL {
  return sql`to_tsvector('simple', translate(${title}, '</-', '   '))`;
}

function phraseOf(word: SQL): SQL {
  return sql`phraseto_tsquery('simple', translate(${word}, '</-', '   '))`;
}

/** The member's words of one level as one question, put together once for a whole list; null: there are none. */
function anyWord(who: Who, level: FollowLevel): SQL {
  const phrase = phraseOf(sql`${followLevels.word}`);
  const ofMember = and(eq(followLevels.memberId, who), eq(followLevels.level, level));
  return sql`(select string_agg('(' || ${phrase}::text || ')', ' | ')::tsquery from ${followLevels}
    where ${ofMember} and ${followLevels.word} is not null and numnode(${phrase}) > 0)`;
}

/** Whether the member has muted the topic of the row, or what it is about. Never null. */
function mutedTopics(who: Who, page: PageOf): SQL {
  return sql`(${mutedThemselves(who)} or ${mutedByWhatTheyAreAbout(who, page)})`;
}

function mutedThemselves(who: Who): SQL {
  return mutes(who, eq(followLevels.topicId, topics.id));
}

function mutedByWhatTheyAreAbout(who: Who, page: PageOf = {}): SQL {
  const { sectionId, aboutId, tagId, host } = followLevels;
  const other = (column: Column, value: string | number | Column | undefined) =>
    value === undefined ? undefined : sql`${column} <> ${value}`;
  const tagged = and(eq(topicTags.topicId, topics.id), muting(who), other(tagId, page.tagId));
  const onSite = and(eq(host, sources.publisherHost), other(host, page.host));
  const ofTopic = and(eq(sources.topicId, topics.id), sql`${sources.state} <> 'removed'`);
  return sql`(${mutes(who, and(eq(sectionId, topics.sectionId), other(sectionId, page.sectionId)))}
    or ${mutes(who, and(eq(aboutId, topics.authorId), other(aboutId, page.authorId)))}
    or exists (select from ${topicTags} join ${followLevels} on ${tagId} = ${topicTags.tagId} where ${tagged} ${oneByOne(who)})
    or coalesce((select bool_and(${mutes(who, onSite)}) from ${sources} where ${ofTopic}), false)
    or ${hasMutedWord(who, topics.title)})`;
}

function hasMutedWord(who: Who, title: Column): SQL {
  const said = sql`coalesce(${wordsOf(sql`${title}`)} @@ ${anyWord(who, 'nothing')}, false)`;
  // Few mute words, and to take a title apart costs more than all else that is asked of its row.
  return sql`(${mutes(who, isNotNull(followLevels.word))} and ${said})`;
}

function mutedPosts(who: Who): SQL {
  return mutes(who, eq(followLevels.aboutId, posts.authorId));
}

/** Whether the member mutes what the subject says, or anything at all. */
function mutes(who: Who, subject?: SQL): SQL {
  return sql`exists (select from ${followLevels} where ${and(muting(who), subject)} ${oneByOne(who)})`;
}

/**
 * Ends a question about one member of several: without it PostgreSQL, which expects more of them than there are, gathers
 * first what all members of the forum mute.
 */
function oneByOne(who: Who): SQL {
  return is(who, Column) ? sql`offset 0` : sql``;
}

function muting(who: Who): SQL | undefined {
  return and(eq(followLevels.memberId, who), eq(followLevels.level, 'nothing'));
}

function subjectIs(subject: Parameters<typeof followLevelOf>[1]): SQL {
  if ('topic' in subject) return eq(followLevels.topicId, subject.topic);
  if ('tag' in subject) return eq(followLevels.tagId, subject.tag);
  if ('section' in subject) return eq(followLevels.sectionId, subject.section);
  if ('host' in subject) return eq(followLevels.host, subject.host);
  return eq(followLevels.aboutId, subject.about);
}
