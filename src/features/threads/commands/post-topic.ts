// Starting a topic: from an article, from a text, or as a digest.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { tellPages } from '../../../db/page-changes.ts';
import { hotRankOf, ranksSet } from '../../../db/ranks.ts';
import { posts, topics } from '../../../db/schema/index.ts';
import type { DraftRef } from '../../../domain/drafts.ts';
import type { PostId, SectionId, TopicId } from '../../../domain/ids.ts';
import { mayPostDigest, mayPostTopic } from '../../../domain/policy/topics.ts';
import type { TopicKind } from '../../../domain/post-text.ts';
import { slugOf } from '../../../domain/slug.ts';
import type { TypedTag } from '../../../domain/tags.ts';
import type { UrlKey } from '../../../domain/url-key.ts';
import type { Member } from '../../../domain/viewer.ts';
import type { TopicAddress } from '../../../web/paths.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { dropDraft } from '../../drafts/index.ts';
import { addSource, setCitations } from '../../links/index.ts';
import { setTopicTags } from '../../tags/index.ts';
import { addressPart, judgeText, noteJudgement, textAndHosts } from '../../watch/index.ts';
import { findObstacles, hostsOfArticle, lockArticle, type Obstacles, topicsToShow } from '../checks.ts';
import { findByForm, loadTopicPace } from '../queries/writing.ts';
import type { WrittenBody } from '../rendering.ts';
import { awaitApproval, causeToHold } from './hold.ts';
import { lockMember, lockSection } from './locks.ts';
import { announce } from './post-states.ts';

export interface NewTopic {
  readonly viewer: Member;
  readonly kind: TopicKind;
  readonly title: string;
  readonly sectionId: SectionId;
  /** The article; null for topics that have none. */
  readonly address: UrlKey | null;
  readonly tags: readonly TypedTag[];
  readonly body: WrittenBody;
  readonly modelWritten: boolean;
  readonly formId: string | null;
  /** The draft that it becomes. */
  readonly draft: DraftRef | undefined;
  /** Topics that the writer was warned of and posts this one besides. */
  readonly seen: readonly TopicId[];
  /** See areNewMemberLimitsInForce. */
  readonly limitsInForce: boolean;
  readonly now: Date;
}

export type TopicOutcome =
  | { readonly outcome: 'posted'; readonly topic: TopicAddress }
  /** This article is under discussion, or there is something that the writer has not been shown yet. */
  | { readonly outcome: 'stopped'; readonly obstacles: Obstacles };

/**
 * Posts a topic, finds the one that the same form posted already, or says what stands in the way.
 * @throws Problem when the member may not post now, or the section is gone.
 */
export async function postTopic(tx: Tx, topic: NewTopic): Promise<TopicOutcome> {
  const { viewer, kind, address, body, formId, limitsInForce, now } = topic;
  await lockMember(tx, viewer.id);
  const posted = formId === null ? undefined : await findByForm(tx, viewer.id, formId);
  if (posted) return { outcome: 'posted', topic: await addressOf(tx, posted.topicId) };

  const pace = await loadTopicPace(tx, viewer.id, now);
  authorize(mayPostTopic(viewer, { ...pace, ...body, limitsInForce }, now));
  if (kind === 'digest') authorize(mayPostDigest(viewer, now));
  await lockSection(tx, topic.sectionId);
  // From here to the commit nobody else can post this article.
  if (address) await lockArticle(tx, address);
  const obstacles = await findObstacles(tx, topic, now);
  const unseen = topicsToShow(obstacles).filter((id) => !topic.seen.includes(id));
  if (obstacles.refused || unseen.length > 0) return { outcome: 'stopped', obstacles };

  const watched = await judgeText(tx, viewer, { parts: await partsOf(tx, topic) });
  const hasLink = address !== null || body.linksInBody > 0;
  const cause = await causeToHold(tx, viewer, { hasLink, limitsInForce, watched });
  const held = cause !== undefined;
  await dropDraft(tx, viewer.id, { formId, ref: topic.draft });
  const id = await insertTopic(tx, topic, held);
  tellPages(tx, { effect: 'grown', topicId: id });
  const openingId = await insertOpeningPost(tx, id, topic, held);
  await noteJudgement(tx, openingId, watched, now);
  if (body.addresses.length > 0) await setCitations(tx, openingId, body.addresses);
  if (address) await addSource(tx, { topicId: id, addedById: viewer.id, address, now });
  await setTopicTags(tx, id, topic.tags);
  await tx
    .update(topics)
    .set({
      openingPostId: openingId,
      ...ranksSet({ hotRank: hotRankOf(sql`${topics.score}`, sql`${topics.replierCount}`) }),
    })
    .where(eq(topics.id, id));
  if (held) await awaitApproval(tx, { topicId: id, postId: openingId, authorId: viewer.id, cause, now });
  else await announce(tx, { id, kind }, { ...OPENING, id: openingId, authorId: viewer.id }, now);
  return { outcome: 'posted', topic: { id, slug: slugOf(topic.title) } };
}

/** What of a topic is compared with watched words and domains. */
async function partsOf(tx: Tx, { title, address, tags, body }: NewTopic) {
  return [
    textAndHosts('title', title),
    addressPart(address ? await hostsOfArticle(tx, address) : []),
    textAndHosts('tags', tags.map(({ name }) => name).join(', ')),
    textAndHosts('body', body.markdown, body.addresses),
  ];
}

async function addressOf(tx: Tx, id: TopicId): Promise<TopicAddress> {
  const [topic] = await tx.select({ id: topics.id, slug: topics.slug }).from(topics).where(eq(topics.id, id));
  return topic ?? notFound('There is no such topic.');
}

const OPENING = { parentId: null, branchId: null, purpose: null };

async function insertTopic(tx: Tx, topic: NewTopic, held: boolean): Promise<TopicId> {
  const { viewer, kind, title, sectionId, now } = topic;
  const [inserted] = await tx
    .insert(topics)
    .values({
      kind,
      slug: slugOf(title),
      sectionId,
      authorId: viewer.id,
      title,
      postedAt: now,
      lastActivityAt: now,
      heldAt: held ? now : null,
    })
    .returning({ id: topics.id });
  if (!inserted) throw new Error('An inserted topic was not returned.');
  return inserted.id;
}

async function insertOpeningPost(
  tx: Tx,
  topicId: TopicId,
  { viewer, body, modelWritten, formId, now }: NewTopic,
  held: boolean,
): Promise<PostId> {
  const [inserted] = await tx
    .insert(posts)
    .values({
      topicId,
      depth: 0,
      authorId: viewer.id,
      postedAt: now,
      bodyMd: body.markdown,
      bodyHtml: body.html,
      rendererVersion: body.version,
      modelWritten,
      formId,
      heldAt: held ? now : null,
    })
    .returning({ id: posts.id });
  if (!inserted) throw new Error('An inserted opening post was not returned.');
  return inserted.id;
}
