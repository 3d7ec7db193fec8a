// Decisions about members in the queue: flagged ones, and newcomers.
import { eq } from 'drizzle-orm';
import { flags, formerNames, members, sanctions } from '../../../src/db/schema/index.ts';
import type { DecisionName } from '../../../src/domain/decisions.ts';
import { decideAboutMember } from '../../../src/features/sanctions/index.ts';
import { expect, test as base } from '../../support/forum.ts';
import type { MemberRow } from '../../support/make.ts';
import { actionRows, flagRecord, itemRow } from '../../support/moderation-rows.ts';
import { asModerator, flagMember, putMemberInQueue } from './rows.ts';

const reason = { rule: 2, text: 'A name that insults somebody' };

interface Scene {
  readonly member: MemberRow;
  readonly flagger: MemberRow;
  decide(decision: DecisionName, kind?: 'flagged' | 'newcomer'): Promise<unknown>;
}

const test = base.extend<{ scene: Scene }>({
  scene: async ({ make, db, clock }, use) => {
    const texts = { about: 'Insults', affiliation: 'A firm', link: 'https://example.org/', pronouns: 'it' };
    const member = await make.member({ name: 'Rude_Name', ...texts });
    const flagger = await make.member();
    const by = asModerator(await make.member({ role: 'moderator' }));
    await use({
      member,
      flagger,
      async decide(decision, kind = 'flagged') {
        if (kind === 'flagged') await flagMember(db, member.id, flagger.id);
        const itemId = await putMemberInQueue(db, member.id, kind);
        const order = { by, itemId, decision, reason, seenVersion: 1, now: clock.now() };
        const actionId = await db.transaction((tx) => decideAboutMember(tx, order));
        expect(await itemRow(db, itemId)).toMatchObject({ closedByActionId: actionId });
        expect((await actionRows(db)).at(-1)).toMatchObject({ id: actionId, queueItemId: itemId });
        return actionId;
      },
    });
  },
});

test('kept: the flags were wrong, and nobody is told', async ({ scene, db, as, drain }) => {
  await scene.decide('keep');
  expect(await db.select({ outcome: flags.outcome }).from(flags)).toEqual([{ outcome: 'rejected' }]);
  expect(await flagRecord(db, scene.flagger.id)).toEqual({ decided: 1, upheld: 0 });
  await drain();
  expect((await (await as.member(scene.member)).visit('/inbox')).main).not.toContain('Reason');
});

test('warned: told in the inbox, and on every page until it was read there', async ({
  scene,
  db,
  as,
  drain,
}) => {
  await scene.decide('warn');
  expect(await flagRecord(db, scene.flagger.id)).toEqual({ decided: 1, upheld: 1 });
  expect(await db.select().from(sanctions)).toMatchObject([{ kind: 'warning', endsAt: null }]);
  await drain();
  const browser = await as.member(scene.member);
  const front = await browser.visit('/');
  expect(front.text).toContain('A moderator has warned you. Reason: A name that insults somebody (rule 2)');
  const [action] = await actionRows(db);
  expect(front.html).toContain(`href="/decisions/${action?.id}"`);
  const read = await front.press('I have read it');
  expect(read.url).toBe('/');
  expect(read.text).not.toContain('A moderator has warned you.');
  expect((await browser.visit('/inbox')).main).not.toContain('Unread:');
  expect((await browser.visit('/u/Rude_Name')).main).toContain('Decisions about you');
  expect((await (await as.member()).visit('/u/Rude_Name')).main).not.toContain('Decisions about you');
});

test('profile text taken away: gone for everybody, kept for moderators, told and in the log', async ({
  scene,
  db,
  as,
  drain,
}) => {
  await scene.decide('clear-profile');
  const [row] = await db.select().from(members).where(eq(members.id, scene.member.id));
  expect(row).toMatchObject({ about: '', affiliation: '', link: '', pronouns: '' });
  await drain();
  const history = await (await as.moderator()).visit('/moderation/members/Rude_Name?show=actions');
  expect(history.main).toContain('Before: Insults · A firm · https://example.org/ · it');
  const log = await as.visitor().visit('/moderation/log');
  expect(log.main).toContain('Profile text removed');
  expect(log.html).not.toContain('Insults');
  expect((await (await as.member(scene.member)).visit('/inbox')).main).toContain('Profile text removed');
});

test('name taken away: a neutral one, the old one leads nowhere, and nobody gets it again', async ({
  scene,
  db,
  as,
  drain,
}) => {
  const session = await as.member(scene.member);
  await scene.decide('rename');
  const name = `member-${scene.member.id}`;
  await drain();
  expect((await session.visit('/inbox')).text).toContain(name);
  expect((await as.visitor().visit(`/u/${name}`)).status).toBe(200);
  expect((await as.visitor().visit('/u/Rude_Name')).status).toBe(404);
  expect(await db.select().from(formerNames)).toMatchObject([{ nameKey: 'rude_name', memberId: null }]);
  expect((await as.visitor().visit('/moderation/log')).html).not.toContain('Rude_Name');
  const settings = await session.visit('/settings/account');
  const back = await settings.press('Change name', { name: 'Rude_Name' });
  expect(back.status).toBe(422);
  const other = await (await session.visit('/settings/account')).press('Change name', { name: 'Kind_Name' });
  expect(other.status).toBe(200);
  expect((await as.visitor().visit('/u/Kind_Name')).status).toBe(200);
});

test('a neutral name that somebody has is passed over', async ({ scene, make, db }) => {
  await make.member({ name: `member-${scene.member.id}` });
  await scene.decide('rename');
  const [row] = await db.select().from(members).where(eq(members.id, scene.member.id));
  expect(row?.name).toMatch(/^member-\d+$/);
  expect(row?.name).not.toBe(`member-${scene.member.id}`);
});

test('a newcomer is kept, and nothing else is decided by that', async ({ scene, db }) => {
  await scene.decide('keep', 'newcomer');
  expect((await actionRows(db)).map(({ kind }) => kind)).toEqual(['keep']);
  await expect(scene.decide('warn', 'newcomer')).rejects.toThrow('This request does not make sense');
});
