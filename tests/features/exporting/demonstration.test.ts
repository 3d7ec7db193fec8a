// The forum that newcomers meet, out and back.
import { installDemonstration } from '../../../src/features/demonstration/index.ts';
import { expect, test } from '../../support/forum.ts';
import { emptyForum, exportText, importTexts } from '../importing/transfer.ts';
import { expectTrueCounters } from '../threads/counting.ts';

test('the demonstration forum comes back as it was', { timeout: 60_000 }, async ({ forum, db }) => {
  const { markdown, clock, passwords, app } = forum;
  await installDemonstration({ db, markdown, clock, passwords, config: app.config });
  const text = await exportText(db);
  await emptyForum(forum);
  const { faults, notes } = await importTexts(forum, [text]);
  expect([faults, notes]).toEqual([[], []]);
  await expectTrueCounters(db);
  expect(await exportText(db)).toBe(text);
});
