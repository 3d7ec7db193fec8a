// Hiding outside the queue, and undoing it: exactly what was hidden comes back.
import { asc } from 'drizzle-orm';
import { actionPosts, events, hides } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { sanction } from '../members/sanctions.ts';
import {
  actionRows,
  postRow,
  putInQueue,
  itemRow,
  standing,
  topicRow,
} from '../../support/moderation-rows.ts';

const because = { reason: 'A decision to be undone' };

test('a moderator hides a reply from its page, with a reason, and restores it', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic, body: 'Words that go' });
  const browser = await as.moderator();
  const form = await browser.visit(`/p/${reply.id}/hide`);
  expect(form.main).toContain('Words that go');
  expect(form.document.querySelector('[name="extent"]')).toBeNull();
  const bare = await form.press('Hide');
  expect(bare.status).toBe(422);
  expect(bare.error('reason')).toContain('Say why');
  const after = await form.press('Hide', { canned: 'Off topic here' });
  expect(after.url).toContain(`#p${reply.id}`);
  expect((await as.visitor().visit(`/t/${topic.id}/${topic.slug}`)).main).toContain('Off topic here');
  expect((await as.visitor().visit(`/t/${topic.id}/${topic.slug}`)).main).not.toContain('Words that go');

  const restoring = await browser.visit(`/p/${reply.id}/restore`);
  expect(restoring.main).toContain('Off topic here (rule 3)');
  expect((await restoring.press('Restore')).status).toBe(422);
  await restoring.press('Restore', because);
  expect((await as.visitor().visit(`/t/${topic.id}/${topic.slug}`)).main).toContain('Words that go');
  const [hide, restore] = await actionRows(db);
  expect(hide?.undoneById).toBe(restore?.id);
  expect(restore).toMatchObject({ kind: 'restore', topicId: topic.id, postId: reply.id });
  expect(await db.select().from(hides)).toMatchObject([{ liftedById: restore?.id }]);
  const happened = await db.select().from(events).orderBy(asc(events.id));
  expect(happened.map(({ kind }) => kind)).toEqual(['post-hidden', 'post-restored']);
});

test('undoing leaves every row as it was, and what came meanwhile', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const root = await make.reply({ topic });
  const child = await make.reply({ topic, parent: root });
  await make.reply({ topic, parent: child, withdrawnAt: clock.ago({ minutes: 20 }) });
  await make.reply({ topic, parent: child, heldAt: clock.ago({ minutes: 20 }) });
  const beside = await make.reply({ topic });
  const browser = await as.moderator();
  // Counters and ranks as the forum itself derives them, not as the test put them there.
  await browser.post(`/p/${beside.id}/hide`, because);
  await browser.post(`/p/${beside.id}/restore`, because);
  const before = await standing(db, topic.id);

  await browser.post(`/p/${root.id}/hide`, { ...because, extent: 'branch' });
  expect(await standing(db, topic.id)).not.toEqual(before);
  await browser.post(`/p/${root.id}/restore`, because);
  expect(await standing(db, topic.id)).toEqual(before);

  await browser.post(`/p/${topic.openingPostId}/hide`, because);
  await browser.post(`/p/${topic.openingPostId}/restore`, because);
  expect(await standing(db, topic.id)).toEqual(before);

  await browser.post(`/p/${root.id}/hide`, because);
  const meanwhile = await make.reply({ topic, parent: child });
  await make.vote({ post: child.id });
  await browser.post(`/p/${root.id}/restore`, because);
  expect((await postRow(db, meanwhile.id)).state).toBe('visible');
  expect((await postRow(db, child.id)).score).toBe(1);
  expect((await topicRow(db, topic.id)).replyCount).toBe((before.topic[0]?.replyCount ?? 0) + 1);
});

test('a branch is hidden as one and restored as one, but for what another decision hides', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const root = await make.reply({ topic });
  const child = await make.reply({ topic, parent: root });
  const grandchild = await make.reply({ topic, parent: child });
  const beside = await make.reply({ topic });
  const browser = await as.moderator();
  await browser.post(`/p/${child.id}/hide`, { reason: 'The first decision' });
  await browser.post(`/p/${beside.id}/hide`, { reason: 'A decision of its own' });
  const form = await browser.visit(`/p/${root.id}/hide`);
  expect(form.main).toContain('This reply and the 2 replies below it');
  await form.press('Hide', { ...because, extent: 'branch' });
  const states = async () =>
    Promise.all([root, child, grandchild, beside].map(async ({ id }) => (await postRow(db, id)).state));
  expect(await states()).toEqual(['hidden', 'hidden', 'hidden', 'hidden']);
  const branch = (await actionRows(db)).at(-1);
  const touched = await db.select().from(actionPosts).orderBy(asc(actionPosts.postId));
  expect(touched.filter(({ actionId }) => actionId === branch?.id).map(({ postId }) => postId)).toEqual([
    root.id,
    child.id,
    grandchild.id,
  ]);

  await browser.post(`/p/${root.id}/restore`, because);
  expect(await states()).toEqual(['visible', 'hidden', 'visible', 'hidden']);
  await browser.post(`/p/${child.id}/restore`, because);
  expect(await states()).toEqual(['visible', 'visible', 'visible', 'hidden']);
});

test('of two decisions that hide a post, the form offers both and undoes the one chosen', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const root = await make.reply({ topic });
  const child = await make.reply({ topic, parent: root });
  const browser = await as.moderator();
  await browser.post(`/p/${child.id}/hide`, { reason: 'The reply alone' });
  await browser.post(`/p/${root.id}/hide`, { reason: 'The whole branch', extent: 'branch' });
  const form = await browser.visit(`/p/${child.id}/restore`);
  expect(form.main).toContain('The reply alone');
  expect(form.main).toContain('The whole branch');
  const [alone, branch] = await actionRows(db);
  await form.press('Restore', { ...because, action: String(alone?.id) });
  expect((await postRow(db, child.id)).state).toBe('hidden');
  expect((await actionRows(db)).map(({ undoneById }) => undoneById !== null)).toEqual([true, false, false]);
  // A decision that hides something else is none of this post's.
  const other = await make.reply({ topic });
  await browser.post(`/p/${other.id}/hide`, because);
  const foreign = await browser.post(`/p/${other.id}/restore`, { ...because, action: String(branch?.id) });
  expect(foreign.status).toBe(409);
});

test('what its author withdrew stays withdrawn', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic, body: 'Regretted words', withdrawnAt: clock.ago({ minutes: 5 }) });
  const browser = await as.moderator();
  await browser.post(`/p/${reply.id}/hide`, because);
  expect((await postRow(db, reply.id)).state).toBe('hidden');
  await browser.post(`/p/${reply.id}/restore`, because);
  expect((await postRow(db, reply.id)).state).toBe('withdrawn');
  expect((await as.visitor().visit(`/t/${topic.id}/${topic.slug}`)).main).not.toContain('Regretted words');
});

test('a held reply below a hidden branch is left to its own decision', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const root = await make.reply({ topic });
  const held = await make.reply({ topic, parent: root, heldAt: clock.ago({ hours: 1 }) });
  const item = await putInQueue(db, { post: held.id, kind: 'held' });
  await (await as.moderator()).post(`/p/${root.id}/hide`, { ...because, extent: 'branch' });
  expect((await postRow(db, held.id)).state).toBe('held');
  expect((await itemRow(db, item)).closedAt).toBeNull();
});

test('hiding an opening post hides the topic for everybody, and its author reads the reason', async ({
  make,
  as,
}) => {
  const author = await make.member();
  const topic = await make.topic({ author, title: 'A topic that goes', body: 'The body that goes' });
  const browser = await as.moderator();
  const form = await browser.visit(`/p/${topic.openingPostId}/hide`);
  expect(form.main).toContain('Hide this topic');
  await form.press('Hide', { reason: 'It is none of our business', rule: '3' });
  const gone = await as.visitor().get(`/t/${topic.id}/${topic.slug}`);
  expect(gone.status).toBe(410);
  expect(gone.text).toContain('It is none of our business');
  expect(gone.text).not.toContain('The body that goes');
  expect((await as.visitor().visit('/new')).main).not.toContain('A topic that goes');
  expect((await (await as.member(author)).visit(`/t/${topic.id}/${topic.slug}`)).main).toContain(
    'The body that goes',
  );
  await (await browser.visit(`/p/${topic.openingPostId}/restore`)).press('Restore', because);
  expect((await as.visitor().visit('/new')).main).toContain('A topic that goes');
});

test('nobody hides or restores what is theirs, or twice', async ({ make, as, db, clock }) => {
  const moderator = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  const own = await make.reply({ topic, author: moderator });
  const held = await make.reply({ topic, heldAt: clock.ago({ hours: 1 }) });
  const reply = await make.reply({ topic });
  const browser = await as.moderator(moderator);
  expect((await browser.get(`/p/${own.id}/hide`)).status).toBe(403);
  expect((await browser.post(`/p/${own.id}/hide`, because)).status).toBe(403);
  expect((await browser.post(`/p/${held.id}/hide`, because)).status).toBe(409);
  await browser.post(`/p/${reply.id}/hide`, because);
  expect((await browser.post(`/p/${reply.id}/hide`, because)).status).toBe(409);
  await (await as.moderator()).post(`/p/${own.id}/hide`, because);
  expect((await browser.post(`/p/${own.id}/restore`, because)).status).toBe(403);
  expect(await actionRows(db)).toHaveLength(2);
});

test('a branch with a reply of their own is restored by another moderator', async ({ make, as, db }) => {
  const moderator = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  const root = await make.reply({ topic });
  const own = await make.reply({ topic, parent: root, author: moderator });
  const other = await as.moderator();
  await other.post(`/p/${root.id}/hide`, { ...because, extent: 'branch' });
  const refused = await (await as.moderator(moderator)).post(`/p/${root.id}/restore`, because);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('another moderator decides');
  expect((await postRow(db, root.id)).state).toBe('hidden');
  expect((await other.post(`/p/${root.id}/restore`, because)).status).toBe(303);
  expect((await postRow(db, own.id)).state).toBe('visible');
});

test('of ten who restore at once, one does', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await (await as.moderator()).post(`/p/${reply.id}/hide`, because);
  const browsers = await Promise.all(Array.from({ length: 10 }, () => as.moderator()));
  const answers = await Promise.all(
    browsers.map((browser) => browser.post(`/p/${reply.id}/restore`, because)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array.from({ length: 9 }, () => 409)]);
  expect(await actionRows(db)).toHaveLength(2);
  expect((await topicRow(db, topic.id)).replyCount).toBe(1);
});

test('a suspended moderator decides nothing', async ({ make, as, db, clock }) => {
  const moderator = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await sanction(db, moderator, 'suspension', { startsAt: clock.ago({ hours: 1 }), endsAt: null });
  expect((await (await as.moderator(moderator)).post(`/p/${reply.id}/hide`, because)).status).toBe(403);
  expect((await postRow(db, reply.id)).state).toBe('visible');
});
