// Muting a site: what stands only there leaves the member's own lists, and nobody else's.
import { followLevels } from '../../../src/db/schema/index.ts';
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

  const muted = await (await browser.visit(paths.site('loud.example'))).press('Mute site loud.example');
  expect(muted.url).toBe(`${paths.site('loud.example')}#follow`);
  expect(muted.main).toContain('You have muted this site');
  expect(muted.main).toContain('Zeppelins there');
  for (const path of lists) {
    const { main } = await browser.visit(path);
    const shown = [...TITLES, 'Pinned there'].filter((title) => main.includes(title));
    expect(shown.sort(), path).toEqual(['Elsewhere', 'My own', 'No article', 'There and elsewhere']);
  }
  expect((await browser.visit(paths.topic(only))).status).toBe(200);
  for (const other of [as.visitor(), await as.member()])
    expect((await other.visit('/')).main).toContain('Zeppelins there');

  const settings = await (await browser.visit(paths.settings())).follow('Following');
  expect(settings.main).toContain('loud.example');
  const after = await settings.press('Muted site loud.example');
  expect(after.url).toBe(`${paths.follows()}#sites`);
  expect(after.main).toContain('You follow and mute nothing yet');
  expect((await browser.visit('/')).main).toContain('Zeppelins there');
  expect((await browser.visit(paths.site('loud.example'))).main).not.toContain('You have muted');
});

test('a site is muted under its canonical name, and once', async ({ as, make, db }) => {
  const member = await make.member();
  const browser = await as.member(member);
  for (const host of ['www.loud.example', 'LOUD.example', 'loud.example'])
    expect((await browser.post(paths.siteFollow(host), { level: 'nothing' })).status).toBe(303);
  expect(await db.select().from(followLevels)).toMatchObject([
    { memberId: member.id, host: 'loud.example', level: 'nothing' },
  ]);
  expect((await browser.post(paths.siteFollow('not a host'), { level: 'nothing' })).status).toBe(404);
  const visiting = await as.visitor().post(paths.siteFollow('loud.example'), { level: 'nothing' });
  expect(visiting.status).not.toBe(200);
});
