// Moderators in public by name or by number, as the forum's setting has it: nowhere both.
import { eq } from 'drizzle-orm';
import { members, settings } from '../../../src/db/schema/index.ts';
import { changeRole } from '../../../src/features/admin/commands/roles.ts';
import { visitor, type Member, type Viewer } from '../../../src/domain/viewer.ts';
import { nameOfModerator } from '../../../src/features/log/index.ts';
import { expect, test, type Forum } from '../../support/forum.ts';
import { decisions, rowsOf } from './deciding.ts';

type App = Forum['app'];

async function showNumbers(app: App): Promise<void> {
  await app.db
    .update(settings)
    .set({ values: { ...app.site.current().settings, moderatorNames: 'numbers' } });
  await app.site.refresh();
}

test.each<[string, Parameters<typeof nameOfModerator>[0], string, string]>([
  ['a moderator', { name: 'marta_l', number: 2 }, 'marta_l', 'moderator 2'],
  ['the forum itself', null, 'the forum', 'the forum'],
  ['somebody whose account is gone', { name: null, number: null }, 'a former member', 'a former member'],
  ['a member who corrected a title', { name: 'kevin_h', number: null }, 'kevin_h', 'kevin_h'],
])('%s is named as the setting has it, and by name to moderators', (_who, actor, name, number) => {
  const staff = { kind: 'member', role: 'moderator' } as Viewer;
  const member = { kind: 'member', role: 'member' } as Viewer;
  for (const viewer of [visitor, member]) {
    expect(nameOfModerator(actor, { viewer, moderatorNames: 'names' })).toBe(name);
    expect(nameOfModerator(actor, { viewer, moderatorNames: 'numbers' })).toBe(number);
  }
  for (const moderatorNames of ['names', 'numbers'] as const)
    expect(nameOfModerator(actor, { viewer: staff, moderatorNames })).toBe(name);
});

test('by number, no page and no feed that is public tells a name, by whatever it is asked', async ({
  app,
  make,
  as,
  db,
  clock,
}) => {
  const { decide, undo, appeal } = decisions(db, clock);
  const marta = await make.member({ name: 'marta_l', role: 'moderator', moderatorNumber: 7 });
  const tomas = await make.member({ name: 'tomas_r', role: 'moderator', moderatorNumber: 9 });
  const topic = await make.topic({ title: 'A topic for all' });
  const reply = await make.reply({ topic });
  const martas = await as.moderator(marta);
  await martas.post(`/p/${reply.id}/hide`, { reason: 'Off topic' });
  await martas.post(`/t/${topic.id}/lock`, { reason: 'Nothing left to say', do: 'lock' });
  const undone = await decide({ by: tomas, topicId: topic.id, reason: 'Misread' });
  await appeal(undone, await make.member(), 'reversed');
  await undo(undone, { by: marta, topicId: topic.id });
  await showNumbers(app);

  const member = await as.member();
  const addresses = ['/moderation/log', '/moderation/log?by=7', '/moderation/log?undone=1'];
  const feeds = ['/moderation/log/feed.atom', '/moderation/log/feed.json', '/moderation/log/figures'];
  for (const browser of [as.visitor(), member]) {
    for (const path of [
      ...addresses,
      ...feeds,
      `/t/${topic.id}/${topic.slug}`,
      '/',
      `/p/${reply.id}/history`,
    ]) {
      const { text } = await browser.get(path);
      expect(text, path).not.toMatch(/marta_l|tomas_r/);
    }
    const log = await browser.visit('/moderation/log');
    expect(log.main).toContain('moderator 7');
    expect(log.main).toContain('Undone on appeal, by moderator 7');
    expect([...log.document.querySelectorAll('#f-by option')].map((option) => option.textContent)).toEqual([
      ...['Anyone', 'Moderator 7', 'Moderator 9'],
    ]);
    expect(rowsOf(await browser.visit('/moderation/log?by=9'))).toHaveLength(1);
    // Else trying every name would tell whose number it is.
    for (const by of ['marta_l', '0', '07', '7.0', '999999', '-1', '99999999999'])
      expect(rowsOf(await browser.visit(`/moderation/log?by=${by}`)), by).toHaveLength(0);
  }
  const seen = await martas.visit('/moderation/log?by=tomas_r');
  expect(rowsOf(seen)).toHaveLength(1);
  expect(seen.main).toContain('Undone on appeal, by marta_l');
});

test('an admin chooses between names and numbers, and the log says so', async ({ as, app }) => {
  const admin = await as.admin();
  const saved = await (await admin.visit('/admin')).press('Save', { moderatorNames: 'numbers' });
  expect(saved.main).toContain('Saved.');
  expect(app.site.current().settings.moderatorNames).toBe('numbers');
  expect(saved.document.querySelector('input[name=moderatorNames][checked]')?.getAttribute('value')).toBe(
    'numbers',
  );
  expect((await as.visitor().visit('/moderation/log')).main).toContain(
    'Moderators in public: names → numbers.',
  );
});

test('a number is given with the first appointment, kept, and never given again', async ({
  make,
  db,
  clock,
}) => {
  const first = await make.member({ role: 'admin', moderatorNumber: 1 });
  const admin = {
    ...first,
    kind: 'member',
    silencedUntil: null,
    suspendedUntil: null,
    leavingAt: null,
    trust: 'member',
  } as const satisfies Member & object;
  const people = [await make.member(), await make.member(), await make.member(), await make.member()];
  const give = (n: number, role: 'member' | 'moderator' | 'admin') =>
    db.transaction((tx) =>
      changeRole(tx, { admin, memberId: people[n]!.id, role, reason: 'As agreed', now: clock.now() }),
    );
  const numberOf = async (n: number) => {
    const [row] = await db.select().from(members).where(eq(members.id, people[n]!.id));
    return row?.moderatorNumber;
  };
  expect(await numberOf(0)).toBeNull();
  // All at once: each waits for the one before, and none gets the same.
  await Promise.all([give(0, 'moderator'), give(1, 'moderator'), give(2, 'admin')]);
  const given = await Promise.all([0, 1, 2].map(numberOf));
  expect(given.toSorted()).toEqual([2, 3, 4]);
  await give(0, 'member');
  await give(0, 'admin');
  expect(await numberOf(0)).toBe(given[0]);

  const last = given.indexOf(4);
  await give(last, 'member');
  await db.update(members).set({ moderatorNumber: null }).where(eq(members.id, people[last]!.id));
  await give(3, 'moderator');
  expect(await numberOf(3)).toBe(5);
});
