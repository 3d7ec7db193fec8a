// What moderators know of a member: counts, decisions, posts in all states, flags, notes.
import { actions } from '../../../src/db/schema/index.ts';
import { forgetInLog, recordAction } from '../../../src/features/log/index.ts';
import { listNotes } from '../../../src/features/sanctions/index.ts';
import { expect, test } from '../../support/forum.ts';
import { sanction } from '../members/sanctions.ts';
import { flagMember } from './rows.ts';

const page = '/moderation/members/trouble';

test('counts, sanctions with a way to lift them, and flags on both sides', async ({
  make,
  as,
  db,
  clock,
}) => {
  const member = await make.member({ name: 'trouble', flagsDecided: 6, flagsUpheld: 3 });
  const other = await make.member({ name: 'other' });
  const topic = await make.topic({ author: member });
  await make.flag({ post: topic.openingPostId, member: other, note: 'An advert' });
  await make.flag({ post: (await make.topic()).openingPostId, member, note: 'I dislike it' });
  await flagMember(db, member.id, other.id);
  const endsAt = new Date(clock.now().getTime() + 3_600_000);
  await sanction(db, member, 'silence', { startsAt: clock.ago({ hours: 1 }), endsAt });
  const [action] = await db.select().from(actions);
  const moderator = await as.moderator();
  const shown = await moderator.visit(page);
  expect(shown.main).toContain('Silenced for 2 hours. What stands here is for moderators alone.');
  expect(shown.main).toContain('Flags upheld\n50 %');
  expect(shown.main).toContain('“An advert”');
  expect(shown.main).toContain('on a post, by other');
  expect(shown.main).toContain('on the member, by other');
  expect(shown.main).toContain('“I dislike it”');
  expect(shown.document.querySelector('td a')?.getAttribute('href')).toBe(
    `/moderation/actions/${action?.id}/undo`,
  );
  const profile = await moderator.visit('/u/trouble');
  expect((await profile.follow('What moderators know')).url).toBe(page);
  expect((await (await as.member()).visit('/u/trouble')).main).not.toContain('What moderators know');
});

test('posts in all states, what is withdrawn unread, by pages', async ({ make, as, clock }) => {
  const member = await make.member({ name: 'trouble' });
  const topic = await make.topic();
  const at = clock.ago({ hours: 5 });
  await make.reply({ topic, author: member, body: 'Awaits a look', heldAt: at, branchSize: 0 });
  await make.reply({ topic, author: member, body: 'Taken back', withdrawnAt: at });
  await make.reply({ topic, author: member, body: 'Taken away', hiddenAt: at });
  for (let n = 0; n < 30; n += 1) {
    await make.reply({ topic, author: member, body: `Number ${n}.`, postedAt: clock.ago({ hours: 6 + n }) });
  }
  const first = await (await as.moderator()).visit(`${page}?show=posts`);
  expect(first.main).toContain('Awaiting approval');
  expect(first.main).toContain('Awaits a look');
  expect(first.main).toContain('Taken away');
  expect(first.main).not.toContain('Taken back');
  expect(first.main).toContain('Number 26.');
  expect(first.main).not.toContain('Number 27.');
  const second = await first.follow('Earlier');
  expect(second.main).toContain('Number 27.');
  expect(second.main).toContain('Number 29.');
  expect(second.main).not.toContain('Number 26.');
});

test('decisions about them and about their posts, with names, and whether they stand', async ({
  make,
  as,
  db,
}) => {
  const member = await make.member({ name: 'trouble' });
  const moderator = await make.member({ name: 'mod', role: 'moderator' });
  const reply = await make.reply({ topic: await make.topic(), author: member });
  const browser = await as.moderator(moderator);
  await (await browser.visit(`/p/${reply.id}/hide`)).press('Hide', { reason: 'An advert' });
  await (await browser.visit(`${page}/sanction`)).press('Decide', { kind: 'warning', reason: 'Stop it' });
  await (await browser.visit(`/p/${reply.id}/restore`)).press('Restore', { reason: 'It was none' });
  const shown = await browser.visit(`${page}?show=actions`);
  expect(shown.main).toMatch(/Restored[^]*Warned[^]*Stop it[^]*Hidden[^]*Undone by mod[^]*An advert/);
  expect(shown.main).toContain('1 post of theirs');
  expect(await db.select().from(actions)).toHaveLength(3);
});

test('notes are for the other moderators; what is empty or too long comes back', async ({
  make,
  as,
  db,
  drain,
}) => {
  const member = await make.member({ name: 'trouble' });
  const writer = await make.member({ name: 'mod', role: 'moderator' });
  const notes = await (await as.moderator(writer)).visit(`${page}?show=notes`);
  const empty = await notes.press('Add note', { note: '  ' });
  expect([empty.status, empty.error('note')]).toEqual([422, 'Write what the others should know.']);
  const long = await notes.press('Add note', { note: 'x'.repeat(1001) });
  expect([long.status, long.field('note').value.length]).toEqual([422, 1001]);
  await notes.press('Add note', { note: 'First account was closed.' });
  const added = await notes.press('Add note', { note: 'Wrote us a mail.' });
  expect(added.main).toMatch(/Wrote us a mail\.\nmod[^]*First account was closed\./);
  expect(await listNotes(db, [member.id, writer.id])).toMatchObject([
    { memberId: member.id, text: 'Wrote us a mail.', by: 'mod' },
    { memberId: member.id, text: 'First account was closed.' },
  ]);
  await drain();
  expect((await as.visitor().visit('/moderation/log')).html).not.toContain('Wrote us a mail.');
  expect((await (await as.member(member)).visit('/inbox')).html).not.toContain('Wrote us a mail.');
});

test('nobody sees what is noted about themselves', async ({ make, as }) => {
  const colleague = await make.member({ name: 'trouble', role: 'moderator' });
  const own = await as.moderator(colleague);
  expect((await own.visit(page)).status).toBe(403);
  expect((await own.post(`${page}/notes`, { note: 'I am fine' })).status).toBe(403);
  expect((await (await as.moderator()).visit(page)).status).toBe(200);
  expect((await (await as.member()).visit(page)).status).toBe(403);
});

test('notes, and what was taken away, go with the account; the decisions stay', async ({
  make,
  db,
  clock,
}) => {
  const member = await make.member({ name: 'trouble' });
  const reason = { rule: null, text: 'Look out for them' };
  const about = { actorId: null, reason, at: clock.now(), memberId: member.id };
  await db.transaction(async (tx) => {
    await recordAction(tx, { ...about, kind: 'note' });
    await recordAction(tx, { ...about, kind: 'rename-member', data: { before: 'Rude_Name' } });
    await forgetInLog(tx, member.id);
  });
  const left = await db.select().from(actions);
  expect(left.map(({ kind, memberId, data }) => ({ kind, memberId, data }))).toEqual([
    { kind: 'rename-member', memberId: null, data: {} },
  ]);
});

test('a role that is given or taken is told to the member, and stands in the log', async ({
  make,
  as,
  drain,
}) => {
  const member = await make.member({ name: 'trouble' });
  const given = { role: 'moderator', reason: 'She knows the rules' };
  await (await as.admin()).post(`/admin/members/${member.id}/role`, given);
  await drain();
  expect((await as.visitor().visit('/moderation/log')).main).toContain('trouble, from member to moderator');
  expect((await (await as.member(member)).visit('/inbox')).main).toContain('Reason: She knows the rules');
});
