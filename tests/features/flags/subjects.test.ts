// Members and sources are flagged like posts: one open flag each, one item, one daily budget over all of them.
import { asc, eq, isNull } from 'drizzle-orm';
import { flags, members, queueItems } from '../../../src/db/schema/index.ts';
import { lockConcerned, settleFlags } from '../../../src/features/flags/index.ts';
import { closeItemAbout } from '../../../src/features/queue-items/index.ts';
import { expect, test, type As } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { flagRecord } from '../../support/moderation-rows.ts';
import { giveSource } from '../sources/rows.ts';

interface Fixtures {
  readonly make: Make;
  readonly as: As;
}

/** Somebody past their first days and not yet trusted: a flag of theirs weighs 1. */
async function asOrdinary({ make, as }: Fixtures) {
  return as.member(await make.member({ joinedAt: new Date('2026-03-01T00:00:00Z') }));
}

/** A topic with a source that its author added. */
async function sourced({ make }: Pick<Fixtures, 'make'>, db: Parameters<typeof giveSource>[0]) {
  const topic = await make.topic({ title: 'A headline', source: 'https://grid.example/queue' });
  const source = await giveSource(db, topic, { url: 'https://second.example/report' });
  return { topic, source, path: `/t/${topic.id}/sources/${source.id}/flag` };
}

test('a member is reported from their page; two reports are one piece of work', async ({ make, as, db }) => {
  const bad = await make.member({ name: 'best_casino', about: 'Play <now>' });
  const browser = await asOrdinary({ make, as });
  const form = await (await browser.visit('/u/best_casino')).follow('Report best_casino to the moderators');
  expect(form.main).toContain('Report best_casino');
  expect(form.main).toContain('Play <now>');
  expect(form.main).not.toContain('Off topic');
  const after = await form.press('Flag', { reason: 'spam', note: 'An advertisement' });
  expect(after.url).toBe('/settings/flags?saved=flagged');
  expect(after.main).toContain('best_casino');
  expect(await db.select().from(queueItems)).toEqual([]);

  await (await asOrdinary({ make, as })).post('/u/Best_Casino/flag', { reason: 'misleading' });
  expect(await db.select().from(queueItems)).toMatchObject([
    { kind: 'flagged', memberId: bad.id, weight: 2, version: 1, closedAt: null },
  ]);
});

test('a source is flagged from the topic and from its own page', async ({ make, as, db }) => {
  const { topic, source } = await sourced({ make }, db);
  const browser = await asOrdinary({ make, as });
  const shown = await browser.visit(`/t/${topic.id}/${topic.slug}`);
  const form = await shown.follow('Flag the source second.example/report');
  expect(form.main).toContain('second.example');
  expect((await form.press('Flag', { reason: 'unkind' })).status).toBe(422);
  await form.press('Flag', { reason: 'illegal' });
  expect(await db.select().from(queueItems)).toMatchObject([{ sourceId: source.id, weight: 1_001 }]);
  const other = await browser.visit(`/t/${topic.id}/sources/${source.id}`);
  expect((await other.follow('Flag the source second.example/report')).main).toContain('You flagged this');
});

test('nobody flags themselves or an own source, and visitors are asked to log in', async ({
  make,
  as,
  db,
}) => {
  const me = await make.member({ name: 'diana_f' });
  const topic = await make.topic({ author: me, source: 'https://grid.example/queue' });
  const source = await giveSource(db, topic, { url: 'https://second.example/report' });
  const browser = await as.member(me);
  expect((await browser.get('/u/diana_f')).text).not.toContain('/u/diana_f/flag');
  expect((await browser.get(`/t/${topic.id}/${topic.slug}`)).text).not.toContain('/flag');
  const addresses = ['/u/diana_f/flag', `/t/${topic.id}/sources/${source.id}/flag`];
  for (const address of addresses) {
    expect((await browser.get(address)).status).toBe(403);
    expect((await browser.post(address, { reason: 'spam' })).status).toBe(403);
    expect((await as.visitor().get(address)).headers.location).toContain('/sign-in?next=');
  }
  expect((await browser.get('/u/nobody_here/flag')).status).toBe(404);
  expect((await browser.get(`/t/${topic.id}/sources/99999/flag`)).status).toBe(404);
  expect(await db.select().from(flags)).toEqual([]);
});

test('fifty flags a day are for posts, members and sources together', async ({ make, as, db, clock }) => {
  const { path } = await sourced({ make }, db);
  const busy = await make.member();
  const [bad, worse] = [await make.member(), await make.member()];
  const given = { flaggerId: busy.id, reason: 'spam', weight: 1, outcome: 'rejected' } as const;
  await db
    .insert(flags)
    .values(Array.from({ length: 49 }, () => ({ ...given, memberId: bad.id, flaggedAt: clock.now() })));
  const browser = await as.member(busy);
  // At one moment: whichever is first is the fiftieth.
  const sent = await Promise.all([
    browser.post(path, { reason: 'spam' }),
    browser.post(`/u/${worse.name}/flag`, { reason: 'spam' }),
  ]);
  expect(sent.map(({ status }) => status).sort()).toEqual([303, 429]);
});

test('many flags at one moment, by many and by one, open one item and count once each', async ({
  make,
  as,
  db,
}) => {
  const bad = await make.member();
  const { source, path } = await sourced({ make }, db);
  const browsers = await Promise.all(Array.from({ length: 6 }, () => asOrdinary({ make, as })));
  const sent = await Promise.all(
    browsers.flatMap((browser) =>
      [`/u/${bad.name}/flag`, path, path].map((address) => browser.post(address, { reason: 'spam' })),
    ),
  );
  expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([303]));
  expect(await db.select().from(flags)).toHaveLength(12);
  const items = await db.select().from(queueItems).orderBy(asc(queueItems.memberId));
  expect(items).toMatchObject([
    { memberId: bad.id, weight: 6 },
    { sourceId: source.id, weight: 6 },
  ]);
});

test('what an item weighs follows its flags: another, a changed one, one taken back', async ({
  make,
  as,
  db,
}) => {
  const bad = await make.member();
  const address = `/u/${bad.name}/flag`;
  const [one, other] = [await asOrdinary({ make, as }), await asOrdinary({ make, as })];
  const weights: unknown[] = [];
  const note = async () => {
    const [item] = await db.select().from(queueItems);
    weights.push([item?.weight, item?.version, item?.closedAt !== null]);
  };
  await one.post(address, { reason: 'illegal' });
  await note();
  await other.post(address, { reason: 'unkind' });
  await note();
  await one.post(address, { reason: 'spam' });
  await note();
  await one.post(address, { undo: '1' });
  await note();
  await other.post(address, { undo: '1' });
  await note();
  expect(weights).toEqual([
    [1_001, 1, false],
    [1_002, 2, false],
    [2, 3, false],
    [1, 4, false],
    [1, 4, true],
  ]);
  // The closed one is over: what comes now is another piece of work.
  await one.post(address, { reason: 'illegal' });
  expect(await db.select().from(queueItems)).toHaveLength(2);
});

test('a flag that is decided while it is taken back is one or the other', async ({ make, as, db, clock }) => {
  const bad = await make.member();
  const flagger = await make.member();
  const browser = await as.member(flagger);
  await browser.post(`/u/${bad.name}/flag`, { reason: 'illegal' });
  const subject = { memberId: bad.id };
  const decide = () =>
    db.transaction(async (tx) => {
      await lockConcerned(tx, [subject]);
      await settleFlags(tx, [subject], 'upheld');
      await closeItemAbout(tx, subject, { kind: 'flagged', actionId: null, now: clock.now() });
    });
  await Promise.all([decide(), browser.post(`/u/${bad.name}/flag`, { undo: '1' })]);
  const [flag] = await db.select().from(flags);
  expect((flag?.outcome === null) !== (flag?.takenBackAt === null)).toBe(true);
  const decided = flag?.outcome === 'upheld' ? 1 : 0;
  expect(await flagRecord(db, flagger.id)).toEqual({ decided, upheld: decided });
  expect(await db.select().from(queueItems)).toMatchObject([{ closedAt: clock.now() }]);
});

test('what is before the moderators gets a new version when it changes', async ({ make, as, db }) => {
  const bad = await make.member({ name: 'diana_f' });
  const { topic, source, path } = await sourced({ make }, db);
  const flagger = await as.member();
  await flagger.post('/u/diana_f/flag', { reason: 'illegal' });
  await flagger.post(path, { reason: 'illegal' });
  const versions = async () => {
    const rows = await db.select().from(queueItems).orderBy(asc(queueItems.id));
    return rows.map(({ version }) => version);
  };
  expect(await versions()).toEqual([1, 1]);
  const profile = { about: 'Harmless', affiliation: '', link: '', pronouns: '' };
  expect((await (await as.member(bad)).post('/settings', profile)).status).toBe(303);
  expect(await versions()).toEqual([2, 1]);
  const moderator = await as.moderator();
  const change = { do: 'role', role: 'analysis', reason: 'It is one', canned: '', rule: '' };
  expect((await moderator.post(`/t/${topic.id}/sources/${source.id}`, change)).status).toBe(303);
  expect(await versions()).toEqual([2, 2]);
  await moderator.post(`/t/${topic.id}/sources/${source.id}`, { ...change, do: 'remove' });
  const [open] = await db.select().from(queueItems).where(isNull(queueItems.closedAt));
  expect(open?.memberId).not.toBeNull();
  expect((await (await as.member()).get(path)).status).toBe(404);
});

test('a member who deletes the account takes what was flagged about them along', async ({ make, as, db }) => {
  const bad = await make.member({ name: 'diana_f' });
  await (await as.member()).post('/u/diana_f/flag', { reason: 'illegal' });
  await db.delete(members).where(eq(members.id, bad.id));
  expect([await db.select().from(flags), await db.select().from(queueItems)]).toEqual([[], []]);
});
