// The page on which a moderator decides about a member: the ladder, the forms, and two moderators at once.
import { eq } from 'drizzle-orm';
import { queueItems, sanctions } from '../../../src/db/schema/index.ts';
import { DAY } from '../../../src/domain/times.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, flagRecord, itemRow, postRow, putInQueue } from '../../support/moderation-rows.ts';
import { flagMember, putMemberInQueue } from './rows.ts';

const page = (name: string) => `/moderation/members/${name}/sanction`;

test('the suggested step is chosen, and each decision leads to the next one', async ({ make, as, clock }) => {
  await make.member({ name: 'trouble' });
  const moderator = await make.member({ role: 'moderator' });
  const open = async () => (await as.moderator(moderator)).visit(page('trouble'));
  const chosen = async () => {
    const shown = await open();
    const checked = shown.document.querySelectorAll('input[type=radio][checked]');
    return [...checked].map((radio) => radio.getAttribute('value'));
  };
  const impose = async () => {
    const done = await (await open()).press('Decide', { reason: 'Once more.' });
    expect(done.url).toBe('/moderation/members/trouble');
    clock.advance({ hours: 31 * 24 });
  };
  expect(await chosen()).toEqual(['warning', String(DAY)]);
  await impose();
  for (const length of [DAY, 3 * DAY, 7 * DAY, 30 * DAY]) {
    expect(await chosen()).toEqual(['suspension', String(length)]);
    await impose();
  }
  expect(await chosen()).toEqual(['suspension', 'for-good']);
  clock.advance({ hours: 400 * 24 });
  expect(await chosen()).toEqual(['warning', String(DAY)]);
  const shown = await open();
  expect(shown.main).toContain('Suspended for 30 days');
  expect(shown.main).toContain('Long ago');
});

test('the page says what the member will read, and keeps what was typed', async ({ make, as, db }) => {
  const member = await make.member({ name: 'trouble' });
  const topic = await make.topic({ author: member });
  await make.reply({ topic });
  const browser = await as.moderator();
  const fill = {
    kind: 'suspension',
    length: String(DAY),
    'hide-all': true,
    reason: 'Spam, again.',
    rule: '4',
  };
  const preview = await (await browser.visit(page('trouble'))).press('Preview', fill);
  expect(preview.status).toBe(200);
  expect(preview.main).toContain('Your account is suspended until 4 April 2026, 14:30 UTC.');
  expect(preview.main).toContain('Spam, again. (rule 4)');
  expect(preview.main).toContain('1 post in 1 topic, with 1 reply by others in or below them.');
  expect(preview.field('reason').value).toBe('Spam, again.');
  expect(await actionRows(db)).toEqual([]);

  const unfit = await (await browser.visit(page('trouble'))).press('Decide', { ...fill, reason: '' });
  expect(unfit.status).toBe(422);
  expect(unfit.error('reason')).toContain('Say why');
  const endless = { ...fill, kind: 'silence', length: 'for-good' };
  const silence = await (await browser.visit(page('trouble'))).press('Decide', endless);
  expect(silence.status).toBe(422);
  expect(silence.main).toContain('A silence has an end: choose one.');
});

test('of two moderators who decide at the same instant, the second is shown what the first did', async ({
  make,
  as,
  db,
}) => {
  const member = await make.member({ name: 'trouble' });
  const pages = [await as.moderator(), await as.moderator()];
  const opened = await Promise.all(pages.map((browser) => browser.visit(page('trouble'))));
  const lengths = [DAY, 7 * DAY];
  const answers = await Promise.all(
    opened.map((shown, index) =>
      shown.press('Decide', { kind: 'suspension', length: String(lengths[index]), reason: 'Spam' }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.main).toContain('Another moderator has decided about this member meanwhile');
  expect(refused?.main).toContain('In force');
  expect(refused?.field('reason').value).toBe('Spam');
  const rows = await db.select().from(sanctions).where(eq(sanctions.memberId, member.id));
  expect(rows).toHaveLength(1);
  // Having seen it, the other may add to it, but not with less.
  const again = await refused?.press('Decide', { length: String(DAY) });
  expect(again?.main).toContain('Such a decision is in force already');
});

test.for([
  { about: 'a flagged member', kind: 'flagged', hideAll: false, closed: true },
  { about: 'a newcomer', kind: 'newcomer', hideAll: false, closed: true },
  { about: 'a proposal to suspend for good', kind: 'consent', hideAll: false, closed: false },
] as const)(
  'from an item about $about it leads back to the queue: closed $closed',
  async ({ kind, hideAll, closed }, { make, as, db }) => {
    const member = await make.member({ name: 'trouble' });
    const flagger = await make.member();
    const id = await putMemberInQueue(db, member.id, kind);
    if (kind === 'flagged') await flagMember(db, member.id, flagger.id);
    const browser = await as.moderator();
    const shown = await browser.visit(`${page('trouble')}?item=${id}`);
    const done = await shown.press('Decide', { kind: 'silence', reason: 'Spam', 'hide-all': hideAll });
    const item = await itemRow(db, id);
    const [action] = await actionRows(db);
    expect(done.url).toBe(`/moderation?did=${action?.id}`);
    expect(done.main).toContain('Silenced. Undo');
    expect(action).toMatchObject({ kind: 'silence', queueItemId: id });
    expect(item.closedByActionId).toBe(closed ? action?.id : null);
    if (kind === 'flagged') expect(await flagRecord(db, flagger.id)).toEqual({ decided: 1, upheld: 1 });
  },
);

test('an item about a post of theirs is decided by hiding everything, and not by the sanction alone', async ({
  make,
  as,
  db,
}) => {
  const member = await make.member({ name: 'trouble' });
  const reply = await make.reply({ topic: await make.topic(), author: member });
  await make.flag({ post: reply.id });
  const id = await putInQueue(db, { post: reply.id });
  const browser = await as.moderator();
  const open = () => browser.visit(`${page('trouble')}?item=${id}`);
  await (await open()).press('Decide', { kind: 'warning', reason: 'Spam' });
  expect((await itemRow(db, id)).closedAt).toBeNull();
  await (await open()).press('Decide', { kind: 'silence', 'hide-all': true, reason: 'Spam' });
  expect((await itemRow(db, id)).closedAt).not.toBeNull();
  expect((await postRow(db, reply.id)).state).toBe('hidden');
});

test('an item that another holds, or that changed, is not decided; nothing typed is lost', async ({
  make,
  as,
  db,
}) => {
  const member = await make.member({ name: 'trouble' });
  const id = await putMemberInQueue(db, member.id, 'flagged');
  const shown = await (await as.moderator()).visit(`${page('trouble')}?item=${id}`);
  await db.update(queueItems).set({ version: 2 }).where(eq(queueItems.id, id));
  const refused = await shown.press('Decide', { kind: 'warning', reason: 'My own words' });
  expect(refused.status).toBe(409);
  expect(refused.main).toContain('This has changed since you opened it.');
  expect(refused.field('reason').value).toBe('My own words');
  expect(await actionRows(db)).toEqual([]);
});

test('nobody but moderators comes here, and none about themselves or each other', async ({ make, as }) => {
  await make.member({ name: 'trouble' });
  const colleague = await make.member({ name: 'colleague', role: 'moderator' });
  expect((await (await as.member()).visit(page('trouble'))).status).toBe(403);
  expect((await as.visitor().visit(page('trouble'))).url).toContain('/sign-in');
  const browser = await as.moderator(colleague);
  expect((await browser.visit(page('colleague'))).main).toContain('Nobody decides about themselves.');
  expect((await (await as.moderator()).visit(page('colleague'))).main).toContain('Only an admin');
  expect((await (await as.admin()).visit(page('colleague'))).status).toBe(200);
  expect((await browser.visit(page('nobody'))).status).toBe(404);
});
