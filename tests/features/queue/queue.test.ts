// The queue: what moderators see of each piece of work, and who works on it.
import { expect, test } from '../../support/forum.ts';
import { itemRow, putInQueue } from '../../support/moderation-rows.ts';

test('an item tells what, who, where, why and in answer to what', async ({ make, as, db, clock }) => {
  const seller = await make.member({
    name: 'flexwatt_sales',
    joinedAt: clock.ago({ days: 3 }),
    topicsRead: 0,
  });
  const topic = await make.topic({ title: 'Grid operators report AI data centres' });
  const parent = await make.reply({
    topic,
    author: await make.member({ name: 'ops_lena' }),
    body: 'Who studies you?',
  });
  const reply = await make.reply({ topic, parent, author: seller, body: 'Quote TOKENWIRE for a discount' });
  const earlier = await make.reply({ topic, author: seller });
  await make.hide({ post: earlier.id });
  const flagger = await make.member({ name: 'rackunit' });
  await make.flag({ post: reply.id, member: flagger, note: 'third post of this text today' });
  await make.flag({ post: reply.id });
  await make.flag({ post: reply.id, reason: 'off-topic' });
  await putInQueue(db, { post: reply.id });

  const page = await (await as.moderator()).visit('/moderation');
  expect(page.status).toBe(200);
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.main).toContain('Reply by flexwatt_sales');
  expect(page.main).toContain('in Grid operators report AI data centres');
  expect(page.main).toContain('In reply to ops_lena: “Who studies you?”');
  expect(page.main).toContain('Quote TOKENWIRE for a discount');
  expect(page.main).toContain('2spam');
  expect(page.main).toContain('1off topic');
  expect(page.main).toContain('rackunit: spam, “third post of this text today”');
  expect(page.main).toContain(
    'flexwatt_sales: New member since 31 March 2026. 2 posts, 1 hidden; no warnings.',
  );
  expect(page.main).toContain('Last 2 posts: 1 hidden, 1 flagged (this one)');
  expect(page.main).toContain('Flagged 1');
  const context = [...page.document.querySelectorAll('a')].find((link) =>
    link.textContent?.startsWith('Open in context'),
  );
  expect(context?.getAttribute('href')).toBe(`/p/${reply.id}`);
});

test('what awaits approval stands apart, with title and link of a topic', async ({ make, as, db, clock }) => {
  const held = await make.topic({
    title: 'A small study of tokenizer drift',
    source: 'https://evalnotes.example/drift',
    heldAt: clock.ago({ hours: 1 }),
  });
  await putInQueue(db, { post: held.openingPostId, kind: 'held' });
  const flagged = await (await as.moderator()).visit('/moderation?tab=flagged');
  expect(flagged.main).toContain('Nothing is flagged.');
  const page = await flagged.follow('Awaiting approval');
  expect(page.main).toContain('Topic awaiting approval by');
  expect(page.main).toContain('A small study of tokenizer drift');
  expect(page.main).toContain('evalnotes.example');
  expect(page.document.querySelector('button[value="approve"]')).not.toBeNull();
  expect(page.document.querySelector('button[value="keep"]')).toBeNull();
});

test('visitors are sent to log in, members are refused, at every address', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const item = await putInQueue(db, { post: reply.id });
  const pages = [
    '/moderation',
    `/moderation/items/${item}`,
    `/p/${reply.id}/hide`,
    `/p/${reply.id}/restore`,
    `/t/${topic.id}/lock`,
    `/t/${topic.id}/pin`,
  ];
  const forms = [
    `/moderation/items/${item}`,
    `/moderation/items/${item}/claim`,
    `/moderation/items/${item}/release`,
    ...pages.slice(2),
  ];
  const member = await as.member();
  for (const path of pages) {
    const visit = await as.visitor().get(path);
    expect([path, visit.status, visit.headers.location]).toEqual([
      path,
      303,
      `/sign-in?next=${encodeURIComponent(path)}`,
    ]);
    expect([path, (await member.get(path)).status]).toEqual([path, 403]);
  }
  for (const path of forms) {
    const body = { reason: 'Because', do: 'hide', version: '1' };
    expect([path, (await as.visitor().post(path, body)).headers.location]).toEqual([path, '/sign-in']);
    expect([path, (await member.post(path, body)).status]).toEqual([path, 403]);
  }
  expect((await itemRow(db, item)).closedAt).toBeNull();
});

test('a claim is shown to the others, refused to them, and lapses after ten minutes', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const item = await putInQueue(db, { post: reply.id });
  const marta = await as.moderator(await make.member({ name: 'marta_l', role: 'moderator' }));
  const tomas = await as.moderator(await make.member({ name: 'tomas_r', role: 'moderator' }));

  const mine = await (await marta.visit('/moderation')).press('Claim');
  expect(mine.url).toContain(`#q-${item}`);
  expect(mine.main).toContain('Claimed by you until 14:40 UTC');

  const theirs = await tomas.visit('/moderation');
  expect(theirs.main).toContain('Claimed by marta_l until 14:40 UTC');
  expect(theirs.main).toContain('marta_l is looking at this one.');
  expect(theirs.document.querySelector('button[value="keep"]')?.hasAttribute('disabled')).toBe(true);
  for (const path of ['/claim', '/release', '']) {
    const refused = await tomas.post(`/moderation/items/${item}${path}`, { do: 'keep', version: '1' });
    expect([path, refused.status]).toEqual([path, 409]);
    expect(refused.text).toContain('marta_l is looking at this one.');
  }

  clock.advance({ minutes: 10 });
  const free = await (await tomas.visit('/moderation')).press('Claim');
  expect(free.main).toContain('Claimed by you until 14:50 UTC');
  const released = await free.press('Release');
  expect(released.main).not.toContain('Claimed by');
  expect(await itemRow(db, item)).toMatchObject({ claimedById: null, claimedUntil: null });
});

test('of two who claim at once, one is refused', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const item = await putInQueue(db, { post: reply.id });
  const browsers = [await as.moderator(), await as.moderator()];
  const answers = await Promise.all(
    browsers.map((browser) => browser.post(`/moderation/items/${item}/claim`)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
});

test('oldest first, what others hold last, page by page', async ({ make, as, db, clock }) => {
  const moderator = await make.member({ role: 'moderator' });
  const other = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  for (let n = 1; n <= 35; n += 1) {
    const reply = await make.reply({ topic, body: `Reply number ${n}.` });
    const item = await putInQueue(db, { post: reply.id, at: clock.ago({ minutes: 100 - Math.ceil(n / 2) }) });
    if (n === 1) await (await as.moderator(other)).post(`/moderation/items/${item}/claim`);
    if (n === 2) await (await as.moderator(moderator)).post(`/moderation/items/${item}/claim`);
  }
  const numbersOn = (text: string) =>
    [...text.matchAll(/Reply number (\d+)\./g)].map((match) => Number(match[1]));
  const first = await (await as.moderator(moderator)).visit('/moderation');
  const second = await first.follow('More');
  const all = [...numbersOn(first.main), ...numbersOn(second.main)];
  expect(numbersOn(first.main)).toHaveLength(30);
  expect(all).toEqual([...Array.from({ length: 34 }, (_, index) => index + 2), 1]);
  // Claiming on the second page leads back to the second page.
  const claimed = await second.press('Claim');
  expect(numbersOn(claimed.main)).toEqual(numbersOn(second.main));
  expect((await (await as.moderator()).get('/moderation?after=nonsense')).status).toBe(400);
});
