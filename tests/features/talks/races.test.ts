// A member who answers at the very moment at which a moderator decides: neither waits for the other for ever.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members } from '../../../src/db/schema/index.ts';
import { answer, writeAsModerator } from '../../../src/features/talks/commands/write-message.ts';
import { expect, test } from '../../support/forum.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import { asViewer, decide } from '../queue/items.ts';

test('an answer and a decision about the same item', async ({ make, db, clock }) => {
  const now = clock.now();
  const [author, by] = [await make.member(), asViewer(await make.member({ role: 'moderator' }))];
  const { id: post } = await make.reply({ topic: await make.topic(), author });
  const itemId = await putInQueue(db, { post });
  await db.transaction((tx) => writeAsModerator(tx, { by, itemId, body: 'Why?', toMember: true, now }));

  const reply = { by: asViewer(author), itemId, body: 'Because.', now };
  let over = 0;
  const end = (text: string) => {
    over += 1;
    return text;
  };
  const said = (work: Promise<unknown>, done: string) =>
    work.then(
      () => end(done),
      (error: Error) => end(error.message),
    );
  let [answered, decided] = [Promise.resolve(''), Promise.resolve('')];
  // Somebody holds the member's row until both have done what they can without it.
  await db.transaction(async (tx) => {
    await tx.select().from(members).where(eq(members.id, author.id)).for('no key update');
    answered = said(
      db.transaction((other) => answer(other, reply)),
      'answered',
    );
    await expect.poll(async () => over + (await countWaiting(db))).toBe(1);
    decided = said(decide(db, by, { itemId, decision: 'keep', now }), 'decided');
    await expect.poll(async () => over + (await countWaiting(db))).toBe(2);
  });
  expect(await answered).toBe('answered');
  expect(await decided).toContain('This has changed since you opened it.');
});

async function countWaiting(db: Database): Promise<number> {
  const { rows } = await db.execute(sql`select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return rows.length;
}
