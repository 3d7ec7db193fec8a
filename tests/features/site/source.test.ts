// The forum in memory: what it is loaded from, when it is loaded again, and what happens when that fails.
import { eq } from 'drizzle-orm';
import type { Reader } from '../../../src/db/connection.ts';
import { members, sections, settings } from '../../../src/db/schema/index.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/domain/settings.ts';
import { openSite } from '../../../src/features/site/index.ts';
import { expect, test } from '../../support/forum.ts';

const quiet = () => undefined;

test('a forum without a settings row has the defaults', async ({ db, clock }) => {
  await db.delete(settings);
  const site = await openSite(db, { clock, onTrouble: quiet });
  expect(site.current().settings).toEqual(DEFAULT_SETTINGS);
});

test('what an older row lacks has its default, and what today’s rules refuse, too', async ({ db, clock }) => {
  const stored = { name: 'Gridwire', accent: 'teal', unknown: 1 };
  await db.update(settings).set({ values: stored as unknown as Settings });
  const { settings: loaded, theme } = (await openSite(db, { clock, onTrouble: quiet })).current();
  expect(loaded).toEqual({ ...DEFAULT_SETTINGS, name: 'Gridwire' });
  expect(theme.css).toContain(DEFAULT_SETTINGS.accent);
});

test('sections come in their order, in the same one query as everything else', async ({ db, clock }) => {
  await db.update(sections).set({ position: 0 }).where(eq(sections.slug, 'regions'));
  let queries = 0;
  const counting = new Proxy(db, {
    get(target, name) {
      if (name === 'execute') queries += 1;
      else throw new Error(`Another way to the database than one statement: ${String(name)}`);
      return target.execute.bind(target);
    },
  });
  const site = (await openSite(counting, { clock, onTrouble: quiet })).current();
  expect(site.sections.slice(0, 2).map(({ slug }) => slug)).toEqual(['regions', 'funding']);
  expect(site.sections[0]).toMatchObject({ name: 'Regions', modifier: 0 });
  expect(queries).toBe(1);
});

test('members are counted exactly where limits ask; an admin ends the need of a setup', async ({
  db,
  clock,
  make,
}) => {
  const site = await openSite(db, { clock, onTrouble: quiet });
  expect(site.current()).toMatchObject({ memberCount: 0, needsSetup: true });
  for (let n = 0; n < 3; n += 1) await make.member();
  await make.member({ role: 'moderator' });
  await site.refresh();
  expect(site.current()).toMatchObject({ memberCount: 4, needsSetup: true });
  await db.update(members).set({ role: 'admin' }).where(eq(members.role, 'moderator'));
  await site.refresh();
  expect(site.current()).toMatchObject({ memberCount: 4, needsSetup: false });
});

test('what another process changed is seen by whoever asks two seconds later', async ({ db, clock }) => {
  const site = await openSite(db, { clock, onTrouble: quiet });
  await rename(db, 'Gridwire');
  clock.advance({ seconds: 1 });
  expect(site.current().settings.name).toBe('Tokenwire');
  clock.advance({ seconds: 1 });
  // This answer is still the old one: nobody waits for the database.
  expect(site.current().settings.name).toBe('Tokenwire');
  await expect.poll(() => site.current().settings.name).toBe('Gridwire');
});

test('a reload that fails keeps the old values, reports it, and is tried again', async ({ db, clock }) => {
  const troubles: unknown[] = [];
  let broken = false;
  const moody = new Proxy(db, {
    get: (target, name, receiver) =>
      broken && name === 'execute'
        ? () => Promise.reject(new Error('the database is away'))
        : (Reflect.get(target, name, receiver) as unknown),
  });
  const site = await openSite(moody, { clock, onTrouble: (error) => troubles.push(error) });
  await rename(db, 'Gridwire');
  broken = true;
  clock.advance({ seconds: 2 });
  expect(site.current().settings.name).toBe('Tokenwire');
  await expect.poll(() => troubles).toHaveLength(1);
  expect(site.current().settings.name).toBe('Tokenwire');
  broken = false;
  clock.advance({ seconds: 2 });
  site.current();
  await expect.poll(() => site.current().settings.name).toBe('Gridwire');
  expect(troubles).toHaveLength(1);
});

test('a load that began before a change never replaces one that began after it', async ({ db, clock }) => {
  const held: (() => void)[] = [];
  let hold = false;
  const slow = new Proxy(db, {
    get(target, name, receiver) {
      if (name !== 'execute') return Reflect.get(target, name, receiver) as unknown;
      return async (...query: Parameters<Reader['execute']>) => {
        const answer = await target.execute(...query);
        if (hold) await new Promise<void>((release) => held.push(release));
        return answer;
      };
    },
  });
  const site = await openSite(slow, { clock, onTrouble: quiet });
  hold = true;
  clock.advance({ seconds: 2 });
  site.current();
  await expect.poll(() => held).toHaveLength(1);
  hold = false;
  await rename(db, 'Gridwire');
  await site.refresh();
  held.forEach((release) => {
    release();
  });
  await db.execute('select 1');
  expect(site.current().settings.name).toBe('Gridwire');
});

async function rename(db: Reader, name: string): Promise<void> {
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, name } });
}
