// Who sees what of a member: choices about search engines and about what the forum remembers.
import { eq } from 'drizzle-orm';
import { members, visits } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';

const NOINDEX = '<meta name="robots" content="noindex">';

test('a member page is kept out of search engines, and let in again', async ({ as, make }) => {
  const member = await make.member({ name: 'diana_f' });
  await make.topic({ author: member });
  const browser = await as.member(member);
  const visitor = as.visitor();
  expect((await visitor.get('/u/diana_f')).text).not.toContain(NOINDEX);
  const saved = await (await browser.visit('/settings/privacy')).press('Save', { hidden: true });
  expect(saved.main).toContain('Your choices have been saved.');
  expect(saved.document.querySelector('[name=hidden]')?.hasAttribute('checked')).toBe(true);
  for (const path of ['/u/diana_f', '/u/diana_f?show=topics'])
    expect((await visitor.get(path)).text, path).toContain(NOINDEX);
  await saved.press('Save', { hidden: false });
  expect((await visitor.get('/u/diana_f')).text).not.toContain(NOINDEX);
});

test('who does not want it remembered leaves no visit, and is shown nothing as new', async ({
  as,
  db,
  make,
}) => {
  const member = await make.member();
  const topic = await make.topic();
  const browser = await as.member(member);
  const page = await browser.visit('/settings/privacy');
  expect(page.main).not.toContain('Forget what I have read');
  await page.press('Save', { forgetful: true });
  const path = `/t/${topic.id}/${topic.slug}`;
  await browser.visit(path);
  expect(await db.select().from(visits)).toEqual([]);
  await (await browser.visit('/settings/privacy')).press('Save', { forgetful: false });
  await browser.visit(path);
  await expect.poll(() => db.$count(visits)).toBe(1);
});

test('what was read is forgotten, and trust is neither lowered nor raised by it', async ({
  as,
  db,
  make,
}) => {
  const member = await make.member({ topicsRead: 0 });
  const topics = [await make.topic(), await make.topic(), await make.topic()];
  const browser = await as.member(member);
  const other = await as.member();
  const read = async () => {
    const [row] = await db.select({ n: members.topicsRead }).from(members).where(eq(members.id, member.id));
    return row?.n;
  };
  const visit = async (n: number, reader = browser) => {
    await reader.visit(`/t/${topics[n]?.id}/${topics[n]?.slug}`);
    await expect.poll(() => db.$count(visits, eq(visits.topicId, topics[n]!.id))).toBeGreaterThan(0);
  };
  await visit(0);
  await visit(1);
  await visit(2, other);
  await expect.poll(read).toBe(2);
  const page = await browser.visit('/settings/privacy');
  expect(page.main).toContain('remembered for 2 topics');
  const forgotten = await page.press('Forget what I have read');
  expect(forgotten.main).toContain('What you have read has been forgotten.');
  expect(await db.select().from(visits)).toMatchObject([{ topicId: topics[2]?.id }]);
  expect(await read()).toBe(2);
  await visit(0);
  await visit(1);
  expect(await read()).toBe(2);
  await browser.visit(`/t/${topics[2]?.id}/${topics[2]?.slug}`);
  await expect.poll(read).toBe(3);
});

test('the choices are for members, and kept nowhere', async ({ as }) => {
  const visitor = as.visitor();
  for (const path of ['/settings/privacy', '/settings/privacy/forget', '/settings/export'])
    expect((await visitor.post(path, {})).headers.location, path).toContain('/sign-in');
  expect((await (await as.member()).get('/settings/privacy')).headers['cache-control']).toBe('no-store');
});
