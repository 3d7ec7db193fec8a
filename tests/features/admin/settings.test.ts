// /admin: an admin changes the forum's settings.
import { asc } from 'drizzle-orm';
import { actions, events, settings } from '../../../src/db/schema/index.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

function chosen(page: Page, name: string): string | undefined {
  return page.document.querySelector(`[name="${name}"] option[selected]`)?.getAttribute('value') ?? undefined;
}

test('an admin renames the forum, and the next page of everyone says so', async ({ as }) => {
  const browser = await as.admin();
  const page = await browser.visit('/admin');
  expect(page.field('name').value).toBe('Tokenwire');
  const saved = await page.press('Save', { name: '  Grid   wire ', tagline: '', accent: '#7A2048' });
  expect(saved.main).toContain('Saved.');
  expect(saved.field('name').value).toBe('Grid wire');
  expect(saved.field('tagline').value).toBe('');
  expect(saved.field('accent').value).toBe('#7a2048');
  const rules = await as.visitor().visit('/rules');
  expect(rules.document.querySelector('.wordmark')?.textContent).toBe('Grid wire');
  expect(rules.document.title).toBe('Rules | Grid wire');
});

test('closing sign-up and setting the limits of new members is kept', async ({ as, app }) => {
  const browser = await as.admin();
  const page = await browser.visit('/admin');
  expect([chosen(page, 'signUp'), chosen(page, 'newMemberLimits')]).toEqual(['open', 'auto']);
  const saved = await page.press('Save', { signUp: 'closed', newMemberLimits: 'on' });
  expect([chosen(saved, 'signUp'), chosen(saved, 'newMemberLimits')]).toEqual(['closed', 'on']);
  expect(app.site.current().settings).toMatchObject({ signUp: 'closed', newMemberLimits: 'on' });
});

test('the change stands in the record: old and new, and of long texts only that they changed', async ({
  as,
  make,
  db,
}) => {
  const olga = await make.member({ name: 'olga_p', role: 'admin' });
  const page = await (await as.admin(olga)).visit('/admin');
  await page.press('Save', { name: 'Gridwire', rules: 'Be kind, show the source.' });
  const [action, ...others] = await db.select().from(actions);
  expect(others).toEqual([]);
  expect(action).toMatchObject({
    kind: 'change-settings',
    actorId: olga.id,
    automatic: false,
    reason: 'Name: Tokenwire → Gridwire. Rules: text changed.',
    data: { what: 'Name, Rules', changes: { name: { from: 'Tokenwire', to: 'Gridwire' }, rules: {} } },
  });
  const [event] = await db.select().from(events).orderBy(events.id);
  expect(event).toMatchObject({
    kind: 'settings-changed',
    actorId: olga.id,
    data: { actionId: action?.id, names: ['name', 'rules'] },
    public: null,
  });
});

test('saving without a change writes nothing', async ({ as, db }) => {
  const saved = await (await (await as.admin()).visit('/admin')).press('Save');
  expect(saved.main).toContain('Saved.');
  expect(await db.$count(actions)).toBe(0);
  expect(await db.select({ version: settings.version }).from(settings)).toEqual([{ version: 1 }]);
});

test('what is wrong stands beside its field, and everything is as it was typed', async ({ as, app, db }) => {
  const page = await (await as.admin()).visit('/admin');
  const typed = {
    name: ' ',
    tagline: 'x'.repeat(121),
    accent: '#FFE0E6',
    contact: 'not an address',
    rules: '',
    about: '# About\n\n<b>as typed</b> & so on',
  };
  const refused = await page.press('Save', { ...typed, signUp: 'closed' });
  expect(refused.status).toBe(422);
  for (const [name, value] of Object.entries(typed)) expect(refused.field(name).value, name).toBe(value);
  expect(chosen(refused, 'signUp')).toBe('closed');
  expect(refused.error('name')).toBe('Say what the forum is called.');
  expect(refused.error('tagline')).toBe('The tagline is too long by 1: it may have 120 characters.');
  expect(refused.error('accent')).toBe(
    'This colour is too pale to be read on a white page. Choose a darker one.',
  );
  expect(refused.error('contact')).toContain('This is not an e-mail address');
  expect(refused.error('rules')).toBe('Write what the page “Rules” says.');
  expect(refused.error('about')).toBe('');
  expect(refused.document.querySelectorAll('[role="alert"] a')).toHaveLength(5);
  expect(refused.document.querySelector('[role="alert"] a[href="#accent"]')).not.toBeNull();
  await app.site.refresh();
  expect(app.site.current().settings.name).toBe('Tokenwire');
  expect(await db.$count(actions)).toBe(0);
});

test('a text that cannot be rendered is refused before readers meet it', async ({ as }) => {
  const page = await (await as.admin()).visit('/admin');
  const refused = await page.press('Save', { privacy: `${'> '.repeat(40)}deep` });
  expect(refused.status).toBe(422);
  expect(refused.error('privacy')).toContain('levels deep');
  const mended = await refused.press('Save', { privacy: '> shallow' });
  expect(mended.main).toContain('Saved.');
});

test('choices that the page does not offer, and fields that are missing, are faults and no failures', async ({
  as,
}) => {
  const browser = await as.admin();
  const page = await browser.visit('/admin');
  const odd = await page.press('Save', { signUp: 'sometimes', newMemberLimits: '' });
  expect(odd.status).toBe(422);
  expect(odd.error('signUp')).toBe('Choose whether people can sign up.');
  expect(odd.error('newMemberLimits')).toBe('Choose when the limits of new members hold.');
  expect((await browser.post('/admin', {})).status).toBe(422);
  expect(
    (
      await browser.post('/admin', [
        ['name', 'a'],
        ['name', 'b\u0000'],
      ])
    ).status,
  ).toBe(422);
});

test('of two admins who save at once the second is told, loses nothing, and decides', async ({
  as,
  app,
  db,
}) => {
  const first = await (await as.admin()).visit('/admin');
  const second = await (await as.admin()).visit('/admin');
  await first.press('Save', { name: 'Gridwire', tagline: 'Power and chips' });
  const told = await second.press('Save', { name: 'Chipwire', rules: 'Mine.' });
  expect(told.status).toBe(409);
  expect(told.main).toContain('Another admin saved the settings meanwhile.');
  expect(told.main).toContain('differs from what is stored now: Name, Tagline, Rules.');
  expect(told.field('rules').value).toBe('Mine.');
  expect(app.site.current().settings).toMatchObject({ name: 'Gridwire', tagline: 'Power and chips' });
  const decided = await told.press('Save', { tagline: 'Power and chips' });
  expect(decided.main).toContain('Saved.');
  const reasons = await db.select({ reason: actions.reason }).from(actions).orderBy(asc(actions.id));
  expect(reasons[1]?.reason).toBe('Name: Gridwire → Chipwire. Rules: text changed.');
});

test('of many who save the same version at the same instant one wins', async ({ as, db }) => {
  const browser = await as.admin();
  const fields = await fieldsOf(await browser.visit('/admin'));
  const answers = await Promise.all(
    ['A', 'B', 'C', 'D', 'E'].map((name) => browser.post('/admin', { ...fields, name: `Wire ${name}` })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409, 409]);
  expect(await db.$count(actions)).toBe(1);

  async function fieldsOf(page: Page): Promise<Record<string, string>> {
    const names = ['version', 'name', 'tagline', 'accent', 'contact', 'rules', 'reasons', 'about', 'privacy'];
    const typed = Object.fromEntries(names.map((name) => [name, page.field(name).value]));
    return { ...typed, signUp: 'open', newMemberLimits: 'auto', moderatorNames: 'names' };
  }
});

test('long texts in any script fit into one form', async ({ as }) => {
  const page = await (await as.admin()).visit('/admin');
  const long = 'щ'.repeat(19_990);
  const saved = await page.press('Save', { rules: long, about: long, privacy: long });
  expect(saved.main).toContain('Saved.');
});
