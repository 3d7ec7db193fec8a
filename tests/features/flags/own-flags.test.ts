// A member's own flags, and what became of them.
import { eq } from 'drizzle-orm';
import { flags, queueItems } from '../../../src/db/schema/index.ts';
import { listFlags } from '../../../src/features/flags/index.ts';
import { expect, test } from '../../support/forum.ts';
import { giveSource } from '../sources/rows.ts';

test('each flag stands there with its subject, its reason and what became of it', async ({
  make,
  as,
  db,
  clock,
}) => {
  const me = await make.member({ joinedAt: new Date('2026-03-01T00:00:00Z') });
  const browser = await as.member(me);
  const author = await make.member({ name: 'diana_f' });
  const topic = await make.topic({ title: 'A headline' });
  const [bad, kept, waiting, called, gone] = [
    await make.reply({ topic, author, body: 'Bad words' }),
    await make.reply({ topic, author }),
    await make.reply({ topic, author }),
    await make.reply({ topic, author }),
    await make.reply({ topic, author, body: 'Gone words' }),
  ];
  const source = await giveSource(db, topic, { url: 'https://second.example/report' });
  const flag = async (path: string, reason: string) => {
    clock.advance({ minutes: 1 });
    await browser.post(path, { reason, note: `Note on ${reason}` });
  };
  await flag(`/p/${bad.id}/flag`, 'unkind');
  await flag(`/p/${kept.id}/flag`, 'illegal');
  await flag(`/p/${waiting.id}/flag`, 'spam');
  await flag(`/p/${called.id}/flag`, 'illegal');
  await flag(`/p/${gone.id}/flag`, 'off-topic');
  await flag('/u/diana_f/flag', 'misleading');
  await flag(`/t/${topic.id}/sources/${source.id}/flag`, 'generated');
  await browser.post('/u/diana_f/flag', { undo: '1' });
  const moderator = await as.moderator();
  // Hidden from its page, before anybody was called to it.
  await moderator.post(`/p/${bad.id}/hide`, { canned: 'About a person, not about what they said' });
  const [item] = await db.select().from(queueItems).where(eq(queueItems.postId, kept.id));
  await moderator.post(`/moderation/items/${item?.id}`, { do: 'keep', version: '1', canned: '' });
  await (await as.member(author)).post(`/p/${gone.id}/withdraw`, {});

  const page = await (await browser.visit('/settings')).follow('Flags');
  const rows = [...page.document.querySelectorAll('.items li')].map((li) => [
    li.querySelector('h3')?.textContent.trim(),
    li.querySelector('h3 a')?.getAttribute('href') ?? '',
    li.querySelector('.badge')?.textContent,
    li.querySelector('.hint')?.textContent ?? '',
    li.querySelector('button') !== null,
  ]);
  const reply = 'A reply by diana_f in “A headline”';
  expect(rows).toEqual([
    [
      'The source second.example of “A headline”',
      `/t/${topic.id}/sources#source-${source.id}`,
      'Waiting',
      'It comes before the moderators within a day.',
      true,
    ],
    ['diana_f', '/u/diana_f', 'Taken back', '', false],
    [
      'A reply that its author has withdrawn',
      '',
      'Waiting',
      'It comes before the moderators within a day.',
      true,
    ],
    [reply, `/p/${called.id}`, 'Before the moderators', '', true],
    [reply, `/p/${waiting.id}`, 'Waiting', 'It comes before the moderators within a day.', true],
    [reply, `/p/${kept.id}`, 'Kept', 'A moderator looked at it and left it as it is.', false],
    ['A reply that is hidden now', '', 'Agreed', 'A moderator agreed: hidden.', false],
  ]);
  expect(page.main).toContain('Note on unkind');
  expect(page.main).toContain('Once moderators have decided about 5 of your flags');
  expect(page.html).not.toMatch(/Bad words|Gone words/);
  expect(await (await as.member()).get('/settings/flags')).toMatchObject({
    text: expect.stringContaining('You have not flagged anything yet.') as string,
  });
});

test('what still waits is taken back there, once; nobody takes back another’s', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  await browser.post(`/p/${topic.openingPostId}/flag`, { reason: 'illegal' });
  const [flag] = await db.select().from(flags);
  const thief = await (await as.member()).post('/settings/flags', { flag: String(flag?.id) });
  expect(thief.headers.location).toBe('/settings/flags?saved=too-late');
  expect(await db.select().from(queueItems)).toMatchObject([{ closedAt: null }]);

  const back = await (await browser.visit('/settings/flags')).press('Take back');
  expect(back.main).toContain('Your flag is taken back.');
  expect(await db.select().from(queueItems)).toMatchObject([
    { closedAt: expect.any(Date) as Date, closedByActionId: null },
  ]);
  for (const sent of [String(flag?.id), '', 'x', '0']) {
    const late = await browser.post('/settings/flags', { flag: sent });
    expect(late.headers.location).toBe('/settings/flags?saved=too-late');
  }
});

test('they come in pages, with how often moderators agreed', async ({ make, as, db, clock }) => {
  const me = await make.member({ flagsDecided: 10, flagsUpheld: 8 });
  const topic = await make.topic();
  const given = { flaggerId: me.id, reason: 'spam', weight: 1, outcome: 'rejected' } as const;
  await db.insert(flags).values(
    Array.from({ length: 35 }, (_, n) => ({
      ...given,
      postId: topic.openingPostId,
      note: `Note ${n}.`,
      // Some at one moment: none is lost between two pages.
      flaggedAt: clock.ago({ hours: Math.floor(n / 4) }),
    })),
  );
  const first = await (await as.member(me)).visit('/settings/flags');
  expect(first.main).toContain(
    'Moderators agreed with 8 of your 10 flags that they decided about: each of your flags counts for 80 % of a full one.',
  );
  const second = await first.follow('Earlier');
  const notes = [first, second].flatMap((page) => page.main.match(/Note \d+\./g) ?? []);
  expect([notes.length, new Set(notes).size]).toEqual([35, 35]);
  expect((await (await as.member(me)).get('/settings/flags?after=x')).status).toBe(400);
});

test('moderators read each flag with how right its flagger was', async ({ make, as, db }) => {
  const topic = await make.topic();
  const bad = await make.member();
  const often = await make.member({ flagsDecided: 10, flagsUpheld: 9 });
  const fresh = await make.member({ flagsDecided: 4, flagsUpheld: 4 });
  const subjects = [{ postId: topic.openingPostId }, { memberId: bad.id }];
  await (await as.member(often)).post(`/p/${topic.openingPostId}/flag`, { reason: 'spam' });
  await (await as.member(fresh)).post(`/u/${bad.name}/flag`, { reason: 'unkind', note: 'Twice' });
  const report = { why: 'It is forbidden', name: 'Erika M.', email: 'erika@example.org', faith: '1' };
  await as.visitor().post(`/p/${topic.openingPostId}/report`, report);
  expect(await listFlags(db, subjects)).toMatchObject([
    { postId: topic.openingPostId, by: often.name, byId: often.id, accuracy: 0.9, reporter: null },
    { memberId: bad.id, by: fresh.name, accuracy: null, reason: 'unkind', note: 'Twice' },
    { postId: topic.openingPostId, by: null, byId: null, accuracy: null, reporter: 'Erika M.', weight: 0 },
  ]);
  expect(await listFlags(db, [])).toEqual([]);
});
