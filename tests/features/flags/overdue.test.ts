// Nobody's flag waits longer than a day for moderators' eyes.
import { queueItems } from '../../../src/db/schema/index.ts';
import { openOverdueFlags } from '../../../src/features/flags/jobs.ts';
import { expect, test } from '../../support/forum.ts';

test('a single flag calls the moderators when a day has passed, once', async ({ make, db, clock }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const young = await make.reply({ topic });
  await make.flag({ post: reply.id, at: clock.ago({ hours: 23 }) });
  await make.flag({ post: young.id, at: clock.ago({ hours: 3 }) });
  await openOverdueFlags(db, {}, clock.now());
  expect(await db.select().from(queueItems)).toEqual([]);

  clock.advance({ hours: 2 });
  await openOverdueFlags(db, {}, clock.now());
  await openOverdueFlags(db, {}, clock.now());
  expect(await db.select().from(queueItems)).toMatchObject([
    { postId: reply.id, kind: 'flagged', version: 1 },
  ]);
});
