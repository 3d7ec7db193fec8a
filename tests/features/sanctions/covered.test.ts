// Which piece of work a sanction decides: one about a post only where the post is hidden with the others.
import { flags } from '../../../src/db/schema/index.ts';
import { DAY } from '../../../src/domain/times.ts';
import { imposeSanction } from '../../../src/features/sanctions/commands/impose.ts';
import { expect, test } from '../../support/forum.ts';
import { itemRow, putInQueue } from '../../support/moderation-rows.ts';
import { asModerator } from './rows.ts';

test('a post that its author has withdrawn is not hidden, and the flags on it wait for a decision still', async ({
  make,
  db,
  clock,
}) => {
  const author = await make.member();
  const by = asModerator(await make.member({ role: 'moderator' }));
  const reply = await make.reply({ topic: await make.topic(), author, withdrawnAt: clock.now() });
  await make.flag({ post: reply.id });
  const id = await putInQueue(db, { post: reply.id });
  const reason = { rule: 4, text: 'Spam or promotion' };
  const sanction = { by, memberId: author.id, kind: 'suspension', length: DAY, hideAll: true } as const;
  const seen = { seenSanction: 0, item: { id, seenVersion: 1 } };
  await db.transaction((tx) => imposeSanction(tx, { ...sanction, ...seen, reason, now: clock.now() }));
  expect(await db.select({ outcome: flags.outcome }).from(flags)).toEqual([{ outcome: null }]);
  expect((await itemRow(db, id)).closedAt).toBeNull();
});
