// Undoing a merge: exactly what it moved goes back, what came since stays, whatever the order and however many at once.
import { eq } from 'drizzle-orm';
import { actions, events, merges, posts, votes } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { expectTrueCounters, settleCounters } from '../threads/counting.ts';
import { everyRow, merge, unmerge, visit } from './merging.ts';
import { postRow, topicRow } from '../../support/moderation-rows.ts';

/** Two topics with everything that a merge moves: articles, replies in all states, votes. */
async function twoTopics(make: Make) {
  const AT = new Date('2026-04-03T13:00:00Z');
  const [one, other] = [await make.member(), await make.member()];
  const stays = await make.topic({ author: one, source: 'https://a.example/1' });
  const goes = await make.topic({
    author: other,
    source: 'https://b.example/2',
    // Younger, so that its age counts.
    postedAt: new Date('2026-04-03T12:30:00Z'),
  });
  const inStays = await make.reply({
    topic: stays,
    author: other,
    postedAt: new Date('2026-04-03T12:00:00Z'),
  });
  const root = await make.reply({ topic: goes, author: one });
  const child = await make.reply({ topic: goes, parent: root, author: other });
  await make.reply({ topic: goes, parent: child, withdrawnAt: AT });
  await make.reply({ topic: goes, hiddenAt: AT });
  const held = await make.reply({ topic: goes, heldAt: AT, branchSize: 0 });
  const fan = await make.member();
  for (const post of [stays.openingPostId, goes.openingPostId, root.id])
    await make.vote({ post, member: fan });
  for (const member of [one, await make.member()]) await make.vote({ post: goes.openingPostId, member });
  return { one, other, fan, stays, goes, inStays, root, child, held };
}

test('with nothing in between, every row is as it was', async ({ make, as, db, clock }) => {
  const { stays, goes, inStays, root, one, other, fan } = await twoTopics(make);
  const at = clock.ago({ hours: 1 });
  await visit(db, one, stays, inStays.id, at);
  await visit(db, other, stays, inStays.id, at);
  await visit(db, other, goes, root.id, at);
  await visit(db, fan, goes, root.id, at);
  const moderator = await as.moderator();
  await settleCounters(db);
  const before = await everyRow(db);

  expect(await merge(moderator, goes, stays)).toBe(303);
  expect(await everyRow(db)).not.toEqual(before);
  await expectTrueCounters(db);
  expect((await topicRow(db, stays.id)).lastActivityAt).toEqual(goes.postedAt);

  const form = await moderator.visit(paths.topicMerge(goes.id));
  expect(form.main).toContain('1 source, 5 replies and 1 vote');
  expect((await form.press('Undo the merge')).error('reason')).toContain('Say why');
  expect(await unmerge(moderator, goes)).toBe(303);
  expect(await everyRow(db)).toEqual(before);
  await expectTrueCounters(db);

  const kinds = await db.select({ kind: events.kind }).from(events).orderBy(events.id);
  expect(kinds.map(({ kind }) => kind)).toEqual(['topic-merged', 'topic-unmerged']);
  const [merged, undone] = await db.select().from(actions).orderBy(actions.id);
  expect(merged?.undoneById).toBe(undone?.id);
  expect((await db.select().from(merges))[0]?.undoneAt).not.toBeNull();
  expect((await as.visitor().visit(paths.moderationLog())).main).toContain('Topic merge undone');
  expect(await unmerge(moderator, goes)).toBe(409);
  expect(await everyRow(db)).toEqual(before);
});

test('newer replies, votes and visits stay where they were made; those below what goes back begin branches', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { stays, goes, root, child, fan } = await twoTopics(make);
  const [late, again, reader] = [await make.member(), await make.member(), await make.member()];
  await make.vote({ post: goes.openingPostId, member: again });
  await visit(db, reader, stays, stays.openingPostId, clock.ago({ days: 1 }));
  const moderator = await as.moderator();
  await settleCounters(db);
  await merge(moderator, goes, stays);

  clock.advance({ minutes: 1 });
  const writer = await as.member(late);
  const reply = async (path: string) => {
    clock.advance({ minutes: 1 });
    const sent = await writer.post(path, { body: 'A newer reply' });
    expect(sent.status, sent.text).toBe(303);
    return postRow(db, Number(/\d+$/.exec(sent.headers.location ?? '')?.[0]) as typeof root.id);
  };
  const top = await reply(paths.topicReply(stays.id));
  const below = await reply(paths.postReply(child.id));
  const belowThat = await reply(paths.postReply(below.id));
  const beside = await reply(paths.postReply(root.id));
  await writer.post(paths.postVote(stays.openingPostId), { vote: 'up' });
  await writer.post(paths.postVote(root.id), { vote: 'up' });
  // Takes back the vote that the merge gave, and casts another: that one is theirs.
  const changing = await as.member(again);
  await changing.post(paths.postVote(stays.openingPostId), { vote: 'undo' });
  await changing.post(paths.postVote(stays.openingPostId), { vote: 'up' });
  await (await as.member(reader)).visit(paths.topic(stays));
  const marks = async () => (await everyRow(db)).visits.find(({ memberId }) => memberId === reader.id);
  await expect.poll(async () => (await marks())?.visitedAt).toEqual(clock.now());
  const read = await marks();

  expect(await unmerge(moderator, goes)).toBe(303);
  await expectTrueCounters(db);
  expect(await postRow(db, root.id)).toMatchObject({ topicId: goes.id, score: 2, branchSize: 3 });
  expect(await postRow(db, top.id)).toMatchObject({ topicId: stays.id, branchId: top.id });
  const place = { topicId: stays.id, branchId: below.id };
  expect(await postRow(db, below.id)).toMatchObject({ ...place, parentId: null, depth: 0, branchSize: 2 });
  expect(await postRow(db, belowThat.id)).toMatchObject({ ...place, parentId: below.id, depth: 1 });
  expect(await postRow(db, beside.id)).toMatchObject({ parentId: null, branchId: beside.id, branchSize: 1 });
  const voters = await db.select().from(votes).where(eq(votes.postId, stays.openingPostId));
  expect(voters.map(({ memberId }) => memberId).sort()).toEqual([fan.id, late.id, again.id].sort());
  expect(await marks()).toEqual(read);
  const page = await as.visitor().visit(paths.topic(stays));
  expect(page.main).toContain('Replies (5)');
  expect(page.main).not.toContain('From the merged topic');
  expect((await as.visitor().visit(paths.topic(goes))).main).toContain('Replies (2)');
});

test.for([['first'], ['last']] as const)(
  'of two topics merged into one, the %s is given back as it was, and then the other',
  async ([order], { make, as, db, clock }) => {
    const third = await make.topic({ source: 'https://c.example/3' });
    const early = await make.reply({ topic: third });
    const { stays, goes, fan, inStays, root } = await twoTopics(make);
    const late = await make.reply({ topic: third });
    await make.vote({ post: third.openingPostId });
    const both = await make.member();
    for (const { openingPostId: post } of [goes, third]) await make.vote({ post, member: both });
    const at = clock.ago({ hours: 1 });
    await visit(db, both, stays, late.id, at);
    await visit(db, fan, third, late.id, at);
    await visit(db, fan, stays, inStays.id, at);
    await visit(db, fan, goes, root.id, at);
    const moderator = await as.moderator();
    await settleCounters(db);
    const before = await everyRow(db);
    await merge(moderator, goes, stays);
    await merge(moderator, third, stays);
    const [one, other] = order === 'first' ? [goes, third] : [third, goes];
    expect(await unmerge(moderator, one)).toBe(303);
    await expectTrueCounters(db);
    // Who voted for both is still counted once where the other one is.
    const left = await db.select().from(votes).where(eq(votes.postId, stays.openingPostId));
    expect(left.map(({ memberId }) => memberId)).toContain(both.id);
    // And what they have not read of it is still marked as new.
    const mark = (await everyRow(db)).visits.find(({ memberId }) => memberId === both.id);
    expect(mark?.seenPostId).toBeLessThan(other === third ? early.id : root.id);
    expect(await unmerge(moderator, other)).toBe(303);
    expect(await everyRow(db)).toEqual(before);
    await expectTrueCounters(db);
  },
);

test('a reply that was hidden while it stood in the other topic is restored where it is', async ({
  make,
  as,
  db,
}) => {
  const { stays, goes, root } = await twoTopics(make);
  const moderator = await as.moderator();
  await settleCounters(db);
  await merge(moderator, goes, stays);
  await moderator.post(paths.postHide(root.id), { reason: 'Off the subject' });
  expect(await unmerge(moderator, goes)).toBe(303);
  expect(await postRow(db, root.id)).toMatchObject({ topicId: goes.id, state: 'hidden' });
  await moderator.post(paths.postRestore(root.id), { reason: 'It fits' });
  expect((await postRow(db, root.id)).state).toBe('visible');
  await expectTrueCounters(db);
});

test('moderators who merge crosswise, merge twice or undo at once do it once', async ({ make, as, db }) => {
  const { stays, goes } = await twoTopics(make);
  const moderators = await Promise.all(Array.from({ length: 6 }, () => as.moderator()));
  await settleCounters(db);
  const before = await everyRow(db);
  const merged = await Promise.all(
    moderators.map((browser, n) => (n % 2 === 0 ? merge(browser, goes, stays) : merge(browser, stays, goes))),
  );
  expect(merged.toSorted()).toEqual([303, 409, 409, 409, 409, 409]);
  await expectTrueCounters(db);
  const [inForce] = await db.select().from(merges);
  const undone = await Promise.all(moderators.map((browser) => unmerge(browser, { id: inForce!.topicId })));
  expect(undone.toSorted()).toEqual([303, 409, 409, 409, 409, 409]);
  expect(await everyRow(db)).toEqual(before);
});

test('replies and votes that arrive while topics are merged and given back are counted where they end', async ({
  make,
  as,
  db,
}) => {
  const { stays, goes, root, child } = await twoTopics(make);
  const people = await Promise.all(Array.from({ length: 12 }, () => as.member()));
  const moderators = [await as.moderator(), await as.moderator()] as const;
  const third = await make.topic();
  await make.reply({ topic: third });
  await settleCounters(db);
  const targets = [paths.topicReply(goes.id), paths.postReply(root.id), paths.postReply(child.id)];
  const work = async () => {
    const answers = await Promise.all([
      ...people.map((person, n) =>
        person.post(targets[n % 3] ?? '', { body: `Reply ${n} of ${Math.random()}` }),
      ),
      ...people.map((person) => person.post(paths.postVote(goes.openingPostId), { vote: 'up' })),
      merge(moderators[0], goes, stays),
      merge(moderators[1], third, stays),
    ]);
    return answers.map((answer) => (typeof answer === 'number' ? answer : answer.status));
  };
  const first = await work();
  expect(first.filter((status) => status !== 303 && status !== 409)).toEqual([]);
  await expectTrueCounters(db);
  const written = first.slice(0, people.length).filter((status) => status === 303).length;
  const replies = await db.select().from(posts).where(eq(posts.topicId, stays.id));
  expect(replies.filter(({ bodyMd }) => bodyMd.startsWith('Reply '))).toHaveLength(written);
  expect(replies.filter(({ parentId }) => parentId !== null).length).toBeGreaterThan(0);

  await Promise.all([
    unmerge(moderators[0], goes),
    unmerge(moderators[1], third),
    ...people.map((person) => person.post(paths.postVote(stays.openingPostId), { vote: 'undo' })),
    ...people.map((person, n) =>
      person.post(paths.postVote(n % 2 === 0 ? root.id : child.id), { vote: 'up' }),
    ),
  ]);
  await expectTrueCounters(db);
  for (const { id, topicId, parentId } of await db.select().from(posts)) {
    const parent = parentId === null ? undefined : await postRow(db, parentId);
    expect(parent?.topicId ?? topicId, `post ${id}`).toBe(topicId);
  }
});

test('what was moved since, below a reply that stays, stays where a moderator put it', async ({
  make,
  as,
  db,
}) => {
  const { stays, goes, inStays, root, child } = await twoTopics(make);
  const moderator = await as.moderator();
  await settleCounters(db);
  await merge(moderator, goes, stays);
  const moved = await moderator.post(paths.postMove(child.id), {
    to: paths.post(inStays.id),
    reason: 'There',
  });
  expect(moved.status).toBe(303);
  expect(await unmerge(moderator, goes)).toBe(303);
  expect((await postRow(db, root.id)).topicId).toBe(goes.id);
  expect(await postRow(db, child.id)).toMatchObject({ topicId: stays.id, parentId: inStays.id });
  await expectTrueCounters(db);
});
