// The public log: every decision with rule, reason and person; nothing of what was hidden.
import { recordAction } from '../../../src/features/log/index.ts';
import { expect, test } from '../../support/forum.ts';

test('everybody reads what was done, to what, why and by whom', async ({ make, as }) => {
  const moderator = await make.member({ name: 'marta_l', role: 'moderator' });
  const seller = await make.member({ name: 'flexwatt_sales' });
  const topic = await make.topic({ title: 'Grid operators report AI data centres' });
  const reply = await make.reply({ topic, author: seller, body: 'Quote TOKENWIRE for a discount' });
  await (await as.moderator(moderator)).post(`/p/${reply.id}/hide`, { canned: 'Spam or promotion' });

  const log = await as.visitor().visit('/moderation/log');
  expect(log.status).toBe(200);
  expect(log.main).toContain('3 April 2026');
  expect(log.main).toContain('Reply hidden');
  expect(log.main).toContain('flexwatt_sales in Grid operators report AI data centres');
  expect(log.main).toContain('Spam or promotion (rule 4)');
  expect(log.main).toContain('marta_l');
  expect(log.main).toContain('Stands');
  expect(log.main).not.toContain('discount');
  expect(log.document.querySelector('table.log td a')?.getAttribute('href')).toBe(`/t/${topic.id}`);
});

test('what was undone says so, and the undoing stands there too', async ({ make, as }) => {
  const [marta, tomas] = [
    await make.member({ name: 'marta_l', role: 'moderator' }),
    await make.member({ name: 'tomas_r', role: 'moderator' }),
  ];
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await (await as.moderator(marta)).post(`/p/${reply.id}/hide`, { reason: 'Off the subject', rule: '3' });
  await (
    await as.moderator(tomas)
  ).post(`/p/${reply.id}/restore`, { reason: 'It answers the question above' });
  const log = await as.visitor().visit('/moderation/log');
  expect(log.main).toContain('Undone by tomas_r');
  expect(log.main).toContain('Reply restored');
  expect(log.main).toContain('It answers the question above');
});

test('hidden, held and withdrawn words are not repeated', async ({ make, as, clock }) => {
  const moderator = await as.moderator();
  const secret = async (title: string) => make.topic({ title, body: `${title}, at length` });
  const hidden = await secret('Phone number of a researcher');
  await moderator.post(`/p/${hidden.openingPostId}/hide`, { reason: 'Private details', rule: '2' });

  const withdrawn = await make.topic({
    title: 'A leaked term sheet',
    withdrawnAt: clock.ago({ minutes: 5 }),
  });
  const below = await make.reply({
    topic: withdrawn,
    author: await make.member({ name: 'regretful' }),
    body: 'Words',
  });
  await moderator.post(`/p/${below.id}/hide`, { reason: 'Not here', rule: '3' });
  await moderator.post(`/t/${withdrawn.id}/lock`, { reason: 'Nothing left to say', do: 'lock' });

  const log = await as.visitor().visit('/moderation/log');
  expect(log.main).toContain('Topic hidden');
  expect(log.main).toContain(`a topic (${hidden.id})`);
  for (const word of ['Phone number', 'term sheet', 'at length', 'Words'])
    expect(log.html).not.toContain(word);
  expect(log.html).not.toContain(hidden.slug);
});

test('the author of a reply that was withdrawn or refused is not named', async ({ make, as, clock, db }) => {
  const topic = await make.topic({ title: 'A topic for all to see' });
  const moderator = await as.moderator();
  const shy = await make.member({ name: 'shy_one' });
  const withdrawn = await make.reply({ topic, author: shy, withdrawnAt: clock.ago({ minutes: 5 }) });
  await moderator.post(`/p/${withdrawn.id}/hide`, { reason: 'Off topic', rule: '3' });
  await db.transaction((tx) =>
    recordAction(tx, {
      kind: 'refuse',
      actorId: shy.id,
      at: clock.now(),
      reason: { rule: 4, text: 'Promotion' },
      topicId: topic.id,
      postId: withdrawn.id,
    }),
  );
  const log = await as.visitor().visit('/moderation/log');
  expect(log.main).toContain('A reply in A topic for all to see');
  expect(log.document.querySelector('table.log')?.textContent).not.toContain('shy_one in');
});

test('a topic that was refused is in it, without its title and without an address', async ({
  make,
  as,
  clock,
  db,
}) => {
  const topic = await make.topic({ title: 'Never shown', heldAt: clock.ago({ hours: 1 }) });
  const reason = { rule: 4, text: 'Promotion' };
  await db.transaction((tx) =>
    recordAction(tx, { kind: 'refuse', actorId: null, at: clock.now(), reason, topicId: topic.id }),
  );
  const log = await as.visitor().visit('/moderation/log');
  expect(log.document.querySelector('table.log')?.textContent).toContain('A topic');
  expect(log.html).not.toMatch(new RegExp(`Never shown|/t/${topic.id}`));
});

test('decisions that change nothing for readers are not in it', async ({ make, as, db, clock }) => {
  const moderator = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  for (const kind of ['keep', 'approve', 'note'] as const) {
    await db.transaction((tx) =>
      recordAction(tx, {
        kind,
        actorId: moderator.id,
        at: clock.now(),
        reason: { rule: null, text: `Said of ${kind}` },
        topicId: topic.id,
      }),
    );
  }
  const log = await as.visitor().visit('/moderation/log');
  expect(log.main).toContain('Nothing has been decided here yet.');
  expect((await as.visitor().visit('/moderation/log?action=keep')).main).not.toContain('Said of');
});

test('actions of admins name what changed', async ({ make, as, db, clock }) => {
  const admin = await make.member({ name: 'ada', role: 'admin' });
  const promoted = await make.member({ name: 'tomas_r' });
  await db.transaction(async (tx) => {
    const common = { actorId: admin.id, at: clock.now(), reason: { rule: null, text: 'As agreed' } };
    await recordAction(tx, { ...common, kind: 'change-settings', data: { what: 'tagline, accent' } });
    await recordAction(tx, {
      ...common,
      kind: 'change-role',
      memberId: promoted.id,
      data: { what: 'member to moderator' },
    });
  });
  const log = await as.visitor().visit('/moderation/log');
  expect(log.main).toContain('Settings changed');
  expect(log.main).toContain('tagline, accent');
  expect(log.main).toContain('tomas_r, member to moderator');
});

test('it can be filtered, and goes back page by page without losing or repeating an entry', async ({
  make,
  as,
  db,
  clock,
}) => {
  const [marta, tomas] = [
    await make.member({ name: 'marta_l', role: 'moderator' }),
    await make.member({ name: 'tomas_r', role: 'moderator' }),
  ];
  const topic = await make.topic();
  for (let n = 1; n <= 65; n += 1) {
    await db.transaction((tx) =>
      recordAction(tx, {
        kind: n % 5 === 0 ? 'lock' : 'hide',
        actorId: n % 2 === 0 ? tomas.id : marta.id,
        // Several in one moment: the cursor must tell them apart.
        at: clock.ago({ hours: Math.floor(n / 4) }),
        reason: { rule: null, text: `Reason number ${n}.` },
        topicId: topic.id,
      }),
    );
  }
  const reasonsOn = (text: string) => [...text.matchAll(/Reason number (\d+)\./g)].map((match) => match[1]);
  const browser = as.visitor();
  let page = await browser.visit('/moderation/log');
  const seen = reasonsOn(page.main);
  expect(seen).toHaveLength(30);
  for (let more = 0; more < 2; more += 1) {
    page = await page.follow('Earlier');
    seen.push(...reasonsOn(page.main));
  }
  expect(new Set(seen).size).toBe(65);
  expect(seen).toHaveLength(65);
  expect(page.document.querySelector('a[rel="next"]')).toBeNull();

  const first = await browser.visit('/moderation/log');
  const locks = await first.press('Filter', { action: 'lock', by: 'marta_l' });
  expect(
    reasonsOn(locks.main)
      .map(Number)
      .every((n) => n % 5 === 0 && n % 2 === 1),
  ).toBe(true);
  expect(reasonsOn(locks.main)).toHaveLength(7);
  expect((await browser.get('/moderation/log?after=nonsense')).status).toBe(400);
});
