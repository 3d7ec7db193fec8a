// A topic record becomes a topic: its keys are looked up, its shape is checked, and other features' doors write it.
import { findByOriginKeys, isOwnKey } from '../../db/origin-keys.ts';
import type { Reader, Tx } from '../../db/connection.ts';
import type { MemberId, PostId, TopicId } from '../../domain/ids.ts';
import type { UrlKey } from '../../domain/url-key.ts';
import type { ImportedSource } from '../links/index.ts';
import { importHides, type ImportedHide } from '../moderation/index.ts';
import {
  type ImportedPost,
  type ImportedReply,
  type ImportedTopic,
  importTopic,
  type RenderedBody,
  type ReservedTopic,
  reserveTopic,
} from '../threads/index.ts';
import type { PostRecord, TopicRecord } from './format.ts';
import type { Places } from './places.ts';
import { LineFault, lostRow } from './records.ts';
import type { ReadableTopic } from './topic-shape.ts';

/** @throws LineFault, beginning with where the key stands, when nobody has it */
type FindMember = (key: string | undefined, where: string) => MemberId | null;

/** What is known of the forum that a topic is written into. */
export interface Surroundings {
  readonly forumKey: string;
  readonly places: Places;
  /** Members by their keys, as far as they are known already. */
  readonly members: ReadonlyMap<string, MemberId>;
}

/** A topic with all that it names, ready to be written. */
export interface PlannedTopic {
  readonly record: TopicRecord;
  readonly topic: ImportedTopic;
  readonly reserved: ReservedTopic;
  readonly hides: readonly ImportedHide[];
}

/**
 * Looks up what a topic names and takes its ids: all but the writing.
 * @throws LineFault when it names what is not there
 */
export async function planTopic(
  db: Reader,
  record: TopicRecord,
  { bodies, shape }: ReadableTopic,
  surroundings: Surroundings,
): Promise<PlannedTopic> {
  const { places, forumKey } = surroundings;
  const { placeOf, addresses } = shape;
  if (isOwnKey('topic', forumKey, record.key)) throw new LineFault(`key: ${lostRow(record.key)}`);
  const member = await lookUpMembers(db, record, surroundings);
  const posts = record.posts.map((post, index) => postOf(post, bodies[index]!, member, `posts[${index}]`));
  const [opening, ...replies] = posts as [ImportedPost, ...ImportedPost[]];
  const topic: ImportedTopic = {
    kind: record.topic_kind,
    title: record.title,
    titleEditedAt: record.title_edited_at ?? null,
    sectionId: places.section(record.section, 'section'),
    // Two keys may lead to one tag: it was here by the slug of both.
    tagIds: [...new Set(record.tags.map((key, index) => places.tag(key, `tags[${index}]`)))],
    sources: record.sources.map((source, index) =>
      sourceOf(source, addresses[index]!, member, `sources[${index}]`),
    ),
    opening,
    replies: replies.map((reply, index): ImportedReply => {
      const { parent } = record.posts[index + 1]!;
      return { ...reply, parent: parent === undefined ? null : placeOf.get(parent)! - 1 };
    }),
    originKey: record.key,
    ...(record.locked_at && { lockedAt: record.locked_at }),
    ...(record.pinned_until && { pinnedUntil: record.pinned_until }),
  };
  const reserved = await reserveTopic(db, topic);
  const idOf = (key: string, where: string): PostId => {
    const index = placeOf.get(key);
    if (index === undefined) throw new LineFault(`${where}: no post of this topic has the key "${key}"`);
    if (index === 0) throw new LineFault(`${where}: the opening post is hidden with its topic`);
    return reserved.postIds[index]!;
  };
  const hides = record.hides.map((hide, index) =>
    hideOf(hide, member, idOf, reserved.postIds[0]!, `hides[${index}]`),
  );
  return { record, topic, reserved, hides };
}

/**
 * Writes a topic that is not there yet.
 * @throws LineFault when it continues one that is not there: that may stand right before it
 */
export async function writeTopic(tx: Tx, planned: PlannedTopic, forumKey: string): Promise<void> {
  const { record, topic, reserved, hides } = planned;
  const continuesId = await lookUpEarlier(tx, record, forumKey);
  const { id } = await importTopic(tx, { ...topic, ...(continuesId && { continuesId }) }, reserved);
  await importHides(tx, id, hides);
}

async function lookUpMembers(
  db: Reader,
  { posts, sources, hides }: TopicRecord,
  { forumKey, members }: Surroundings,
): Promise<FindMember> {
  const keys = new Set<string>();
  const add = (key: string | undefined): void => {
    if (key !== undefined) keys.add(key);
  };
  for (const { author, votes, revisions } of posts) {
    add(author);
    for (const { member } of votes) keys.add(member);
    for (const { replaced_by } of revisions) add(replaced_by);
  }
  for (const { added_by } of sources) add(added_by);
  for (const { by } of hides) add(by);
  const unknown = [...keys].filter((key) => !members.has(key));
  const found = await findByOriginKeys<MemberId>(db, 'member', forumKey, unknown);
  return (key, where) => {
    if (key === undefined) return null;
    const id = members.get(key) ?? found.get(key);
    if (id === undefined) throw new LineFault(`${where}: no member has the key "${key}"`);
    return id;
  };
}

async function lookUpEarlier(
  db: Reader,
  { continues }: TopicRecord,
  forumKey: string,
): Promise<TopicId | undefined> {
  if (continues === undefined) return undefined;
  const earlier = await findByOriginKeys<TopicId>(db, 'topic', forumKey, [continues]);
  const id = earlier.get(continues);
  if (id === undefined) throw new LineFault(`continues: no topic has the key "${continues}"`);
  return id;
}

function postOf(post: PostRecord, body: RenderedBody, member: FindMember, where: string): ImportedPost {
  const authorId = member(post.author, `${where}.author`);
  const votes = post.votes.map(({ member: key, at, counted }, index) => ({
    memberId: member(key, `${where}.votes[${index}].member`)!,
    castAt: at,
    counted,
  }));
  const voters = new Set(votes.map(({ memberId }) => memberId));
  if (voters.size < votes.length) throw new LineFault(`${where}.votes: a member votes once`);
  if (authorId !== null && voters.has(authorId))
    throw new LineFault(`${where}.votes: its author has no vote on it`);
  const versions = post.revisions.map(({ version }) => version);
  if ([...versions, post.version].some((version, index) => index > 0 && version <= versions[index - 1]!))
    throw new LineFault(`${where}.revisions: their versions ascend and stay below the post's`);
  return {
    authorId,
    postedAt: post.posted_at,
    body,
    baseScore: post.base_score,
    modelWritten: post.model_written,
    version: post.version,
    editedAt: post.edited_at ?? null,
    originKey: post.key,
    votes,
    earlierTexts: post.revisions.map(({ title, blanked_at, replaced_by, ...revision }, index) => ({
      bodyMd: revision.body,
      version: revision.version,
      replacedAt: revision.replaced_at,
      replacedById: member(replaced_by, `${where}.revisions[${index}].replaced_by`),
      silent: revision.silent,
      ...(title !== undefined && { title }),
      ...(blanked_at && { blankedAt: blanked_at }),
    })),
    ...(post.held_at && { heldAt: post.held_at }),
    ...(post.withdrawn_at && { withdrawnAt: post.withdrawn_at }),
    ...(post.purpose && { purpose: post.purpose }),
  };
}

function sourceOf(
  source: TopicRecord['sources'][number],
  address: UrlKey,
  member: FindMember,
  where: string,
): ImportedSource {
  const { publisher, title, description, author, language, published_at } = source;
  return {
    address,
    addedById: member(source.added_by, `${where}.added_by`),
    addedAt: source.added_at,
    role: source.role,
    paywall: source.paywall,
    state: source.state,
    originKey: source.key,
    ...(publisher !== undefined && { publisher }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(author !== undefined && { author }),
    ...(language !== undefined && { language }),
    ...(published_at && { publishedAt: published_at }),
  };
}

function hideOf(
  hide: TopicRecord['hides'][number],
  member: FindMember,
  idOf: (key: string, where: string) => PostId,
  openingPostId: PostId,
  where: string,
): ImportedHide {
  const { at, by, refused, rule, reason, post, with: others } = hide;
  if (post === undefined && others.length > 0)
    throw new LineFault(`${where}.with: a hidden topic needs no posts`);
  const postId = post === undefined ? null : idOf(post, `${where}.post`);
  const otherIds = others.map((key, index) => idOf(key, `${where}.with[${index}]`));
  return {
    at,
    byId: member(by, `${where}.by`),
    reason: { rule: rule ?? null, text: reason },
    refused,
    postId,
    postIds: [...new Set([postId ?? openingPostId, ...otherIds])],
  };
}
