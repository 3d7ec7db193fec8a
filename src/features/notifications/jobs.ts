// Tells members of a post. It can run twice, and be killed at any moment: each is told once (commands.ts), and the mail is
// ordered in the transaction that tells.
import type { Database } from '../../db/connection.ts';
import { findNamed } from '../../db/names.ts';
import type { MemberId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import { TOLD_AT_ONCE } from '../../domain/notices.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { sendMails } from '../mails/index.ts';
import {
  type Audience,
  type Candidate,
  findPostToTell,
  findSpared,
  followersOfNewTopic,
  followersOfTopic,
  listCandidates,
  type PostToTell,
} from './audience.ts';
import { notify } from './commands.ts';

/** Tells whom the post answers, who is mentioned and who follows what it belongs to, unless it is gone from sight meanwhile. */
export const notifyOfPost: JobHandler<'notify-of-post'> = async (db, { postId, edited = false }, now) => {
  const post = await findPostToTell(db, postId);
  if (!post) return;
  const audience = await findAudience(db, post, edited);
  let after = 0 as MemberId;
  for (;;) {
    const batch = await listCandidates(db, audience, after, TOLD_AT_ONCE);
    await tell(db, post, batch, now);
    const last = batch.at(-1);
    if (!last || batch.length < TOLD_AT_ONCE) return;
    after = last.memberId;
  }
};

async function findAudience(db: Database, post: PostToTell, edited: boolean): Promise<Audience> {
  const named = await findMentioned(db, post.bodyHtml);
  // An edit speaks to those it names anew; whoever follows the topic since then is not told of what was there before.
  if (edited) return { answered: null, named, following: [] };
  if (post.branchId === null)
    return { answered: null, named, following: await followersOfNewTopic(db, post) };
  const answered = post.parentId === null ? post.topicAuthorId : post.parentAuthorId;
  return { answered, named, following: followersOfTopic(post) };
}

async function tell(
  db: Database,
  { id: postId, topicId, authorId }: PostToTell,
  batch: readonly Candidate[],
  now: Date,
): Promise<void> {
  const others = batch.filter(({ memberId }) => memberId !== authorId);
  const spared = await findSpared(
    db,
    postId,
    others.map(({ memberId }) => memberId),
  );
  const about = { at: now, actorId: authorId, topicId, postId, actionId: null };
  const told = others.flatMap((each) => (spared.has(each.memberId) ? [] : [{ ...each, ...about }]));
  if (told.length === 0) return;
  await db.transaction(async (tx) => {
    const mailed = await notify(tx, told);
    await sendMails(
      tx,
      mailed.map(({ id: notificationId, memberId: to }) => ({ to, mail: 'notice', notificationId })),
    );
  });
}

/** The links that rendering makes of known @names (lib/markdown): what readers see as a mention is one. */
const MENTION = /<a class="mention"[^>]*>@([^<]+)<\/a>/g;

async function findMentioned(db: Database, html: SafeHtml): Promise<MemberId[]> {
  const keys = [...html.matchAll(MENTION)].map(([, name = '']) => nameKey(name));
  const rows = await findNamed(db, keys);
  return rows.map(({ id }) => id);
}
