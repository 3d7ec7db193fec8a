// Posting a reply. It costs the same in a topic of two replies and of two thousand: everything is counted by deltas.
import type { Tx } from '../../../db/connection.ts';
import { insertRows, takeIds } from '../../../db/insert-rows.ts';
import { tellPages } from '../../../db/page-changes.ts';
import { posts } from '../../../db/schema/index.ts';
import type { DraftRef } from '../../../domain/drafts.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import { mayReply } from '../../../domain/policy/replies.ts';
import { placeReply, type ReplyPlace } from '../../../domain/thread.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { dropDraft } from '../../drafts/index.ts';
import { setCitations } from '../../links/index.ts';
import { judgeBy, loadWatcher, noteJudgement, textAndHosts } from '../../watch/index.ts';
import { findByForm, findReplyContext, loadReplyPace } from '../queries/writing.ts';
import type { WrittenBody } from '../rendering.ts';
import { applyDeltas, Deltas } from './counters.ts';
import { awaitApproval, causeToHold } from './hold.ts';
import { lockToAnswer, mustStandIn } from './locks.ts';
import { announce } from './post-states.ts';

export interface NewReply {
  readonly viewer: Member;
  /** What is answered: a reply, or an opening post for its topic. */
  readonly answeredId: PostId;
  readonly body: WrittenBody;
  readonly modelWritten: boolean;
  /** From the composer, see DESIGN section 4; null from one that sent none. */
  readonly formId: string | null;
  /** The draft that it becomes. */
  readonly draft: DraftRef | undefined;
  /** See areNewMemberLimitsInForce. */
  readonly limitsInForce: boolean;
  readonly now: Date;
}

/**
 * Posts a reply, or finds the one that the same form posted already.
 * @throws Problem when there is nothing to answer, the member may not answer it now, or a watched word refuses it.
 */
export async function postReply(tx: Tx, reply: NewReply): Promise<PostId> {
  const { viewer, answeredId, body, formId, limitsInForce, now } = reply;
  // Sent together, done one after the other: all that is read is read under the locks.
  const [locked, posted, found, pace, watcher, id] = await Promise.all([
    lockToAnswer(tx, answeredId, viewer.id),
    formId === null ? undefined : findByForm(tx, viewer.id, formId),
    findReplyContext(tx, viewer, answeredId),
    loadReplyPace(tx, viewer.id, now),
    loadWatcher(tx),
    takeReplyId(tx),
  ]);
  const topic = locked ?? notFound('There is no such post.');
  if (posted) return posted.id;

  const topicId = topic.id;
  const context = found ?? notFound('There is no such post.');
  mustStandIn(topicId, context.topicId);
  authorize(mayReply(viewer, { ...context, ...pace, ...body, limitsInForce }, now));
  const parts = [textAndHosts('body', body.markdown, body.addresses)];
  const watched = judgeBy(watcher, viewer, { parts });
  const cause = await causeToHold(tx, viewer, { hasLink: body.linksInBody > 0, limitsInForce, watched });
  const held = cause !== undefined;
  tellPages(tx, { effect: 'grown', topicId });
  const place = placeReply(context.parent);
  // A branch is named after its first reply.
  const placed = { ...place, id, branchId: place.branchId ?? id };
  const written = {
    ...placed,
    authorId: viewer.id,
    postedAt: now,
    state: 'visible',
    heldAt: null,
    purpose: null,
  } as const;
  const counted = new Deltas();
  counted.add(undefined, written);
  // A new branch is inserted with its own size.
  counted.placedIn.delete(id);
  await Promise.all([
    dropDraft(tx, viewer.id, { formId, ref: reply.draft }),
    insertReply(tx, topicId, reply, { ...placed, held }),
    ...(held ? [] : [applyDeltas(tx, topicId, counted), announce(tx, topic, written, now)]),
  ]);
  await noteJudgement(tx, id, watched, now);
  if (body.addresses.length > 0) await setCitations(tx, id, body.addresses);
  if (held) await awaitApproval(tx, { topicId, postId: id, authorId: viewer.id, cause, now });
  return id;
}

/** The id of the reply to be, so that all that names it can be sent together with it. */
async function takeReplyId(tx: Tx): Promise<PostId> {
  const taken = await takeIds(tx, [{ name: 'reply', table: posts, count: 1 }]);
  return taken.reply[0] as PostId;
}

type Placed = ReplyPlace & { readonly id: PostId; readonly branchId: PostId };

async function insertReply(
  tx: Tx,
  topicId: TopicId,
  { viewer, body, modelWritten, formId, now }: NewReply,
  { id, parentId, branchId, depth, held }: Placed & { readonly held: boolean },
): Promise<void> {
  const reply = {
    ...{ id, topicId, parentId, branchId, depth, modelWritten, formId },
    // Only top-level replies count what is below them; of the others it is always 1.
    branchSize: held && branchId === id ? 0 : 1,
    authorId: viewer.id,
    postedAt: now,
    bodyMd: body.markdown,
    bodyHtml: body.html,
    rendererVersion: body.version,
    heldAt: held ? now : null,
  };
  await insertRows(tx, posts, [reply]);
}
