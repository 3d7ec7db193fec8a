// The statement of reasons: what a decision says to whom it concerns, and to nobody else.
import { expect, test } from '../../support/forum.ts';
import { actionRows, postRow, putInQueue } from '../../support/moderation-rows.ts';
import { sanction } from '../members/sanctions.ts';
import { hiddenReply } from './deciding.ts';

test('whoever it concerns reads what was done, why, under which rule, by whom, and the own text', async ({
  app,
  as,
  make,
}) => {
  const { author, path } = await hiddenReply({ app, as, make });
  const page = await (await as.member(author)).visit(path);
  expect(page.status).toBe(200);
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.main).toContain('Your reply was hidden');
  expect(page.main).toContain('Others cannot read it any more. You can.');
  expect(page.main).toContain('Stands');
  expect(page.main).toContain('Who runs agents with write access');
  expect(page.main).toContain('Without an end, unless it is undone');
  expect(page.main).toContain('Spam or promotion');
  expect(page.main).toContain('Rule 4: Sell nothing, hide nothing');
  expect(page.main).toContain('What a moderator saw for themselves.');
  expect(page.main).toContain('By a person: tomas_r.');
  expect(page.main).toContain('until 3 October 2026');
  expect(page.main).toContain('out-of-court dispute settlement body');
  expect(page.document.querySelector('textarea[readonly]')?.textContent).toContain(
    'It runs on *my* own rack.',
  );
});

test('the text of a hidden post reaches nobody else: not other members, not moderators', async ({
  app,
  as,
  make,
}) => {
  const { path } = await hiddenReply({ app, as, make });
  expect((await as.visitor().get(path)).headers.location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  const member = await as.member();
  const denied = await member.visit(path);
  expect(denied.status).toBe(404);
  expect(denied.text).not.toContain('my own rack');
  expect(denied.text).not.toContain('Spam or promotion');
  expect(denied.main).toContain('What everybody may know of decisions stands in the log');
  const nothing = await member.visit('/decisions/999999');
  expect(nothing.main).toBe(denied.main);
  expect((await member.post(`${path}/appeal`, { text: 'Not mine' })).status).toBe(404);

  const moderators = await (await as.moderator()).visit(path);
  expect(moderators.status).toBe(200);
  expect(moderators.main).toContain('This is what old_iron reads');
  expect(moderators.text).not.toContain('rack');
  expect(moderators.document.querySelector('form.form')).toBeNull();
});

test('a report is named as what it rests on, and who reported is not', async ({ as, db, make }) => {
  const author = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author });
  const flagger = await make.member({ name: 'rackunit' });
  await make.flag({ post: reply.id, member: flagger, note: 'third time' });
  await putInQueue(db, { post: reply.id });
  await (await (await as.moderator()).visit(`/p/${reply.id}/hide`)).press('Hide', { reason: 'Again' });
  const [action] = await actionRows(db);
  const page = await (await as.member(author)).visit(`/decisions/${action?.id}`);
  expect(page.main).toContain("A member's report.");
  expect(page.main).not.toContain('rackunit');
  expect(page.main).not.toContain('third time');
});

test('what was refused comes back with the reason and the whole text, on the page and by mail', async ({
  as,
  clock,
  db,
  drain,
  mails,
  make,
}) => {
  const author = await make.member({ email: 'lab@example.org' });
  const topic = await make.topic();
  const heldAt = clock.ago({ hours: 1 });
  const held = await make.reply({ topic, author, heldAt, body: 'A *long* text\n\nof two paragraphs & more' });
  await putInQueue(db, { post: held.id, kind: 'held' });
  await (
    await (await as.moderator()).visit('/moderation?tab=held')
  ).press('Refuse', {
    reason: 'No source is named',
  });
  await drain();
  const [mail] = mails();
  expect(mail).toMatchObject({ to: 'lab@example.org', subject: 'Your reply was not approved on Tokenwire' });
  expect(mail?.text).toContain('Reason: No source is named');
  expect(mail?.text).toContain('A *long* text\n\nof two paragraphs & more');
  expect(mail?.html).toContain('of two paragraphs &amp; more');
  const [action] = await actionRows(db);
  expect(mail?.text).toContain(`/decisions/${action?.id}`);
  const page = await (await as.member(author)).visit(`/decisions/${action?.id}`);
  expect(page.html).toContain('A *long* text\n\nof two paragraphs &amp; more</textarea>');
  expect(page.main).toContain('The rule that such posts await approval, which was applied automatically.');
});

test('what its author has withdrawn is not shown again', async ({ app, as, make }) => {
  const { author, path, reply } = await hiddenReply({ app, as, make });
  const browser = await as.member(author);
  await (await browser.visit(`/p/${reply.id}/withdraw`)).press('Delete');
  expect((await postRow(app.db, reply.id)).withdrawnAt).not.toBeNull();
  const page = await browser.visit(path);
  expect(page.text).not.toContain('rack');
  expect(page.main).toContain('a text that you have withdrawn');
});

test('an automatic suspension says so, and until when', async ({ as, clock, db, make }) => {
  const member = await make.member();
  await sanction(db, member, 'suspension', { startsAt: clock.now(), endsAt: clock.ago({ days: -3 }) });
  const [action] = await actionRows(db);
  const page = await (await as.member(member)).visit(`/decisions/${action?.id}`);
  expect(page.main).toContain('Your account was suspended');
  expect(page.main).toContain('Until 6 April 2026, 14:30 UTC');
  expect(page.main).toContain('Automatically, by a rule of the forum. No person decided.');
  expect(page.main).toContain('An automatic rule.');
});

test('once undone, it says so and how', async ({ app, as, drain, make }) => {
  const { actor, author, path, reply } = await hiddenReply({ app, as, make });
  await (
    await (await as.moderator(actor)).visit(`/p/${reply.id}/restore`)
  ).press('Restore', {
    reason: 'My mistake',
  });
  await drain();
  const page = await (await as.member(author)).visit(path);
  expect(page.main).toContain('Undone');
  expect(page.document.querySelector('textarea[name=text]')).toBeNull();
  const undoing = await page.follow('How');
  expect(undoing.main).toContain('Your reply was restored');
  expect(undoing.main).toContain('My mistake');
});

test('from the place of a hidden reply its author, and nobody else, is led to the reasons', async ({
  app,
  as,
  make,
}) => {
  const { author, path, topic } = await hiddenReply({ app, as, make });
  const address = `/t/${topic.id}/${topic.slug}`;
  const page = await (await as.member(author)).visit(address);
  expect((await page.follow('Reasons and appeal')).url).toBe(path);
  for (const browser of [as.visitor(), await as.member(), await as.moderator()]) {
    const other = await browser.visit(address);
    expect(other.main).toContain('Hidden by a moderator');
    expect(other.html).not.toContain(path);
  }
});

test('the title of a topic that was hidden since is not told to whoever wrote below it', async ({
  app,
  as,
  make,
}) => {
  const { actor, author, path, topic } = await hiddenReply({ app, as, make });
  const browser = await as.member(author);
  expect((await browser.visit(path)).main).toContain('Your reply in “Who runs agents with write access”');
  const hiding = await (await as.moderator(actor)).visit(`/p/${topic.openingPostId}/hide`);
  await hiding.press('Hide', { canned: 'Spam or promotion' });
  const page = await browser.visit(path);
  expect(page.text).not.toContain('Who runs agents');
  expect(page.main).toContain('Your reply, ');
  expect(page.document.querySelector('textarea[readonly]')?.textContent).toContain('my* own rack');
});
