// Posting a reply. It costs the same in a topic of two replies and of two thousand: everything is counted by deltas.
import { sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { tellPages } from '../../../db/page-changes.ts';
import { posts } from '../../../db/schema/index.ts';
import type { DraftRef } from '../../../domain/drafts.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import { mayReply } from '../../../domain/policy/replies.ts';
import { placeReply } from '../../../domain/thread.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { dropDraft } from '../../drafts/index.ts';
import { setCitations } from '../../links/index.ts';
import { judgeText, noteJudgement, textAndHosts } from '../../watch/index.ts';
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
  const topic = (await lockToAnswer(tx, answeredId, viewer.id)) ?? notFound('There is no such post.');
  const topicId = topic.id;
  const posted = formId === null ? undefined : await findByForm(tx, viewer.id, formId);
  if (posted) return posted.id;

  const context = (await findReplyContext(tx, viewer, answeredId)) ?? notFound('There is no such post.');
  mustStandIn(topic.id, context.topicId);
  const pace = await loadReplyPace(tx, viewer.id, now);
  authorize(mayReply(viewer, { ...context, ...pace, ...body, limitsInForce }, now));
  const parts = [textAndHosts('body', body.markdown, body.addresses)];
  const watched = await judgeText(tx, viewer, { parts });
  const cause = await causeToHold(tx, viewer, { hasLink: body.linksInBody > 0, limitsInForce, watched });
  const held = cause !== undefined;
  tellPages(tx, { effect: 'grown', topicId });
  await dropDraft(tx, viewer.id, { formId, ref: reply.draft });
  const inserted = await insertReply(tx, topicId, reply, { ...placeReply(context.parent), held });
  await noteJudgement(tx, inserted.id, watched, now);
  if (body.addresses.length > 0) await setCitations(tx, inserted.id, body.addresses);
  if (held) {
    await awaitApproval(tx, { topicId, postId: inserted.id, authorId: viewer.id, cause, now });
    return inserted.id;
  }
  const deltas = new Deltas();
  deltas.add(undefined, inserted);
  // A new branch was inserted with its own size.
  deltas.placedIn.delete(inserted.id);
  await applyDeltas(tx, topicId, deltas);
  await announce(tx, topic, inserted, now);
  return inserted.id;
}

type Place = ReturnType<typeof placeReply> & { readonly held: boolean };

async function insertReply(
  tx: Tx,
  topicId: TopicId,
  { viewer, body, modelWritten, formId, now }: NewReply,
  { parentId, branchId, depth, held }: Place,
) {
  // A branch is named after its first reply.
  const taken = tx.$with('taken', {}).as(sql`select nextval(pg_get_serial_sequence('posts', 'id')) as id`);
  const ownId = sql`(select id from taken)`;
  const [inserted] = await tx
    .with(taken)
    .insert(posts)
    .values({
      id: ownId,
      topicId,
      parentId,
      branchId: branchId ?? ownId,
      depth,
      // Only top-level replies count what is below them; of the others it is always 1.
      branchSize: held && branchId === null ? 0 : 1,
      authorId: viewer.id,
      postedAt: now,
      bodyMd: body.markdown,
      bodyHtml: body.html,
      rendererVersion: body.version,
      modelWritten,
      formId,
      heldAt: held ? now : null,
    })
    .returning({
      id: posts.id,
      authorId: posts.authorId,
      postedAt: posts.postedAt,
      state: posts.state,
      heldAt: posts.heldAt,
    })
    .prepare('reply')
    .execute();
  if (!inserted) throw new Error('An inserted reply was not returned.');
  return { ...inserted, parentId, branchId: branchId ?? inserted.id, purpose: null };
}
