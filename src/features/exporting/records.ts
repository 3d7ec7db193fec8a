// From rows to lines of the format (docs/format.md). The order of the fields is that of the schema, and what has its
// default is left out: the same forum is the same bytes.
import { DEFAULT_READING } from '../../domain/appearance.ts';
import type { PostId } from '../../domain/ids.ts';
import type { WrittenRecord } from '../importing/index.ts';
import type { Contents, loadMembers, loadSections, loadTags, PostWithKey, TopicRow } from './queries.ts';

type Written<Kind extends WrittenRecord['kind']> = Extract<WrittenRecord, { kind: Kind }>;
type Row<Load extends (...given: never[]) => PromiseLike<readonly unknown[]>> = Awaited<
  ReturnType<Load>
>[number];

export function sectionRecord({ key, slug, name, description, modifier }: Row<typeof loadSections>) {
  return lean<Written<'section'>>({
    kind: 'section',
    key,
    slug,
    name,
    description: unless(description, ''),
    modifier: unless(modifier, 0),
  });
}

export function tagRecord({ key, tag, aliases, parentKey }: Row<typeof loadTags>) {
  return lean<Written<'tag'>>({
    kind: 'tag',
    key,
    slug: tag.slug,
    name: tag.name,
    tag_kind: unless(tag.kind, 'subject'),
    description: unless(tag.description, ''),
    aliases: filled(aliases),
    ordinary: unless(tag.ordinary, false),
    parent: parentKey,
    modifier: unless(tag.modifier, 0),
  });
}

export function memberRecord({ key, member, formerNames }: Row<typeof loadMembers>) {
  return lean<Written<'member'>>({
    kind: 'member',
    key,
    name: member.name,
    joined_at: member.joinedAt.toISOString(),
    role: unless(member.role, 'member'),
    email: member.email,
    confirmed_at: at(member.confirmedAt),
    password_hash: member.passwordHash,
    about: unless(member.about, ''),
    affiliation: unless(member.affiliation, ''),
    link: unless(member.link, ''),
    pronouns: unless(member.pronouns, ''),
    theme: unless(member.theme, 'auto'),
    density: unless(member.density, DEFAULT_READING.density),
    text_size: unless(member.textSize, DEFAULT_READING.textSize),
    uses_keys: unless(member.usesKeys, DEFAULT_READING.usesKeys),
    page_size: unless(member.pageSize, DEFAULT_READING.pageSize),
    reply_sort: unless(member.replySort, DEFAULT_READING.replySort),
    list_sort: unless(member.listSort, DEFAULT_READING.listSort),
    hides_model_written: unless(member.hidesModelWritten, DEFAULT_READING.hidesModelWritten),
    renamed_at: at(member.renamedAt),
    former_names: filled(formerNames),
    topics_read: unless(member.topicsRead, 0),
    flags_decided: unless(member.flagsDecided, 0),
    flags_upheld: unless(member.flagsUpheld, 0),
  });
}

/** The contents of a batch of topics by what they belong to. */
export function arrangeContents({ posts, votes, revisions, sources, tags, hides }: Contents) {
  return {
    posts: Map.groupBy(posts, ({ post }) => post.topicId),
    votes: Map.groupBy(votes, ({ vote }) => vote.postId),
    revisions: Map.groupBy(revisions, ({ revision }) => revision.postId),
    sources: Map.groupBy(sources, ({ source }) => source.topicId),
    tags: Map.groupBy(tags, ({ topicId }) => topicId),
    hides: Map.groupBy(hides, ({ topicId }) => topicId),
  };
}

type Arranged = ReturnType<typeof arrangeContents>;

export function topicRecord(row: TopicRow, contents: Arranged) {
  const { key, topic, sectionKey, continuesKey } = row;
  const posts = [...(contents.posts.get(topic.id) ?? [])];
  // An opening post has the lowest id, but for one that was moved there.
  posts.sort((a, b) => Number(b.post.id === topic.openingPostId) - Number(a.post.id === topic.openingPostId));
  const keyOf = new Map(posts.map((post) => [post.post.id, post.key]));
  return lean<Written<'topic'>>({
    kind: 'topic',
    key,
    topic_kind: topic.kind,
    title: topic.title,
    title_edited_at: at(topic.titleEditedAt),
    section: sectionKey,
    tags: filled((contents.tags.get(topic.id) ?? []).map((tag) => tag.key)),
    continues: continuesKey,
    locked_at: at(topic.lockedAt),
    pinned_until: at(topic.pinnedUntil),
    sources: filled((contents.sources.get(topic.id) ?? []).map(sourceOf)),
    posts: posts.map((post) => postOf(post, keyOf, contents)),
    hides: filled(hidesOf(contents.hides.get(topic.id) ?? [], keyOf)),
  });
}

function sourceOf({ key, source, byKey }: Contents['sources'][number]) {
  return lean<NonNullable<Written<'topic'>['sources']>[number]>({
    key,
    url: source.url,
    added_by: byKey,
    added_at: source.addedAt.toISOString(),
    role: unless(source.role, 'report'),
    publisher: source.publisher,
    title: source.title,
    description: source.description,
    author: source.author,
    language: source.language,
    published_at: at(source.publishedAt),
    paywall: unless(source.paywall, false),
    state: unless(source.state, 'live'),
  });
}

function postOf(
  { key, post, authorKey }: PostWithKey,
  keyOf: ReadonlyMap<PostId, string>,
  contents: Arranged,
) {
  const revisions = contents.revisions.get(post.id) ?? [];
  const votes = contents.votes.get(post.id) ?? [];
  return lean<Written<'topic'>['posts'][number]>({
    key,
    parent: post.parentId === null ? undefined : keyOf.get(post.parentId),
    author: authorKey,
    posted_at: post.postedAt.toISOString(),
    body: post.bodyMd,
    base_score: unless(post.baseScore, 0),
    purpose: post.purpose,
    model_written: unless(post.modelWritten, false),
    version: unless(post.version, 1),
    edited_at: at(post.editedAt),
    held_at: at(post.heldAt),
    withdrawn_at: at(post.withdrawnAt),
    votes: filled(
      votes.map(({ vote, memberKey }) =>
        lean<{ member: string; at: string; counted?: boolean }>({
          member: memberKey,
          at: vote.castAt.toISOString(),
          counted: unless(vote.counted, true),
        }),
      ),
    ),
    revisions: filled(revisions.map(revisionOf)),
  });
}

function revisionOf({ revision, byKey }: Contents['revisions'][number]) {
  return lean<NonNullable<Written<'topic'>['posts'][number]['revisions']>[number]>({
    version: revision.version,
    // Erased with its text.
    title: revision.title === '' ? null : revision.title,
    body: revision.bodyMd,
    replaced_at: revision.replacedAt.toISOString(),
    replaced_by: byKey,
    silent: unless(revision.silent, false),
    blanked_at: at(revision.blankedAt),
  });
}

/** One for each action whose hide is in force: the post it named, and the others it hid. */
function hidesOf(hides: Contents['hides'], keyOf: ReadonlyMap<PostId, string>) {
  return [...Map.groupBy(hides, ({ action }) => action.id).values()].map((rows) => {
    const { action, byKey } = rows[0]!;
    const hidden = rows.flatMap(({ hide }) => hide.postId ?? []);
    const named = hidden.find((id) => id === action.postId) ?? hidden[0];
    return lean<NonNullable<Written<'topic'>['hides']>[number]>({
      at: action.at.toISOString(),
      by: byKey,
      refused: unless(action.kind === 'refuse', false),
      rule: action.rule,
      reason: action.reason,
      post: named === undefined ? undefined : keyOf.get(named),
      with: filled(hidden.filter((id) => id !== named).map((id) => keyOf.get(id)!)),
    });
  });
}

/** A record without what is null or undefined. */
function lean<Record>(fields: { readonly [Name in keyof Record]: Record[Name] | null | undefined }): Record {
  const present = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as Record;
}

function unless<Value>(value: Value, usual: Value): Value | undefined {
  return value === usual ? undefined : value;
}

function filled<Item>(items: readonly Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : [...items];
}

function at(moment: Date | null): string | undefined {
  return moment?.toISOString();
}
