// Talks about appeals: of one that was taken back, whoever appeals after it reads nothing.
import { expect, test } from '../../support/forum.ts';
import { hide, itemOf } from '../appeals/deciding.ts';

test('another member who appeals against the same decision does not read what was said to the first', async ({
  app,
  as,
  clock,
  make,
}) => {
  const [first, second] = [await make.member(), await make.member()];
  const topic = await make.topic();
  const reply = await make.reply({ topic, author: first });
  await make.reply({ topic, author: second, parent: reply });
  const moderator = await make.member({ role: 'moderator' });
  const actionId = await hide({ app, as }, reply, moderator, 'branch');
  const browser = await as.member(first);
  const appealed = await (await browser.visit(`/decisions/${actionId}`)).press('Appeal', { text: 'No.' });
  const { id } = await itemOf(app, actionId);
  const staff = await (await as.moderator()).visit(`/moderation/items/${id}/talk`);
  await staff.press('Send', { body: 'We know who you are.', to: 'member' });
  expect((await browser.visit(`/talks/${id}`)).main).toContain('We know who you are.');
  await (await browser.visit(appealed.url)).press('Take the appeal back');
  clock.advance({ hours: 1 });
  const other = await as.member(second);
  await (await other.visit(`/decisions/${actionId}`)).press('Appeal', { text: 'No!' });
  expect((await other.visit(`/talks/${id}`)).status).toBe(404);
});
