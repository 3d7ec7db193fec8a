// A member who goes while an appeal of theirs waits: nobody is left whom its outcome would be for.
import { expect, test } from '../../support/forum.ts';
import { askFor, isThere } from '../own-data/leaving.ts';
import { runJob } from '../own-data/archive.ts';
import { hiddenReply, itemOf } from './deciding.ts';

test('the appeal of a deleted account leaves nothing in the queue', async ({
  app,
  as,
  clock,
  db,
  drain,
  make,
}) => {
  const { author, actionId, path } = await hiddenReply({ app, as, make });
  await (await (await as.member(author)).visit(path)).press('Appeal', { text: 'It was right.' });
  await askFor({ app, make, clock }, author, 'withdraw');
  await runJob({ db, drain }, 'delete-accounts');
  expect(await isThere(app, author)).toBe(false);
  expect((await itemOf(app, actionId)).closedAt).not.toBeNull();
});
