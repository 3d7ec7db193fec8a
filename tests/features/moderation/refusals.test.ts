// A decision that comes too late, or is not this moderator's, is told so beside what was typed: nothing is lost.
import { expect, test } from '../../support/forum.ts';

const typed = { reason: 'Words that took a while', rule: '2' };

test('of two who hide a reply, the second reads why not, and keeps the reason', async ({ make, as }) => {
  const topic = await make.topic();
  const root = await make.reply({ topic });
  await make.reply({ topic, parent: root });
  const form = await (await as.moderator()).visit(`/p/${root.id}/hide`);
  await (await as.moderator()).post(`/p/${root.id}/hide`, { reason: 'Faster' });
  const late = await form.press('Hide', { ...typed, extent: 'branch' });
  expect(late.status).toBe(409);
  expect(late.main).toContain('This post is hidden already.');
  expect(late.field('reason').value).toBe(typed.reason);
  expect(late.field('rule').value).toBe('2');
  expect(late.document.querySelector('[name="extent"][checked]')?.getAttribute('value')).toBe('branch');
});

test('of two who restore a reply, the second does', async ({ make, as }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await (await as.moderator()).post(`/p/${reply.id}/hide`, { reason: 'A mistake' });
  const form = await (await as.moderator()).visit(`/p/${reply.id}/restore`);
  await (await as.moderator()).post(`/p/${reply.id}/restore`, { reason: 'Faster' });
  const late = await form.press('Restore', { reason: typed.reason });
  expect(late.status).toBe(409);
  expect(late.main).toContain('This decision is not in force any more.');
  expect(late.field('reason').value).toBe(typed.reason);
  expect(late.document.querySelector('[name="action"]')).toBeNull();
});

test('of two who lock or pin a topic, the second does', async ({ make, as }) => {
  const topic = await make.topic();
  const browser = await as.moderator();
  const lock = await browser.visit(`/t/${topic.id}/lock`);
  const pin = await browser.visit(`/t/${topic.id}/pin`);
  await (await as.moderator()).post(`/t/${topic.id}/lock`, { reason: 'Faster', do: 'lock' });
  const locked = await lock.press('Lock', typed);
  expect(locked.status).toBe(409);
  expect(locked.main).toContain('locked already');
  expect(locked.field('reason').value).toBe(typed.reason);
  await (await as.moderator()).post(`/p/${topic.openingPostId}/hide`, { reason: 'Gone' });
  const pinned = await pin.press('Pin', { reason: typed.reason, days: '3' });
  expect(pinned.status).toBe(409);
  expect(pinned.field('reason').value).toBe(typed.reason);
  expect(pinned.document.querySelector('[name="days"][checked]')?.getAttribute('value')).toBe('3');
});

test.for([['the same way'], ['crosswise'], ['with a third']] as const)(
  'of two who merge topics, %s, the second does',
  async ([way], { make, as }) => {
    const [one, other, third] = [await make.topic(), await make.topic(), await make.topic()];
    const form = await (await as.moderator()).visit(`/t/${one.id}/merge?with=${other.id}`);
    const goes = way === 'crosswise' ? other : one;
    const stays = { 'the same way': other, crosswise: one, 'with a third': third }[way];
    const faster = { reason: 'Faster', stays: String(stays.id), do: 'merge' };
    const done = await (await as.moderator()).post(`/t/${goes.id}/merge?with=${stays.id}`, faster);
    expect(done.status).toBe(303);
    const late = await form.press('Merge', { ...typed, stays: String(other.id) });
    expect(late.status).toBe(409);
    expect(late.main).toContain('was merged into another one already');
    expect(late.field('reason').value).toBe(typed.reason);
    expect(late.field('rule').value).toBe('2');
    expect(late.document.querySelector('[name="stays"][checked]')?.getAttribute('value')).toBe(
      String(other.id),
    );
  },
);

test('an own post is refused with what was typed', async ({ make, as }) => {
  const moderator = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  const own = await make.reply({ topic, author: moderator });
  const answer = await (await as.moderator(moderator)).post(`/p/${own.id}/hide`, typed);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('Withdraw your own post instead');
  expect(answer.text).toContain(typed.reason);
});

test('a hidden reply that its author withdrew besides is quoted as withdrawn, a hidden one with its text', async ({
  make,
  as,
  clock,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic, body: 'Words of a member' });
  await make.hide({ post: reply.id });
  const browser = await as.moderator();
  expect((await browser.visit(`/p/${reply.id}/restore`)).main).toContain('Words of a member');
  const withdrawn = await make.reply({ topic, withdrawnAt: clock.ago({ minutes: 5 }) });
  await make.hide({ post: withdrawn.id });
  expect((await browser.visit(`/p/${withdrawn.id}/restore`)).main).toContain('Withdrawn by its author.');
});
