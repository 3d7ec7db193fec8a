// Muting a site: what stands only there leaves the member's own lists, and nobody else's.
import { mutes } from '../../../src/db/schema/index.ts';
import { MOST_MUTES } from '../../../src/domain/limits.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { addSource } from './sources.ts';

const TITLES = [
  'Zeppelins there',
  'There and elsewhere',
  'Removed elsewhere',
  'Elsewhere',
  'No article',
  'My own',
];

/** Topics with articles on loud.example, on another site, on both and on none. */
async function topics(make: Make, db: Parameters<typeof addSource>[0]) {
  const own = await make.member();
  const loud = 'https://loud.example/';
  const [only, both, removed] = [
    await make.topic({ title: 'Zeppelins there', source: `${loud}1` }),
    await make.topic({ title: 'There and elsewhere', source: `${loud}2` }),
    await make.topic({ title: 'Removed elsewhere', source: `${loud}3` }),
  ];
  await addSource(db, both, 'https://calm.example/1');
  await addSource(db, removed, 'https://calm.example/2', { state: 'removed' });
  await make.topic({ title: 'Elsewhere', source: 'https://calm.example/3' });
  await make.topic({ title: 'No article' });
  await make.topic({ title: 'My own', source: `${loud}4`, author: own });
  return { own, only };
}

test('topics that stand only on muted sites leave the member’s lists, pinned or not; everything else stays', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { own, only } = await topics(make, db);
  const pinnedUntil = new Date(clock.now().getTime() + 60_000);
  await make.topic({ title: 'Pinned there', source: 'https://loud.example/5', pinnedUntil });
  const browser = await as.member(own);
  const lists = ['/', '/new', '/active', '/top', '/s/funding', '/s/funding?sort=new'];
  for (const path of lists) expect((await browser.visit(path)).main, path).toContain('Zeppelins there');

  const muted = await (await browser.visit(paths.site('loud.example'))).press('Mute this site');
  expect(muted.url).toBe(paths.site('loud.example'));
  expect(muted.main).toContain('You have muted this site');
  expect(muted.main).toContain('Zeppelins there');
  for (const path of lists) {
    const { main } = await browser.visit(path);
    const shown = [...TITLES, 'Pinned there'].filter((title) => main.includes(title));
    expect(shown.sort(), path).toEqual(['Elsewhere', 'My own', 'No article', 'There and elsewhere']);
  }
  expect((await browser.visit(paths.search({ q: 'zeppelins' }))).main).toContain('Zeppelins there');
  expect((await browser.visit(paths.topic(only))).status).toBe(200);
  for (const other of [as.visitor(), await as.member()])
    expect((await other.visit('/')).main).toContain('Zeppelins there');

  const settings = await (await browser.visit(paths.settings())).follow('Muted');
  expect(settings.main).toContain('loud.example');
  const after = await settings.press('Unmute loud.example');
  expect(after.url).toBe(paths.mutes());
  expect(after.main).toContain('You have muted no site');
  expect((await browser.visit('/')).main).toContain('Zeppelins there');
  expect((await browser.visit(paths.site('loud.example'))).main).not.toContain('You have muted');
});

test('a site is muted under its canonical name, once, and not without end', async ({
  as,
  make,
  db,
  clock,
}) => {
  const member = await make.member();
  const browser = await as.member(member);
  for (const host of ['www.loud.example', 'LOUD.example', 'loud.example'])
    expect((await browser.post(paths.siteMute(host), { do: 'mute' })).status).toBe(303);
  expect(await db.select().from(mutes)).toMatchObject([
    { memberId: member.id, kind: 'site', value: 'loud.example' },
  ]);
  expect((await browser.post(paths.siteMute('not a host'), { do: 'mute' })).status).toBe(404);
  expect((await as.visitor().post(paths.siteMute('loud.example'))).status).not.toBe(200);

  const rows = Array.from({ length: MOST_MUTES - 1 }, (_, n) => ({
    ...{ memberId: member.id, kind: 'site' as const, mutedAt: clock.now() },
    value: `s${n}.example`,
  }));
  await db.insert(mutes).values(rows);
  const refused = await browser.post(paths.siteMute('one-more.example'), { do: 'mute' });
  expect([refused.status, refused.text.includes(`muted ${MOST_MUTES} sites`)]).toEqual([409, true]);
  expect((await browser.post(paths.siteMute('s1.example'), { do: 'unmute' })).status).toBe(303);
  expect((await browser.post(paths.siteMute('one-more.example'), { do: 'mute' })).status).toBe(303);
});
