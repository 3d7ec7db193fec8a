// /admin/sections: adding, changing, ordering, removing.
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { actions, events, sections } from '../../../src/db/schema/index.ts';
import type { SectionId } from '../../../src/domain/ids.ts';
import { MOST_SECTIONS } from '../../../src/domain/limits.ts';
import { expect, test } from '../../support/forum.ts';

async function slugs(db: Database): Promise<string[]> {
  const rows = await db
    .select({ slug: sections.slug })
    .from(sections)
    .orderBy(asc(sections.position), asc(sections.id));
  return rows.map(({ slug }) => slug);
}

async function idOf(db: Database, slug: string): Promise<SectionId> {
  const [row] = await db.select({ id: sections.id }).from(sections).where(eq(sections.slug, slug));
  if (!row) throw new Error(`There is no section ${slug}`);
  return row.id;
}

const form = (id: SectionId) => `form[action="/admin/sections/${id}"]`;

test('a new section comes last, has an address made of its name, and stands in the masthead', async ({
  as,
  db,
}) => {
  const browser = await as.admin();
  const page = await browser.visit('/admin/sections');
  const saved = await page.press('Add section', {
    name: 'Law &  courts',
    description: 'Cases, and what they decide.',
  });
  expect(saved.main).toContain('Saved.');
  expect((await slugs(db)).at(-1)).toBe('law-courts');
  const masthead = (await as.visitor().visit('/about')).document.querySelector('.mast .sections');
  expect(masthead?.querySelector('li:last-child a')?.getAttribute('href')).toBe('/s/law-courts');
  const [action] = await db.select().from(actions);
  expect(action).toMatchObject({ kind: 'add-section', data: { what: 'Law & courts' } });
  const [event] = await db.select().from(events).orderBy(events.id);
  expect(event).toMatchObject({ kind: 'section-added', data: { sectionId: await idOf(db, 'law-courts') } });
});

test('a name that is nothing, too long, or taken comes back as typed', async ({ as, db }) => {
  const browser = await as.admin();
  const page = await browser.visit('/admin/sections');
  for (const [name, error] of [
    ['', 'A name needs letters or digits.'],
    ['— ! —', 'A name needs letters or digits.'],
    ['x'.repeat(61), 'The name is too long by 1: it may have 60 characters.'],
    ['models RESEARCH', 'There is a section of this name'],
  ] as const) {
    const refused = await page.press('Add section', { name, description: 'kept' });
    expect(refused.status, name).toBe(422);
    const field = refused.document.querySelector('#name');
    expect(field?.getAttribute('value'), name).toBe(name);
    expect(field?.getAttribute('aria-invalid')).toBe('true');
    expect(refused.document.querySelector('#name-e')?.textContent).toContain(error);
    expect(refused.document.querySelector('#description')?.getAttribute('value')).toBe('kept');
    expect(refused.document.querySelector('[role="alert"] a')?.getAttribute('href')).toBe('#name');
  }
  const long = await page.press('Add section', { name: 'Law', description: 'y'.repeat(201) });
  expect(long.document.querySelector('#description-e')?.textContent).toContain('too long by 1');
  expect(await db.$count(sections)).toBe(7);
});

test('changing a section keeps its address, moves it to its place, and says so in the log', async ({
  as,
  db,
}) => {
  const id = await idOf(db, 'regions');
  const page = await (await as.admin()).visit('/admin/sections');
  const saved = await page.press('Save', { name: 'Countries', place: '2', description: '' }, form(id));
  expect(saved.main).toContain('Saved.');
  expect(await slugs(db)).toEqual([
    'funding',
    'regions',
    'infrastructure',
    'models-research',
    'tooling-enterprise',
    'policy-security',
    'work-skills',
  ]);
  const masthead = (await as.visitor().visit('/about')).document.querySelector('.mast .sections');
  expect(masthead?.querySelector('li:nth-child(3)')?.textContent?.trim()).toBe('Countries');
  const [action] = await db.select().from(actions);
  expect(action).toMatchObject({
    kind: 'edit-section',
    reason:
      'Name: Regions → Countries. Description: News that belongs to one country or part of the world. → (empty). Place: 6 → 2.',
    data: { what: 'Regions', changes: { place: { from: 6, to: 2 } } },
  });
  expect((await db.select().from(events))[0]).toMatchObject({
    kind: 'section-changed',
    data: { sectionId: id },
  });
});

test('places reach from the first to the last, wherever a section stood', async ({ as, db }) => {
  const browser = await as.admin();
  const move = async (slug: string, place: string) => {
    const page = await browser.visit('/admin/sections');
    await page.press('Save', { place }, form(await idOf(db, slug)));
  };
  await move('work-skills', '1');
  expect((await slugs(db))[0]).toBe('work-skills');
  await move('funding', '9999');
  expect((await slugs(db)).at(-1)).toBe('funding');
  await move('funding', '6');
  expect((await slugs(db)).slice(-2)).toEqual(['funding', 'regions']);
  const rows = await db.select({ position: sections.position }).from(sections).orderBy(sections.position);
  expect(rows.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('a weight ranks the section’s topics anew', async ({ as, db, make, drain }) => {
  const topic = await make.topic({ section: 'regions' });
  const other = await make.topic({ section: 'funding' });
  const ranks = async () => {
    const { rows } = await db.execute<{ id: string; rank: number }>(
      'select id, hot_rank as rank from topics order by id',
    );
    return new Map(rows.map(({ id, rank }) => [Number(id), rank]));
  };
  const before = await ranks();
  const page = await (await as.admin()).visit('/admin/sections');
  const saved = await page.press('Save', { modifier: '-0,5' }, form(await idOf(db, 'regions')));
  expect(saved.main).toContain('weight -0.5');
  await drain();
  const now = await ranks();
  expect(now.get(topic.id)).toBeCloseTo((before.get(topic.id) ?? 0) - 0.5, 6);
  expect(now.get(other.id)).toBeCloseTo(before.get(other.id) ?? 0, 6);
});

test('a place or weight that is none stands beside its field, in the form that was sent', async ({
  as,
  db,
}) => {
  const id = await idOf(db, 'regions');
  const page = await (await as.admin()).visit('/admin/sections');
  for (const [place, modifier] of [
    ['0', '1.5'],
    ['', ''],
    ['-1', 'NaN'],
    ['1.5', '1e-1'],
  ] as const) {
    const refused = await page.press('Save', { name: 'Countries', place, modifier }, form(id));
    expect(refused.status).toBe(422);
    const sent = refused.document.querySelector(form(id));
    expect(sent?.closest('details')?.hasAttribute('open')).toBe(true);
    expect(refused.document.querySelectorAll('details[open]')).toHaveLength(1);
    expect(sent?.querySelector('[name="name"]')?.getAttribute('value')).toBe('Countries');
    expect(sent?.querySelector('[name="place"]')?.getAttribute('value')).toBe(place);
    expect(sent?.querySelector('[name="modifier"]')?.getAttribute('value')).toBe(modifier);
    expect(sent?.querySelector(`#place-${id}-e`)?.textContent).toContain('Give a place in the row');
    expect(sent?.querySelector(`#modifier-${id}-e`)?.textContent).toContain('from -1 to 1');
    expect(refused.document.querySelector(`[role="alert"] a[href="#place-${id}"]`)).not.toBeNull();
  }
  expect(await db.$count(actions)).toBe(0);
});

test('no two fields of the page share an id', async ({ as }) => {
  const { document } = await (await as.admin()).visit('/admin/sections');
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an empty section can be removed; one with a topic, whatever its state, cannot', async ({
  as,
  db,
  make,
  clock,
}) => {
  await make.topic({ section: 'regions', hiddenAt: clock.now() });
  const browser = await as.admin();
  const page = await browser.visit('/admin/sections');
  const [regions, funding] = [await idOf(db, 'regions'), await idOf(db, 'funding')];
  expect(page.document.querySelector(`${form(regions)} [name="remove"]`)).toBeNull();
  const refused = await browser.post(`/admin/sections/${regions}`, { remove: '1' });
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('There are topics in this section');
  const saved = await page.press('Remove', {}, form(funding));
  expect(saved.main).toContain('Saved.');
  expect(await slugs(db)).not.toContain('funding');
  expect((await db.select().from(actions)).at(-1)).toMatchObject({
    kind: 'remove-section',
    reason: 'The section Funding held no topics and was removed.',
  });
  expect((await browser.post(`/admin/sections/${funding}`, { remove: '1' })).status).toBe(404);
});

test('the last section stays, and sections have a number beyond which there are no more', async ({
  as,
  db,
}) => {
  const browser = await as.admin();
  for (const slug of (await slugs(db)).slice(1))
    await browser.post(`/admin/sections/${await idOf(db, slug)}`, { remove: '1' });
  const [last = ''] = await slugs(db);
  expect((await browser.post(`/admin/sections/${await idOf(db, last)}`, { remove: '1' })).status).toBe(409);
  await db.insert(sections).values(
    Array.from({ length: MOST_SECTIONS - 1 }, (_, n) => ({
      slug: `s${n}`,
      name: `S${n}`,
      position: n + 2,
    })),
  );
  expect((await browser.post('/admin/sections', { name: 'One more' })).status).toBe(409);
});

test('of many who remove sections at once, one section is left', async ({ as, db }) => {
  const browser = await as.admin();
  const ids = await Promise.all((await slugs(db)).map((slug) => idOf(db, slug)));
  const answers = await Promise.all(ids.map((id) => browser.post(`/admin/sections/${id}`, { remove: '1' })));
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
  expect(await db.$count(sections)).toBe(1);
});

test('addresses of sections that are none are not found', async ({ as }) => {
  const browser = await as.admin();
  for (const id of ['0', 'x', '99999999999999999999', '123456'])
    expect(
      (await browser.post(`/admin/sections/${id}`, { name: 'A', place: '1', modifier: '0' })).status,
    ).toBe(404);
});
