// Silencing and suspending: what the member may still do, and what the record says.
import { events } from '../../../src/db/schema/index.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { sanctionMember } from '../../../src/features/sanctions/index.ts';
import { expect, test } from '../../support/forum.ts';
import type { MemberRow } from '../../support/make.ts';
import { actionRows } from '../../support/moderation-rows.ts';

const reason = { rule: 2, text: 'The third attack this week' };

function asViewer(row: MemberRow): Member {
  return {
    ...row,
    kind: 'member',
    silencedUntil: null,
    suspendedUntil: null,
    leavingAt: null,
    trust: 'member',
  };
}

test('a silenced member reads and cannot write until the time is over', async ({ make, as, db, clock }) => {
  const moderator = await make.member({ role: 'moderator' });
  const member = await make.member();
  const topic = await make.topic();
  const now = clock.now();
  const until = new Date(now.getTime() + 3_600_000);
  const order = {
    by: asViewer(moderator),
    kind: 'silence',
    memberId: member.id,
    reason,
    until,
    hideAll: false,
    now,
  } as const;
  const actionId = await db.transaction((tx) => sanctionMember(tx, order));

  const browser = await as.member(member);
  const reply = () => browser.post(`/p/${topic.openingPostId}/reply`, { body: 'One more thing.' });
  expect((await browser.visit(`/t/${topic.id}/${topic.slug}`)).status).toBe(200);
  expect((await reply()).status).toBe(403);
  clock.advance({ hours: 1 });
  expect((await reply()).status).toBe(303);

  expect(await actionRows(db)).toMatchObject([
    { id: actionId, kind: 'silence', memberId: member.id, rule: 2, reason: reason.text },
  ]);
  const [event] = await db.select().from(events).orderBy(events.id);
  expect(event).toMatchObject({ kind: 'member-silenced', data: { actionId, memberId: member.id } });
  const log = (await as.visitor().visit('/moderation/log')).main;
  expect(log).toContain('The third attack this week (rule 2)');
  expect(log).toContain(`${member.name}, for 60 minutes`);
});

test('moderators sanction neither themselves nor each other', async ({ make, db, clock }) => {
  const moderator = asViewer(await make.member({ role: 'moderator' }));
  const colleague = await make.member({ role: 'moderator' });
  const now = clock.now();
  const until = new Date(now.getTime() + 3_600_000);
  const sanction = (memberId: typeof colleague.id) =>
    db.transaction((tx) =>
      sanctionMember(tx, { by: moderator, kind: 'suspension', memberId, reason, until, hideAll: false, now }),
    );
  await expect(sanction(moderator.id)).rejects.toThrow('Nobody decides about themselves.');
  await expect(sanction(colleague.id)).rejects.toThrow('Only an admin can do this to a moderator.');
  expect(await actionRows(db)).toEqual([]);
});
