// What moderators did in a while, for admins.
import { queueItems } from '../../../src/db/schema/index.ts';
import { noteWork } from '../../../src/features/log/shifts.ts';
import { expect, test } from '../../support/forum.ts';
import { decisions } from '../log/deciding.ts';

test('decisions by kind, time to them, what was undone, appeals, and when each was last at work', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide, undo } = decisions(db, clock);
  const admin = await make.member({ name: 'astrid_w', role: 'admin', moderatorNumber: 1 });
  const marta = await make.member({ name: 'marta_l', role: 'moderator', moderatorNumber: 2 });
  await make.member({ name: 'former_one' });
  const topic = await make.topic();
  await noteWork(db, marta.id, clock.ago({ hours: 3 }));
  const opened = [1, 3, 8];
  for (const hours of opened) {
    const reply = await make.reply({ topic });
    const action = await decide({ by: marta, topicId: topic.id, at: clock.ago({ days: 1 }) });
    const openedAt = clock.ago({ hours: hours + 24 });
    await db.insert(queueItems).values({
      ...{
        kind: 'flagged',
        postId: reply.id,
        openedAt,
        closedAt: clock.ago({ days: 1 }),
        closedByActionId: action,
      },
    });
  }
  const undone = await decide({ by: marta, kind: 'lock', topicId: topic.id });
  await undo(undone, { by: admin, kind: 'unlock', topicId: topic.id });
  await decide({ by: admin, kind: 'uphold', topicId: topic.id });
  await decide({ by: marta, kind: 'pin', topicId: topic.id, at: clock.ago({ days: 8 }) });
  await decide({ kind: 'hide', topicId: topic.id });

  const browser = await as.admin(admin);
  const rowsAt = async (path: string) =>
    [...(await browser.visit(path)).document.querySelectorAll('table.staff tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) =>
        (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
      ),
    );
  const week = await rowsAt('/admin/moderators');
  const seen = '3 April 2026, 11:30 UTC';
  expect(week).toEqual(
    [
      ['astrid_w Admin, moderator 11 unlocked, 1 appeal rejected', '2', '–', '0 %', '1', 'not yet'],
      ['marta_l Moderator, moderator 23 hidden, 1 locked', '4', '3 hours', '25 %', '0', seen],
    ].map((row) => row.map((cell) => cell)),
  );
  const month = await rowsAt('/admin/moderators?days=30');
  expect(month[1]?.slice(1, 4)).toEqual(['5', '3 hours', '20 %']);
  expect(await rowsAt('/admin/moderators?days=1000')).toEqual(week);
});
