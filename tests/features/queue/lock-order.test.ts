// Decisions lock members in the order of their numbers, all at once: two that concern the same ones take turns.
import { eq, sql } from 'drizzle-orm';
import { members } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import { flagMember } from '../sanctions/rows.ts';
import { asViewer, decide } from './items.ts';

test('hiding a post and warning its author waits for whoever flagged the author before it locks the author', async ({
  make,
  db,
  clock,
}) => {
  const flagger = await make.member();
  const author = await make.member();
  const by = asViewer(await make.member({ role: 'moderator' }));
  const { id: post } = await make.reply({ topic: await make.topic(), author });
  await flagMember(db, author.id, flagger.id);
  const itemId = await putInQueue(db, { post });
  let decided: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await tx.select().from(members).where(eq(members.id, flagger.id)).for('no key update');
    decided = decide(db, by, { itemId, decision: 'hide-warn', now: clock.now() });
    const waiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await db.execute(waiting)).rows.length).toBe(1);
    const free = tx.select({ id: members.id }).from(members).where(eq(members.id, author.id));
    expect(await free.for('no key update', { noWait: true })).toEqual([{ id: author.id }]);
  });
  await decided;
});
