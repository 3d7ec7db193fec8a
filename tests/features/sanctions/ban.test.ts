// A suspension for good: proposed by one moderator, decided by another.
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { queueItems, sanctions } from '../../../src/db/schema/index.ts';
import type { MemberId, QueueItemId } from '../../../src/domain/ids.ts';
import { DAY } from '../../../src/domain/times.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { decideProposedBan, liftSanction } from '../../../src/features/sanctions/index.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, itemRow } from '../../support/moderation-rows.ts';
import { asModerator } from './rows.ts';

const page = '/moderation/members/trouble/sanction';
const forGood = { kind: 'suspension', length: 'for-good', reason: 'A thousand adverts.', rule: '4' };

interface Deciding {
  readonly by: Member;
  readonly itemId: QueueItemId;
  readonly now: Date;
  readonly decision?: 'consent' | 'decline';
}

function decide(db: Database, { decision = 'consent', ...given }: Deciding) {
  const order = { ...given, decision, reason: { rule: null, text: 'I agree.' }, seenVersion: 1 };
  return db.transaction((tx) => decideProposedBan(tx, order));
}

async function consentItem(db: Database, memberId: MemberId): Promise<QueueItemId> {
  const [item] = await db.select().from(queueItems).where(eq(queueItems.memberId, memberId));
  expect(item).toMatchObject({ kind: 'consent', closedAt: null });
  return item?.id as QueueItemId;
}

const sanctionsOf = (db: Database, id: MemberId) =>
  db.select().from(sanctions).where(eq(sanctions.memberId, id)).orderBy(asc(sanctions.id));

test('proposing suspends for 30 days at once; consent is told to the member with the first reason', async ({
  make,
  as,
  db,
  clock,
  drain,
}) => {
  const member = await make.member({ name: 'trouble' });
  const [proposer, second] = [
    await make.member({ role: 'moderator' }),
    await make.member({ role: 'moderator' }),
  ];
  await (await (await as.moderator(proposer)).visit(page)).press('Decide', forGood);
  const month = new Date(clock.now().getTime() + 30 * DAY);
  expect(await sanctionsOf(db, member.id)).toMatchObject([{ kind: 'suspension', endsAt: month }]);
  const itemId = await consentItem(db, member.id);
  const inQueueOf = async (who: typeof proposer) =>
    (await (await as.moderator(who)).visit('/moderation')).main;
  expect(await inQueueOf(second)).toContain(`Proposed by ${proposer.name}: A thousand adverts. (rule 4)`);
  expect(await inQueueOf(proposer)).toContain('This is about your own decision: another moderator decides.');

  const now = clock.now();
  await expect(decide(db, { by: asModerator(proposer), itemId, now })).rejects.toThrow(
    'You have proposed this: another moderator decides.',
  );
  const actionId = await decide(db, { by: asModerator(second), itemId, now });
  expect(await itemRow(db, itemId)).toMatchObject({ closedByActionId: actionId });
  expect((await sanctionsOf(db, member.id))[1]).toMatchObject({ actionId, endsAt: null });
  const actions = await actionRows(db);
  expect(actions.map(({ kind, actorId }) => ({ kind, actorId }))).toEqual([
    { kind: 'suspend', actorId: proposer.id },
    { kind: 'propose-ban', actorId: proposer.id },
    { kind: 'suspend', actorId: second.id },
  ]);
  expect(actions[2]).toMatchObject({
    rule: 4,
    reason: 'A thousand adverts.',
    data: { what: 'for good', proposal: actions[1]?.id, consent: 'I agree.' },
  });
  await drain();
  const theirs = await as.member(member);
  const inbox = await theirs.visit('/inbox');
  expect(inbox.main.match(/Reason: A thousand adverts/g)).toHaveLength(2);
  expect(inbox.main).not.toContain('propose');
  expect(inbox.text).toContain(
    'Your account is suspended for good. You can still read. Reason: A thousand adverts.',
  );
  clock.advance({ hours: 25 * 365 * 24 });
  const reply = { body: 'I am back.' };
  const { openingPostId } = await make.topic({ postedAt: clock.now() });
  expect((await (await as.member(member)).post(`/p/${openingPostId}/reply`, reply)).status).toBe(403);
});

test('declined, the 30 days stay, and neither the member nor the log is told', async ({
  make,
  as,
  db,
  clock,
  drain,
}) => {
  const member = await make.member({ name: 'trouble' });
  await (await (await as.moderator()).visit(page)).press('Decide', forGood);
  const itemId = await consentItem(db, member.id);
  const by = asModerator(await make.member({ role: 'moderator' }));
  const actionId = await decide(db, { by, itemId, now: clock.now(), decision: 'decline' });
  expect(await sanctionsOf(db, member.id)).toHaveLength(1);
  const [, proposal] = await actionRows(db);
  expect(proposal?.undoneById).toBe(actionId);
  await drain();
  expect((await (await as.member(member)).visit('/inbox')).main).not.toContain('declined');
  expect((await as.visitor().visit('/moderation/log')).main).not.toContain('Permanent');
});

test('who is alone in office decides a day later, and the log says so', async ({ make, as, db, clock }) => {
  const member = await make.member({ name: 'trouble' });
  const only = await make.member({ role: 'admin' });
  await (await (await as.admin(only)).visit(page)).press('Decide', forGood);
  const itemId = await consentItem(db, member.id);
  const consent = () => decide(db, { by: asModerator(only), itemId, now: clock.now() });
  await expect(consent()).rejects.toThrow('sleep on it. You can decide it in 24 hours.');
  clock.advance({ hours: 24 });
  // One who is suspended, and one who is about to go, are not in office.
  await consent();
  expect((await as.visitor().visit('/moderation/log')).main).toContain(
    'for good, by one moderator: no other is in office',
  );
});

test('two who consent at the same instant suspend once', async ({ make, as, db, clock }) => {
  const member = await make.member({ name: 'trouble' });
  await (await (await as.moderator()).visit(page)).press('Decide', forGood);
  const itemId = await consentItem(db, member.id);
  const others = [await make.member({ role: 'moderator' }), await make.member({ role: 'admin' })];
  const outcomes = await Promise.allSettled(
    others.map((row) => decide(db, { by: asModerator(row), itemId, now: clock.now() })),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await sanctionsOf(db, member.id)).toHaveLength(2);
});

test('lifting the suspension takes the proposal with it', async ({ make, as, db, clock }) => {
  const member = await make.member({ name: 'trouble' });
  const proposer = await make.member({ role: 'moderator' });
  await (await (await as.moderator(proposer)).visit(page)).press('Decide', forGood);
  const itemId = await consentItem(db, member.id);
  const [suspension, proposal] = await actionRows(db);
  if (!suspension || !proposal) throw new Error('nothing was decided');
  const lift = { by: asModerator(proposer), reason: { rule: null, text: 'A mistake' }, now: clock.now() };
  const liftId = await db.transaction((tx) => liftSanction(tx, { ...lift, actionId: suspension.id }));
  expect(await itemRow(db, itemId)).toMatchObject({ closedByActionId: liftId });
  expect((await actionRows(db))[1]).toMatchObject({ id: proposal.id, undoneById: liftId });
  const second = asModerator(await make.member({ role: 'moderator' }));
  await expect(decide(db, { by: second, itemId, now: clock.now() })).rejects.toThrow('decided meanwhile');
});

test('lifting what a decided proposal began with leaves a later proposal alone', async ({
  make,
  as,
  db,
  clock,
}) => {
  const member = await make.member({ name: 'trouble' });
  const proposer = await make.member({ role: 'moderator' });
  const second = asModerator(await make.member({ role: 'moderator' }));
  const browser = await as.moderator(proposer);
  await (await browser.visit(page)).press('Decide', forGood);
  const [suspension] = await actionRows(db);
  const consented = await consentItem(db, member.id);
  const ban = await decide(db, { by: second, itemId: consented, now: clock.now() });
  const lift = { by: second, reason: { rule: null, text: 'A mistake' } };
  await db.transaction((tx) => liftSanction(tx, { ...lift, now: clock.now(), actionId: ban }));
  clock.advance({ hours: 24 });
  await (await browser.visit(page)).press('Decide', forGood);
  const open = (await db.select().from(queueItems)).filter(({ closedAt }) => closedAt === null);
  expect(open).toHaveLength(1);
  const first = suspension?.id ?? ban;
  await db.transaction((tx) => liftSanction(tx, { ...lift, now: clock.now(), actionId: first }));
  expect((await itemRow(db, open[0]?.id ?? consented)).closedAt).toBeNull();
});

test('what is proposed already is not proposed again', async ({ make, as, db, clock }) => {
  await make.member({ name: 'trouble' });
  const browser = await as.moderator();
  await (await browser.visit(page)).press('Decide', forGood);
  clock.advance({ hours: 24 });
  const again = await (await browser.visit(page)).press('Decide', forGood);
  expect(again.status).toBe(409);
  expect(again.main).toContain('has been proposed already');
  expect(await db.select().from(sanctions)).toHaveLength(1);
});

test('the queue says who proposed it and why, and offers the decision to others alone', async ({
  make,
  as,
  db,
}) => {
  const member = await make.member({ name: 'trouble' });
  const proposer = await as.moderator(await make.member({ name: 'tomas_r', role: 'moderator' }));
  await (await proposer.visit(page)).press('Decide', forGood);
  const item = `/moderation/items/${await consentItem(db, member.id)}`;
  const second = await (await as.moderator()).visit(item);
  expect(second.main).toContain('Proposed by tomas_r: A thousand adverts. (rule 4)');
  expect(second.main).toContain('Consent');
  const own = await proposer.visit(item);
  expect(own.main).toContain('This is about your own decision: another moderator decides.');
  expect(own.main).not.toContain('Decline');
});
