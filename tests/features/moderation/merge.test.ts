// Merging two topics: what moves, where addresses lead, what is refused.
import { and, asc, eq } from 'drizzle-orm';
import { events, merges, sources, visits, votes } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import { rankVotedTopics } from '../../../src/features/threads/rank-topics.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from '../threads/counting.ts';
import { because, merge, visit } from './merging.ts';
import { actionRows, postRow, topicRow } from '../../support/moderation-rows.ts';

test('a moderator merges two topics on one story: sources, replies and votes move, and the log says so', async ({
  make,
  as,
  db,
  drain,
}) => {
  const [author, other, fan] = [
    await make.member({ name: 'first' }),
    await make.member(),
    await make.member(),
  ];
  const stays = await make.topic({
    author,
    title: 'Anthropic raises a round',
    source: 'https://a.example/1',
  });
  const goes = await make.topic({
    author: other,
    title: 'A round raised by Anthropic',
    body: 'Words of the merged topic',
    source: 'https://b.example/2',
  });
  const root = await make.reply({ topic: goes, body: 'A reply that moves' });
  const below = await make.reply({ topic: goes, parent: root });
  const held = await make.reply({ topic: goes, heldAt: new Date('2026-04-03T13:00:00Z') });
  const before = await make.reply({ topic: stays, author: other });
  await make.vote({ post: goes.openingPostId, member: fan });
  await make.vote({ post: goes.openingPostId, member: author });
  await make.vote({ post: goes.openingPostId });
  await make.vote({ post: stays.openingPostId, member: fan });
  const browser = await as.moderator();
  await settleCounters(db);

  const start = await (await browser.visit(paths.topic(goes))).follow('Merge');
  expect(start.main).toContain('Similar title');
  const form = await start.press('Go on', { with: `http://localhost:3000${paths.topic(stays)}` });
  expect(form.main).toContain('1 source, 2 replies and 1 vote move here from “A round raised by Anthropic”');
  expect(form.main).toContain('1 source, 1 reply and 0 votes move here from “Anthropic raises a round”');
  // The livelier one is suggested to stay.
  expect(form.document.querySelector('input[name="stays"][checked]')?.getAttribute('value')).toBe(
    `${goes.id}`,
  );
  const unexplained = await form.press('Merge', { stays: `${stays.id}`, canned: '' });
  expect(unexplained.status).toBe(422);
  expect(unexplained.error('reason')).toContain('Say why');
  const after = await unexplained.press('Merge', because);
  expect(after.url).toContain(paths.topic(stays));
  expect(after.main).toContain('From the merged topic A round raised by Anthropic');
  expect(after.main).toContain('Words of the merged topic');
  expect(after.main).toContain('Replies (3)');
  expect(after.main).toContain('2 upvotes');

  for (const { id } of [root, below, held, before]) expect((await postRow(db, id)).topicId).toBe(stays.id);
  expect(await topicRow(db, goes.id)).toMatchObject({
    replyCount: 0,
    replierCount: 0,
    mergedIntoId: stays.id,
  });
  const there = await db.select().from(sources).where(eq(sources.topicId, stays.id));
  expect(there.map(({ publisherHost }) => publisherHost).sort()).toEqual(['a.example', 'b.example']);
  expect(await db.select().from(votes).where(eq(votes.postId, stays.openingPostId))).toHaveLength(2);
  await expectTrueCounters(db);

  const [action] = await actionRows(db);
  expect(action).toMatchObject({ kind: 'merge', topicId: goes.id, data: { other: stays.id } });
  expect(await db.select().from(merges)).toMatchObject([
    { topicId: goes.id, intoId: stays.id, undoneAt: null },
  ]);
  const [event] = await db.select().from(events).orderBy(asc(events.id));
  expect(event).toMatchObject({ kind: 'topic-merged', topicId: goes.id });
  const log = await as.visitor().visit(paths.moderationLog());
  expect(log.main).toContain('Topic merged');
  expect(log.main).toContain('A round raised by Anthropic into Anthropic raises a round');
  expect(log.html).not.toContain(goes.slug);

  await drain();
  const inbox = await (await as.member(other)).visit(paths.inbox());
  expect(inbox.main).toContain('Merged by a moderator: your topic');
});

test('the address of a merged topic, its posts and its forms lead to the one that stays', async ({
  make,
  as,
  db,
  clock,
}) => {
  const author = await make.member();
  const stays = await make.topic({ title: 'The one that stays' });
  const goes = await make.topic({ author, title: 'The one that goes', body: 'Words that stay' });
  const reply = await make.reply({ topic: goes });
  const [moderator, member, visitor] = [await as.moderator(), await as.member(), as.visitor()];
  expect(await merge(moderator, goes, stays)).toBe(303);

  const answer = await visitor.get(paths.topic(goes, { sort: 'new' }));
  expect([answer.status, answer.headers.location]).toEqual([302, `/t/${stays.id}?sort=new`]);
  expect((await visitor.visit(paths.topic(goes))).main).toContain('The one that stays');
  expect((await visitor.visit(paths.post(goes.openingPostId))).url).toContain(`#p${goes.openingPostId}`);
  expect((await visitor.visit(paths.post(reply.id))).url).toContain(`${paths.topic(stays)}#p${reply.id}`);

  for (const path of [paths.topicReply(goes.id), paths.postReply(goes.openingPostId)]) {
    expect((await member.visit(path)).main).toContain('The one that stays');
    const sent = await member.post(path, { body: `Sent to ${path}` });
    expect((await postRow(db, Number(/\d+$/.exec(sent.headers.location ?? '')?.[0]) as PostId)).topicId).toBe(
      stays.id,
    );
    clock.advance({ minutes: 1 });
  }
  const vote = await member.post(paths.postVote(goes.openingPostId), { vote: 'up' });
  expect(vote.status).toBe(303);
  await rankVotedTopics(db);
  expect((await topicRow(db, stays.id)).score).toBe(1);
  expect((await topicRow(db, goes.id)).score).toBe(0);
  for (const path of [paths.topicLock(goes.id), paths.topicPin(goes.id)])
    expect((await moderator.visit(path)).main).toContain('merged into another one');

  const undoing = await (await moderator.visit(paths.topic(stays))).follow('Undo the merge');
  const undone = await undoing.press('Undo the merge', { reason: 'Two stories' });
  expect(undone.url).toContain(paths.topic(goes));
  expect((await visitor.visit(paths.topic(goes))).main).toContain('The one that goes');
});

test('what a merged topic said stands below the text of the other, for its author to edit and for all to flag', async ({
  make,
  as,
  db,
}) => {
  const author = await make.member({ name: 'second' });
  const stays = await make.topic({ title: 'The one that stays' });
  const goes = await make.topic({ author, title: 'The one that goes', body: 'Words that stay' });
  const [moderator, own, member] = [await as.moderator(), await as.member(author), await as.member()];
  await merge(moderator, goes, stays);

  const profile = await own.visit(paths.member('second'));
  expect(profile.main).toContain('Merged into The one that stays');
  expect((await member.visit(paths.member('second'))).main).not.toContain('The one that goes');

  const editing = await (
    await own.visit(paths.topic(stays))
  ).follow('Edit what you wrote in the merged topic');
  const edited = await editing.press('Save', { body: 'Words set right' });
  expect(edited.url).toContain(`${paths.topic(stays)}#p${goes.openingPostId}`);
  expect(edited.main).toContain('Words set right');
  const flagging = await (await member.visit(paths.topic(stays))).follow('Flag what the merged topic says');
  expect(flagging.main).toContain('Words set right');

  await moderator.post(paths.postHide(goes.openingPostId), { reason: 'Off the subject' });
  const hidden = await as.visitor().visit(paths.topic(stays));
  expect(hidden.main).not.toMatch(/Words set right|The one that goes/);
  expect(hidden.main).toContain('From a merged topic');
  expect(hidden.main).toContain('Hidden by a moderator: Off the subject.');
  await moderator.post(paths.postRestore(goes.openingPostId), { reason: 'It fits' });
  expect((await as.visitor().visit(paths.topic(stays))).main).toContain('Words set right');

  await own.post(paths.postWithdraw(goes.openingPostId));
  const withdrawn = await as.visitor().visit(paths.topic(stays));
  expect(withdrawn.main).not.toMatch(/Words set right|The one that goes|second/);
  expect(withdrawn.main).toContain('Deleted by its author');
  expect((await topicRow(db, stays.id)).state).toBe('visible');
});

test('nothing of a merged topic can be read once the topic that it leads to is hidden', async ({
  make,
  as,
  drain,
}) => {
  const mentioned = await make.member({ name: 'mentioned' });
  const stays = await make.topic({ title: 'A secret of the one that stays' });
  const writer = await as.member();
  const sent = await writer.post(paths.submit(), {
    title: 'What nobody may read any more: a secret',
    section: 'funding',
    body: 'What does @mentioned say?',
  });
  expect(sent.status, sent.text).toBe(303);
  const id = Number(/\/t\/(\d+)/.exec(sent.headers.location ?? '')?.[1]) as typeof stays.id;
  const moderator = await as.moderator();
  expect(await merge(moderator, { id }, stays)).toBe(303);
  await drain();
  const reader = await as.member(mentioned);
  expect((await reader.visit(paths.inbox())).main).toContain('What nobody may read any more');

  await moderator.post(paths.postHide(stays.openingPostId), { reason: 'Off the subject' });
  const opening = stays.openingPostId + 1;
  const gone = [
    `/t/${id}`,
    `/p/${opening}`,
    `/p/${opening}/history`,
    `/p/${opening}/reply`,
    `/p/${opening}/flag`,
  ];
  for (const path of [...gone, paths.inbox(), paths.moderationLog()]) {
    const page = await reader.visit(path);
    expect(page.html, path).not.toMatch(/A secret of the one|What nobody|What does/);
    expect(page.url, path).not.toContain('secret');
  }
});

test('a copy of an article stays behind, and so does a source that was removed', async ({ make, as, db }) => {
  const stays = await make.topic({ source: 'https://a.example/1' });
  const goes = await make.topic({ source: 'https://a.example/1?utm_source=x' });
  const [first] = await db.select().from(sources).where(eq(sources.topicId, goes.id));
  const copy = { ...first!, id: undefined };
  await db.insert(sources).values([
    { ...copy, urlKey: 'b.example/2', url: 'https://b.example/2', state: 'removed' },
    { ...copy, urlKey: 'c.example/3', url: 'https://c.example/3', state: 'dead' },
  ]);
  await merge(await as.moderator(), goes, stays);
  const places = await db.select().from(sources).orderBy(asc(sources.id));
  expect(places.map(({ topicId }) => (topicId === stays.id ? 'moved' : 'stayed')).slice(1)).toEqual([
    'stayed',
    'stayed',
    'moved',
  ]);
});

test('a fresh topic merged into an old one lends it its age: rank, place among the active, and time to answer', async ({
  make,
  as,
  db,
  clock,
}) => {
  const postedAt = clock.ago({ days: 100 });
  const old = await make.topic({ title: 'The old one', postedAt, lastActivityAt: postedAt });
  const between = await make.topic({ title: 'In between', postedAt: clock.ago({ days: 2 }) });
  const fresh = await make.topic({ title: 'The fresh one' });
  const [moderator, member] = [await as.moderator(), await as.member()];
  await settleCounters(db);
  const closed = await member.post(paths.topicReply(old.id), { body: 'Too late' });
  expect(closed.status).toBe(409);
  await merge(moderator, fresh, old);
  await expectTrueCounters(db);
  for (const path of ['/', '/active']) {
    const { document } = await member.visit(path);
    const main = document.querySelector('.rows')?.textContent ?? '';
    expect(main.indexOf('The old one'), path).toBeLessThan(main.indexOf('In between'));
    expect(main).toContain('The old one');
  }
  expect((await topicRow(db, old.id)).hotRank).toBeGreaterThan((await topicRow(db, between.id)).hotRank);
  expect((await member.post(paths.topicReply(old.id), { body: 'In time' })).status).toBe(303);
  expect((await member.post(paths.postVote(old.openingPostId), { vote: 'up' })).status).toBe(303);
});

test('whoever has read both topics finds marked as new what they have not seen of either', async ({
  make,
  as,
  db,
  clock,
}) => {
  const readers = {
    both: await make.member(),
    all: await make.member(),
    stays: await make.member(),
    goes: await make.member(),
    author: await make.member(),
  };
  const [stays, goes] = [await make.topic(), await make.topic()];
  // The order in which they were written: s1 g1 s2 g2
  const s1 = await make.reply({ topic: stays });
  const g1 = await make.reply({ topic: goes, author: readers.author });
  const s2 = await make.reply({ topic: stays });
  const g2 = await make.reply({ topic: goes });
  const at = clock.ago({ hours: 1 });
  await visit(db, readers.both, stays, s2.id, at);
  await visit(db, readers.both, goes, g1.id, at);
  await visit(db, readers.all, stays, s2.id, at);
  await visit(db, readers.all, goes, g2.id, at, g1.id);
  await visit(db, readers.stays, stays, s2.id, at);
  await visit(db, readers.goes, goes, g2.id, at);
  await visit(db, readers.author, stays, s2.id, at);
  await merge(await as.moderator(), goes, stays);
  const seen = async (reader: keyof typeof readers) => {
    const ofReader = and(eq(visits.topicId, stays.id), eq(visits.memberId, readers[reader].id));
    return (await db.select().from(visits).where(ofReader))[0];
  };
  expect((await seen('both'))?.seenPostId).toBe(g2.id - 1);
  expect(await seen('all')).toMatchObject({ seenPostId: g2.id, previousSeenPostId: g2.id - 1 });
  expect((await seen('stays'))?.seenPostId).toBe(g1.id - 1);
  expect((await seen('goes'))?.seenPostId).toBe(s1.id - 1);
  // One's own reply is not news.
  expect((await seen('author'))?.seenPostId).toBe(g2.id - 1);
  const { main } = await (await as.member(readers.both)).visit(paths.topic(stays));
  expect(main).toContain('1 new');
});

test('what cannot be merged: one topic, what is hidden, what was merged already, what others were merged into', async ({
  make,
  as,
}) => {
  const [one, other, third] = [await make.topic(), await make.topic(), await make.topic()];
  const hidden = await make.topic();
  await make.hide({ topic: hidden.id });
  const browser = await as.moderator();
  const choosing = async (id: number, named: string) =>
    (
      await (await browser.visit(paths.topicMerge(id as typeof one.id))).press('Go on', { with: named })
    ).error('with');
  expect(await choosing(one.id, `${one.id}`)).toContain('one and the same topic');
  expect(await choosing(one.id, `/t/${hidden.id}`)).toContain('everybody can see');
  expect(await choosing(one.id, '999999')).toContain('no such topic');
  expect(await choosing(one.id, 'the other one')).toContain('no such topic');
  expect(await merge(browser, one, one)).toBe(422);

  expect(await merge(browser, one, other)).toBe(303);
  expect(await choosing(third.id, `${one.id}`)).toContain('merged into another one already');
  expect(await merge(browser, other, third)).toBe(409);
  const form = await browser.visit(paths.topicMerge(other.id, { with: third.id }));
  expect(form.document.querySelector('input[name="stays"][checked]')?.getAttribute('value')).toBe(
    `${other.id}`,
  );
  expect(await merge(browser, third, other)).toBe(303);
  expect((await as.visitor().visit(`/t/${one.id}`)).url).toContain(paths.topic(other));
  for (const who of [as.visitor(), await as.member()])
    expect([303, 403]).toContain((await who.get(paths.topicMerge(other.id))).status);
});

test('a topic that an older one is merged into still opens its own article', async ({ make, as, clock }) => {
  const older = await make.topic({ source: 'https://older.example/1', postedAt: clock.ago({ days: 2 }) });
  const younger = await make.topic({ title: 'The younger', source: 'https://younger.example/2' });
  expect(await merge(await as.moderator(), older, younger)).toBe(303);
  const [front, page] = [await as.visitor().visit('/'), await as.visitor().visit(paths.topic(younger))];
  expect(front.document.querySelector('.row-title a')?.getAttribute('href')).toBe(
    'https://younger.example/2',
  );
  expect(page.document.querySelector('h1 a')?.getAttribute('href')).toBe('https://younger.example/2');
  expect(page.main).toContain('older.example');
});
