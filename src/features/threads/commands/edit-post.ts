// Editing an own post: its text and, for an opening post, what the topic says of itself. Every text that was replaced is
// kept; a save that has not seen the last one is answered with both.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { posts, revisions, topics } from '../../../db/schema/index.ts';
import type { DraftRef } from '../../../domain/drafts.ts';
import type { PostId, RevisionId } from '../../../domain/ids.ts';
import { mayAddLinks } from '../../../domain/policy/edits.ts';
import { isSilentEdit, mayEditPost } from '../../../domain/policy/posts.ts';
import { mayEditTitle } from '../../../domain/policy/topics.ts';
import { mayUseLinksAndMentions } from '../../../domain/policy/trust.ts';
import { slugOf } from '../../../domain/slug.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { addressesIn } from '../../../lib/markdown/index.ts';
import { authorize } from '../../../web/problem.ts';
import { dropDraft } from '../../drafts/index.ts';
import { type EarlierTopic, setCitations } from '../../links/index.ts';
import { bumpQueueItems } from '../../queue-items/index.ts';
import { closeOutdated } from '../../suggestions/index.ts';
import { shareTagNames } from '../../tags/index.ts';
import { noteJudgement } from '../../watch/index.ts';
import { recordEvent } from '../events.ts';
import { countPostsWithLink } from '../queries/writing.ts';
import type { WrittenBody } from '../rendering.ts';
import {
  changeTopic,
  compareTopic,
  type Editor,
  type TopicChanges,
  type TopicDifference,
} from './edit-topic.ts';
import { type LockedPlace, lockMember, lockPost } from './locks.ts';
import { judgeEdit } from '../judge-edit.ts';

export interface Edit extends Editor {
  readonly postId: PostId;
  /** The version that was in the form. */
  readonly seenVersion: number;
  readonly body: WrittenBody;
  readonly modelWritten: boolean;
  readonly formId: string | null;
  /** The draft that it becomes. */
  readonly draft: DraftRef | undefined;
  /** For an opening post: the topic as it is to be. */
  readonly topic: (TopicChanges & { readonly title: string }) | null;
}

export type EditOutcome =
  | { readonly outcome: 'saved' }
  /** The author has saved something else in another window meanwhile. */
  | { readonly outcome: 'stale' }
  /** Another topic is about the article that the address was changed to. */
  | { readonly outcome: 'refused'; readonly earlier: EarlierTopic };

const NO_DIFFERENCE: TopicDifference = { moved: false, retagged: false, readdressed: false };

/** Saves an edit; nothing is changed unless all of it can be. @throws Problem when the viewer may not. */
export async function editPost(tx: Tx, edit: Edit): Promise<EditOutcome> {
  const { viewer, postId, seenVersion, body, now } = edit;
  const place = await lockPost(tx, viewer, postId, edit.topic ? shareTagNames : undefined);
  const { topic, post } = place;
  authorize(mayEditPost(viewer, post, now));
  const title = edit.topic?.title ?? topic.title;
  const changed = {
    text: body.markdown !== post.bodyMd,
    title: title !== topic.title,
    mark: edit.modelWritten !== post.modelWritten,
    ...(edit.topic ? await compareTopic(tx, topic, edit.topic) : NO_DIFFERENCE),
  };
  // The same form sent twice is not stale the second time: what it wants is there.
  if (!Object.values(changed).includes(true)) return saved(tx, edit);
  if (post.version !== seenVersion) return { outcome: 'stale' };
  const watched = await judgeEdit(tx, edit, place);
  if (edit.topic) {
    const earlier = await changeTopic(tx, edit, topic, edit.topic, changed);
    if (earlier) return { outcome: 'refused', earlier };
  }
  if (changed.title) authorize(mayEditTitle(viewer, topic, now));
  if (changed.text) await authorizeText(tx, edit, place);
  if (changed.text || changed.title) await saveText(tx, edit, place, title);
  // Whoever has the post as it was before them, in a form or in the queue, has not seen all of what they decide on.
  await tx
    .update(posts)
    .set({ version: post.version + 1, modelWritten: edit.modelWritten })
    .where(eq(posts.id, post.id));
  await bumpQueueItems(tx, [post.id]);
  await noteJudgement(tx, post.id, watched, now);
  return saved(tx, edit);
}

/** What the form holds is saved: its draft goes. A draft of it that is kept late finds the version that stands now. */
async function saved(tx: Tx, { viewer, formId, draft }: Edit): Promise<EditOutcome> {
  await lockMember(tx, viewer.id);
  await dropDraft(tx, viewer.id, { formId, ref: draft });
  return { outcome: 'saved' };
}

/** New members' limits on links and mentions hold for edits as they do for posts. */
async function authorizeText(
  tx: Tx,
  { viewer, body, limitsInForce }: Edit,
  { post }: LockedPlace,
): Promise<void> {
  authorize(mayUseLinksAndMentions(viewer, body, limitsInForce));
  const before = new Set(addressesIn(post.bodyHtml));
  const hasLink = body.addresses.some((address) => !before.has(address));
  if (!hasLink || post.state !== 'visible') return;
  const earlierPostsWithLink = await countPostsWithLink(tx, viewer.id);
  authorize(mayAddLinks(viewer, { hasLink, earlierPostsWithLink, limitsInForce }));
}

async function saveText(
  tx: Tx,
  { viewer, body, now }: Edit,
  { topic, post }: LockedPlace,
  title: string,
): Promise<void> {
  const silent = isSilentEdit(post, now);
  const retitled = title !== topic.title;
  const revisionId = await keepRevision(tx, {
    postId: post.id,
    version: post.version,
    title: retitled ? topic.title : null,
    bodyMd: post.bodyMd,
    replacedAt: now,
    replacedById: viewer.id,
    silent,
  });
  await tx
    .update(posts)
    .set({
      bodyMd: body.markdown,
      bodyHtml: body.html,
      rendererVersion: body.version,
      ...(!silent && { editedAt: now }),
    })
    .where(eq(posts.id, post.id));
  const about = { actorId: viewer.id, topicId: topic.id, postId: post.id, at: now };
  if (retitled) {
    await tx
      .update(topics)
      .set({ title, slug: slugOf(title), ...(!silent && { titleEditedAt: now }) })
      .where(eq(topics.id, topic.id));
    await recordEvent(tx, { kind: 'title-edited', ...about, data: { revisionId } });
    await closeOutdated(tx, { kind: 'title', topicId: topic.id }, now);
  }
  if (body.markdown === post.bodyMd) return;
  await setCitations(tx, post.id, body.addresses);
  await recordEvent(tx, { kind: 'post-edited', ...about, data: { revisionId, silent } });
  // Those whom the new text mentions and the old one did not; nobody is told of a post twice.
  if (post.state === 'visible') await enqueue(tx, 'notify-of-post', { postId: post.id, edited: true });
}

async function keepRevision(tx: Tx, revision: typeof revisions.$inferInsert): Promise<RevisionId> {
  const [kept] = await tx.insert(revisions).values(revision).returning({ id: revisions.id });
  if (!kept) throw new Error('An inserted revision was not returned.');
  return kept.id;
}
