// What moderators did in the forum that goes out and comes back.
import { eq, inArray, sql } from 'drizzle-orm';
import { posts, tags, topics, topicTags } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Database } from '../../../src/db/connection.ts';
import type { TestClock } from '../../support/clock.ts';
import { type As, expect, type Forum } from '../../support/forum.ts';
import type { Make, MemberRow } from '../../support/make.ts';
import { putInQueue } from '../../support/moderation-rows.ts';

/** A word of every text that moderators hid, that its author took back, or that awaits approval. */
export const GONE = 'zebrawort';

export interface Fixtures {
  readonly forum: Forum;
  readonly db: Database;
  readonly make: Make;
  readonly as: As;
  readonly clock: TestClock;
}

/** The members whose pages are compared. */
export interface Cast {
  readonly anna: MemberRow;
  readonly bart: MemberRow;
  readonly mira: MemberRow;
}

/** Hidden alone, with replies, twice, for a while, in part; refused; with its topic. */
export async function whatModeratorsHid(
  { db, make, as, clock }: Fixtures,
  { anna, bart, mira }: Cast,
): Promise<void> {
  const browser = await as.moderator(mira);
  const hide = async (post: PostId, extent = 'post', reason = 'Promotion'): Promise<void> => {
    clock.advance({ seconds: 1 });
    const hidden = await browser.post(paths.postHide(post), { reason, rule: '4', extent });
    expect(hidden.status).toBe(303);
  };
  const topic = await make.topic({ title: 'A quarrel', author: bart, body: 'No quarrel yet.' });
  const reply = (body: string, parent?: Awaited<ReturnType<Make['reply']>>) =>
    make.reply({ topic, author: anna, body, ...(parent && { parent }) });
  const alone = await reply(`${GONE} hidden alone`);
  await reply('Its answer stays.', alone);
  await hide(alone.id);
  const branch = await reply(`${GONE} hidden with its replies`);
  const inBranch = await reply(`${GONE} hidden below`, branch);
  await reply(`${GONE} hidden at the bottom`, inBranch);
  // Twice: once alone, once with the branch.
  await hide(inBranch.id, 'post', 'Unkind “words”, and more:\n* of them');
  await hide(branch.id, 'branch', 'A whole quarrel');
  const lifted = await reply('Hidden for a while.');
  await hide(lifted.id);
  const restored = await browser.post(paths.postRestore(lifted.id), { reason: 'It was fine' });
  expect(restored.status).toBe(303);
  // One of a branch comes back, the others stay: what the decision hid is not all hidden any more.
  const partly = await reply(`${GONE} partly`);
  const back = await reply('Back again.', partly);
  await hide(partly.id, 'branch');
  await db.execute(
    sql`update hides set lifted_at = now(), lifted_by_id = action_id where post_id = ${back.id}`,
  );
  await db.update(posts).set({ hiddenAt: null }).where(eq(posts.id, back.id));

  const heldAt = clock.ago({ minutes: 30 });
  const refused = await make.reply({ topic, author: anna, body: `${GONE} refused`, heldAt });
  const refusedTopic = await make.topic({ title: `Refused ${GONE}`, author: anna, heldAt });
  for (const post of [refused.id, refusedTopic.openingPostId]) {
    const item = paths.queueItem(await putInQueue(db, { post, kind: 'held' }));
    const queue = await browser.visit('/moderation?tab=held');
    await queue.press('Refuse', { reason: 'An advertisement' }, `form.q-acts[action="${item}"]`);
  }
  const regretted = await reply(`${GONE} withdrawn and hidden`);
  await (await (await as.member(anna)).visit(paths.postWithdraw(regretted.id))).press('Delete');
  await hide(regretted.id);

  const hidden = await make.topic({ title: `Hidden ${GONE}`, author: bart, body: `${GONE} with its topic` });
  await make.reply({ topic: hidden, author: anna, body: `${GONE} below a hidden topic` });
  await hide(hidden.openingPostId);
}

/** What moderators mark topics with. */
export async function marks({ db, make, as, clock }: Fixtures, { anna, bart, mira }: Cast): Promise<void> {
  const locked = await make.topic({ title: 'Locked', author: anna, body: 'No more of it.' });
  const pinned = await make.topic({ title: 'Pinned', author: bart, body: 'A former member wrote this.' });
  await db.update(topics).set({ authorId: null }).where(eq(topics.id, pinned.id));
  await db.update(posts).set({ authorId: null }).where(eq(posts.id, pinned.openingPostId));
  const browser = await as.moderator(mira);
  await browser.post(paths.topicLock(locked.id), { reason: 'Enough', rule: '2' });
  await browser.post(paths.topicPin(pinned.id), { days: '3' });
  const digest = await make.topic({
    title: 'The week',
    kind: 'digest',
    author: mira,
    body: '# The week\n\nMuch.',
  });
  await db.update(topics).set({ continuesId: locked.id }).where(eq(topics.id, digest.id));
  const known = await db
    .select()
    .from(tags)
    .where(inArray(tags.slug, ['power', '東京電力', 'transformers']));
  // Not in the order of their ids.
  await db
    .insert(topicTags)
    .values(
      known
        .toSorted((a, b) => b.id - a.id)
        .map(({ id }, position) => ({ topicId: digest.id, tagId: id, position })),
    );
  clock.advance({ hours: 1 });
  await make.vote({ post: digest.openingPostId, member: bart });
}
