// Accounts are deleted when their week is over: nothing names the member any more, and all counters stay true.
import { eq, getTableName, is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../../../src/db/schema/index.ts';
import { skeletonOf } from '../../../src/domain/member-name.ts';
import { deleteAccount } from '../../../src/features/own-data/delete-account.ts';
import { accountDeleter } from '../../../src/features/own-data/jobs.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { Browser } from '../../support/browser.ts';
import { SECRET } from '../../support/forum.ts';
import { sanction } from '../members/sanctions.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import { runJob } from './archive.ts';
import { askFor, expect, isThere, somebodyWithAPast, test, WORDS } from './leaving.ts';

const { dataExports, deletions, flags, formerNames, members, posts, queueItems, revisions, topics, votes } =
  schema;

type World = Awaited<ReturnType<typeof somebodyWithAPast>>;

/** What anybody can ask for, and what their members and moderators see. */
function publicPages({ topic, alone, elsewhere, reply, below }: World): string[] {
  return [
    ...['/', '/new', '/active', '/top?t=all', '/s/funding', '/site/grid.example', '/moderation/log'],
    ...['/u/kevin_h', '/u/kevin_h?show=replies'],
    ...[topic, alone, elsewhere].flatMap(({ id, slug }) => [`/t/${id}/${slug}`, `/t/${id}/${slug}?sort=new`]),
    ...[reply, below].flatMap(({ id }) => [`/p/${id}`, `/p/${id}/history`]),
    ...Object.values(WORDS).flatMap((word) => [`/search?q=${word}`, `/search?q=${word}&in=topics`]),
    ...['/search?q=headline&by=diana_f', '/feed.atom', '/feed.json', '/s/funding/feed.atom', '/sitemap.xml'],
  ];
}

const OTHERS_PAGES = ['/inbox', '/moderation', '/moderation?tab=held'];

/** Of these pages, those on which one of the texts stands, each with it. */
async function pagesWith(
  browser: Browser,
  paths: readonly string[],
  ...texts: readonly string[]
): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const page = await browser.visit(path);
    // What was searched for comes back around the results.
    const shown = path.startsWith('/search')
      ? [...page.document.querySelectorAll('.items')].map((items) => items.textContent).join()
      : page.html;
    found.push(...texts.filter((text) => shown.includes(text)).map((text) => `${path}: ${text}`));
  }
  return found;
}

test.for(['withdraw', 'leave'] as const)(
  'nothing names a member who went (%s)',
  async (texts, { tools, app, as, db, drain, mails }) => {
    const world = await somebodyWithAPast(tools);
    const { diana, kevin, marta, elsewhere, naming } = world;
    const browser = await as.member(diana);
    const visitor = as.visitor();
    const paths = publicPages(world).filter((path) => path !== `/t/${elsewhere.id}/${elsewhere.slug}`);
    expect(await pagesWith(visitor, publicPages(world), 'diana_f')).not.toEqual([]);
    expect(await pagesWith(visitor, publicPages(world), WORDS.reply)).not.toEqual([]);
    await askFor(tools, diana, texts);
    await runJob({ db, drain }, 'delete-accounts');

    expect(await isThere(app, diana)).toBe(false);
    await expectTrueCounters(db);
    expect((await browser.get('/settings')).headers.location).toContain('/sign-in');
    expect((await visitor.get('/u/diana_f')).status).toBe(404);
    expect((await visitor.get('/u/di_of_old')).status).toBe(404);
    const readers = [visitor, await as.member(kevin), await as.moderator(marta)];
    const hers = ['href="/u/diana_f', 'di_of_old', 'About diana herself', diana.email ?? ''];
    for (const reader of readers) expect(await pagesWith(reader, publicPages(world), ...hers)).toEqual([]);
    expect(await pagesWith(visitor, paths, 'diana_f')).toEqual([]);
    expect(await pagesWith(readers[2] as Browser, OTHERS_PAGES, 'diana_f')).toEqual([]);
    expect(await pagesWith(readers[1] as Browser, ['/inbox'], 'diana_f')).toEqual([]);

    // Another's words stay; they lead to those who are here.
    const [named] = await db.select().from(posts).where(eq(posts.id, naming.id));
    expect(named?.bodyMd).toBe('So says @Diana_F to @kevin_h');
    expect(named?.bodyHtml).toBe('<p>So says @Diana_F <a class="mention" href="/u/kevin_h">@kevin_h</a></p>');
    expect((await visitor.visit('/moderation/log')).main).toContain('a former member');

    await drain();
    expect(mails()[0]).toMatchObject({
      to: diana.email,
      subject: 'Your account on Tokenwire has been deleted',
    });
  },
);

test('what was to be withdrawn is erased; its places and others’ answers stay', async ({
  tools,
  as,
  db,
  drain,
}) => {
  const world = await somebodyWithAPast(tools);
  const { diana, topic, alone, elsewhere, reply } = world;
  await askFor(tools, diana, 'withdraw');
  await runJob({ db, drain }, 'delete-accounts');
  const visitor = as.visitor();
  const readers = [visitor, await as.moderator()];
  for (const reader of readers)
    expect(
      await pagesWith(reader, [...publicPages(world), ...OTHERS_PAGES], ...Object.values(WORDS)),
    ).toEqual([]);
  const stored = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${posts} where ${posts.bodyMd} in ${Object.values(WORDS)}`,
  );
  expect(stored.rows[0]?.n).toBe(0);
  expect(await db.$count(revisions)).toBe(0);
  expect((await visitor.get(`/t/${alone.id}/${alone.slug}`)).status).toBe(410);
  expect((await visitor.visit(`/t/${topic.id}/${topic.slug}`)).main).toContain('An answer of his.');
  const page = await visitor.visit(`/t/${elsewhere.id}/${elsewhere.slug}`);
  expect(page.main).toContain('Below hers.');
  expect(page.document.getElementById(`p${reply.id}`)?.textContent).toContain('Deleted');
});

test('what was to be left stays under "former member"', async ({ tools, as, db, drain }) => {
  const world = await somebodyWithAPast(tools);
  const { diana, marta, topic, elsewhere, reply, held } = world;
  await askFor(tools, diana, 'leave');
  await runJob({ db, drain }, 'delete-accounts');
  const visitor = as.visitor();
  const own = await visitor.visit(`/t/${topic.id}/${topic.slug}`);
  expect(own.main).toContain(WORDS.topic);
  expect(own.main).toMatch(/Posted by (a )?former member/);
  expect(own.html).not.toContain('"name":"diana_f"');
  const page = await visitor.visit(`/t/${elsewhere.id}/${elsewhere.slug}`);
  expect(page.document.getElementById(`p${reply.id}`)?.textContent).toContain(WORDS.reply);
  expect(page.main).not.toContain(WORDS.hidden);
  expect((await visitor.visit(`/search?q=${WORDS.reply}`)).main).toContain('former member');
  expect((await visitor.visit(`/p/${reply.id}/history`)).main).toContain(WORDS.earlier);
  expect((await visitor.get('/feed.atom')).text).toContain('a former member');
  // What awaits approval goes on awaiting it, and can be approved.
  const moderator = await as.moderator(marta);
  const queue = await moderator.visit('/moderation?tab=held');
  expect(queue.main).toContain('a former member');
  const claimed = await queue.press('Claim');
  expect((await claimed.press('Approve')).status).toBe(200);
  expect((await visitor.get(`/p/${held.id}`)).status).toBe(302);
  await drain();
  await expectTrueCounters(db);
});

test('votes stay counted, flags stay with the moderators, the name stays reserved', async ({
  tools,
  as,
  db,
  drain,
}) => {
  const { diana, elsewhere, below, item } = await somebodyWithAPast(tools);
  const scores = () =>
    db.select({ id: posts.id, score: posts.score, rank: posts.bestRank }).from(posts).orderBy(posts.id);
  const before = await scores();
  await askFor(tools, diana, 'leave');
  await runJob({ db, drain }, 'delete-accounts');
  expect(await scores()).toEqual(before);
  expect(await db.$count(votes)).toBe(1);
  const [voted] = await db.select().from(posts).where(eq(posts.id, elsewhere.openingPostId));
  expect(voted).toMatchObject({ score: 1, baseScore: 1 });
  expect(await db.select().from(flags).where(eq(flags.postId, below.id))).toMatchObject([
    { flaggerId: null, reason: 'spam', note: 'A note of hers', queueItemId: item },
  ]);
  expect(await db.select().from(formerNames).orderBy(formerNames.nameKey)).toMatchObject([
    { nameKey: 'di_of_old', memberId: null },
    { nameKey: 'diana_f', memberId: null },
  ]);
  const typed = { email: diana.email ?? '', password: 'a short sentence', rules: '1' };
  for (const name of ['diana_f', 'Diana-F', 'di_of_old']) {
    const taken = await as.visitor().post('/sign-up', { name, ...typed });
    expect([taken.status, taken.text.includes('That name is taken')], name).toEqual([422, true]);
  }
  // The address is free, for another name.
  expect((await as.visitor().post('/sign-up', { name: 'diana_again', ...typed })).status).toBe(303);
});

test('every column that refers to members lets them go', async ({ tools, app, db, drain }) => {
  const { diana } = await somebodyWithAPast(tools);
  const tables = Object.values(schema).filter((table) => is(table, PgTable));
  const referring = tables.flatMap((table) =>
    getTableConfig(table).foreignKeys.flatMap((key) => {
      const { foreignTable, columns } = key.reference();
      return foreignTable === members ? columns.map((column) => ({ table, column: column.name })) : [];
    }),
  );
  expect(referring.length).toBeGreaterThan(25);
  const naming = async () => {
    const found: string[] = [];
    for (const { table, column } of referring) {
      const name = column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const { rows } = await db.execute(
        sql`select 1 from ${table} where ${sql.identifier(name)} = ${diana.id} limit 1`,
      );
      if (rows.length > 0) found.push(`${getTableName(table)}.${name}`);
    }
    return found;
  };
  expect((await naming()).length).toBeGreaterThan(12);
  await askFor(tools, diana, 'leave');
  await runJob({ db, drain }, 'delete-accounts');
  expect(await isThere(app, diana)).toBe(false);
  expect(await naming()).toEqual([]);
});

test.for(['withdraw', 'leave'] as const)(
  'killed after any of its statements, it goes on where it was (%s)',
  async (texts, { tools, app, clock, db }) => {
    const { diana } = await somebodyWithAPast(tools);
    await askFor(tools, diana, texts);
    const due = { memberId: diana.id, texts };
    let transactions = 0;
    // Each run is cut off one transaction later than the last.
    for (let allowed = 1; allowed < 60 && (await isThere(app, diana)); allowed += 1) {
      let left = allowed;
      const dying = new Proxy(db, {
        get: (target, name) =>
          name !== 'transaction'
            ? (Reflect.get(target, name) as unknown)
            : (...given: Parameters<typeof db.transaction>) => {
                left -= 1;
                if (left < 0) throw new Error('killed');
                transactions += 1;
                return target.transaction(...given);
              },
      });
      const run = deleteAccount(dying, due, SECRET, clock.now());
      await run.catch((error: unknown) => expect(String(error)).toContain('killed'));
      await expectTrueCounters(db);
    }
    expect(await isThere(app, diana)).toBe(false);
    expect(transactions).toBeGreaterThan(30);
    expect(await deleteAccount(db, due, SECRET, clock.now())).toBe(false);
  },
);

test('two workers at once delete once', async ({ tools, app, clock, db, drain, mails }) => {
  const { diana } = await somebodyWithAPast(tools);
  await askFor(tools, diana, 'withdraw');
  const due = { memberId: diana.id, texts: 'withdraw' } as const;
  const done = await Promise.all([1, 2, 3].map(() => deleteAccount(db, due, SECRET, clock.now())));
  expect(done.filter(Boolean)).toHaveLength(1);
  expect(await isThere(app, diana)).toBe(false);
  await drain();
  expect(mails()).toHaveLength(1);
  await expectTrueCounters(db);
});

test('kept at the last moment, or too late: never half of it', async ({
  tools,
  app,
  as,
  clock,
  db,
  make,
}) => {
  for (let n = 0; n < 8; n += 1) {
    const member = await make.member();
    await make.topic({ author: member, body: 'Mine' });
    await askFor(tools, member, 'withdraw');
    const browser = await as.member(member);
    const due = { memberId: member.id, texts: 'withdraw' } as const;
    const [kept, deleted] = await Promise.all([
      browser.post('/settings/delete/keep'),
      deleteAccount(db, due, SECRET, clock.now()),
    ]);
    expect(await isThere(app, member)).toBe(!deleted);
    const mine = await db.$count(topics, eq(topics.authorId, member.id));
    expect(mine).toBe(deleted ? 0 : 1);
    if (!deleted) expect(kept.headers.location).toBe('/settings/privacy?saved=kept');
    expect(await db.$count(deletions)).toBe(0);
  }
});

test('once it has begun there is no way back', async ({ tools, as, db, make, clock }) => {
  const member = await make.member();
  await askFor(tools, member, 'leave');
  await db.update(deletions).set({ begunAt: clock.now() });
  const answer = await (await as.member(member)).post('/settings/delete/keep');
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('is being deleted at this moment');
});

test('not a second before its day', async ({ tools, app, clock, db, drain, make }) => {
  const member = await make.member();
  await askFor(tools, member, 'leave');
  clock.advance({ seconds: -1 });
  await runJob({ db, drain }, 'delete-accounts');
  expect(await isThere(app, member)).toBe(true);
  clock.advance({ seconds: 1 });
  await runJob({ db, drain }, 'delete-accounts');
  expect(await isThere(app, member)).toBe(false);
});

test('a reply that comes in between is not left behind', async ({ tools, app, as, clock, db, make }) => {
  const member = await make.member();
  const topic = await make.topic();
  await askFor(tools, member, 'withdraw');
  const browser = await as.member(member);
  const due = { memberId: member.id, texts: 'withdraw' } as const;
  const late = async () => {
    for (let n = 0; n < 20; n += 1)
      await make.reply({ topic, author: member, body: `Late ${n}` }).catch(() => undefined);
  };
  const [, answer] = await Promise.all([
    late(),
    browser.post(`/t/${topic.id}/reply`, { body: 'Late, too' }),
    deleteAccount(db, due, SECRET, clock.now()).catch(() => undefined),
  ]);
  // Sent by a member, by one whose account has begun to go, or by somebody whose session ended with it.
  expect([303, 403, 422]).toContain(answer.status);
  if (answer.status === 422) expect(answer.text).toContain('You are not logged in.');
  await deleteAccount(db, due, SECRET, clock.now());
  expect(await isThere(app, member)).toBe(false);
  expect(await db.$count(posts, eq(posts.authorId, member.id))).toBe(0);
});

test('a member who goes while a copy is being made takes the copy along', async ({
  tools,
  app,
  as,
  db,
  drain,
  make,
  mails,
}) => {
  const member = await make.member();
  const browser = await as.member(member);
  await browser.post('/settings/export');
  await askFor(tools, member, 'leave');
  await Promise.all([runJob({ db, drain }, 'delete-accounts'), drain()]);
  await drain();
  expect(await isThere(app, member)).toBe(false);
  expect(await db.$count(dataExports)).toBe(0);
  expect(mails().every(({ subject }) => !subject.includes('could not'))).toBe(true);
});

test('mentions of a name that was given up lead nowhere either, however it was written', async ({
  tools,
  db,
  drain,
  make,
}) => {
  const member = await make.member({ name: 'diana_f' });
  await db.insert(schema.formerNames).values({
    nameKey: 'mixedtwo',
    nameSkeleton: skeletonOf('mixedtwo'),
    memberId: member.id,
    usedUntil: member.joinedAt,
  });
  const reply = await make.reply({ topic: await make.topic() });
  const mention = '<p><a class="mention" href="/u/MixedTwo">@MixedTwo</a> said so.</p>' as SafeHtml;
  await db.update(posts).set({ bodyHtml: mention }).where(eq(posts.id, reply.id));
  await askFor(tools, member, 'leave');
  await runJob({ db, drain }, 'delete-accounts');
  const [row] = await db.select({ bodyHtml: posts.bodyHtml }).from(posts).where(eq(posts.id, reply.id));
  expect(row?.bodyHtml).toBe('<p>@MixedTwo said so.</p>');
});

test('an item that a moderator had claimed is free for others', async ({ tools, as, db, drain, make }) => {
  const moderator = await make.member({ name: 'diana_f', role: 'moderator' });
  const reply = await make.reply({ topic: await make.topic() });
  await make.flag({ post: reply.id });
  const item = await putInQueue(db, { post: reply.id });
  const claim = { claimedById: moderator.id, claimedUntil: new Date('2027-01-01') };
  await db.update(queueItems).set(claim).where(eq(queueItems.id, item));
  await askFor(tools, moderator, 'leave');
  await runJob({ db, drain }, 'delete-accounts');
  const claimed = await (await as.moderator()).post(`/moderation/items/${item}/claim`);
  expect(claimed.status).toBe(303);
});

test.for(['suspension', 'silence'] as const)(
  'deleting the account is no way around a %s',
  async (kind, { app, as, clock, db, drain, forum, mails, make }) => {
    const member = await make.member({ name: 'diana_f', email: 'Diana@example.org' });
    const endsAt = new Date(clock.now().getTime() + 30 * 24 * 3_600_000);
    await sanction(db, member, kind, { startsAt: clock.now(), endsAt });
    const browser = await as.member(member);
    expect((await browser.post('/settings/delete', { texts: 'leave', name: 'diana_f' })).status).toBe(303);
    clock.advance({ days: 7 });
    await runJob({ db, drain }, 'delete-accounts');
    expect(await isThere(app, member)).toBe(false);
    const bars = await db.select().from(schema.barredAddresses);
    expect(bars).toMatchObject([{ until: endsAt }]);
    expect(JSON.stringify(bars)).not.toContain('diana');

    // Signing up looks as ever: that a moderator had decided something is told to the mailbox alone.
    const typed = { password: 'a short sentence', rules: '1', email: 'diana@EXAMPLE.org' };
    const outcomeOf = async (browser: Browser, name: string) => {
      const answer = await browser.post('/sign-up', { ...typed, name });
      expect(answer.status).toBe(303);
      await drain();
      const [mail] = mails();
      return mail?.subject ?? '';
    };
    const newcomer = as.visitor();
    expect(await outcomeOf(newcomer, 'another_name')).toBe('Your address cannot be used on Tokenwire yet');
    expect(mails()[0]?.text).toContain('until 3 May 2026');
    expect(mails()[0]?.text).not.toContain('key=');
    // Nor does a mailed link for a new password confirm it.
    clock.advance({ minutes: 6 });
    await newcomer.post('/forgot', { name: 'another_name' });
    await drain();
    await drain();
    const key = /key=([\w.-]+)/.exec(mails()[0]?.text ?? '')?.[1] ?? '';
    expect((await newcomer.post('/reset', { key, password: 'another odd sentence' })).status).toBe(303);
    const [row] = await db
      .select({ confirmedAt: schema.members.confirmedAt })
      .from(schema.members)
      .where(eq(schema.members.name, 'another_name'));
    expect(row?.confirmedAt).toBeNull();
    // Also under another secret, while the old one is known.
    const moved = await forum.build({
      secret: 'another secret of tests, as long',
      config: { secretPrevious: [SECRET] },
    });
    try {
      await moved.ready();
      expect(await outcomeOf(new Browser(moved), 'third_name')).toContain('cannot be used');
    } finally {
      await moved.close();
    }
    clock.set(endsAt.toISOString());
    await runJob({ db, drain }, 'sweep-sessions');
    expect(await db.$count(schema.barredAddresses)).toBe(0);
    expect(await outcomeOf(as.visitor(), 'fourth_name')).toContain('Confirm your e-mail address');
  },
);

test('what is wrong with one deletion stops no other, and the log names those that are done', async ({
  tools,
  app,
  clock,
  db,
  make,
}) => {
  const [first, second] = [await make.member(), await make.member()];
  await askFor(tools, first, 'leave');
  await askFor(tools, second, 'leave');
  const topic = await make.topic({ author: first });
  await db.execute(
    sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$`,
  );
  await db.execute(sql`create trigger stuck before update on posts for each row execute function refuse()`);
  const logged: unknown[] = [];
  const log = { error: () => undefined, info: (details: object) => logged.push(details) };
  const job = accountDeleter({ siteUrl: app.config.siteUrl, secret: SECRET, log });
  try {
    await expect(job(db, {}, clock.now())).rejects.toThrow('could not be deleted');
  } finally {
    await db.execute(sql`drop function refuse cascade`);
  }
  expect(logged).toEqual([{ memberId: second.id, texts: 'leave' }]);
  expect([await isThere(app, first), await isThere(app, second)]).toEqual([true, false]);
  await job(db, {}, clock.now());
  expect(await isThere(app, first)).toBe(false);
  expect(await db.$count(posts, eq(posts.topicId, topic.id))).toBe(1);
});
