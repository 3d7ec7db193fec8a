// Nobody's flag waits longer than a day for moderators' eyes.
import { asc } from 'drizzle-orm';
import { flags, queueItems } from '../../../src/db/schema/index.ts';
import { openOverdueFlags } from '../../../src/features/flags/jobs.ts';
import { expect, test } from '../../support/forum.ts';
import { giveSource } from '../sources/rows.ts';

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

test('so does one on a member or a source, even while others are flagging it', async ({
  make,
  as,
  db,
  clock,
}) => {
  const bad = await make.member();
  const topic = await make.topic({ source: 'https://grid.example/queue' });
  const source = await giveSource(db, topic, { url: 'https://second.example/report' });
  const flagger = await make.member();
  const given = { flaggerId: flagger.id, reason: 'other', weight: 0.4 } as const;
  const flaggedAt = clock.ago({ hours: 25 });
  await db.insert(flags).values([
    { ...given, memberId: bad.id, flaggedAt },
    { ...given, sourceId: source.id, flaggedAt },
    { ...given, memberId: flagger.id, flaggedAt, takenBackAt: flaggedAt },
  ]);
  const other = await as.member(await make.member({ joinedAt: clock.ago({ days: 20 }) }));
  await Promise.all([
    openOverdueFlags(db, {}, clock.now()),
    openOverdueFlags(db, {}, clock.now()),
    other.post(`/u/${bad.name}/flag`, { reason: 'spam' }),
  ]);
  expect(await db.select().from(queueItems).orderBy(asc(queueItems.memberId))).toMatchObject([
    { memberId: bad.id, weight: 1.4 },
    { sourceId: source.id, weight: 0.4 },
  ]);
});
