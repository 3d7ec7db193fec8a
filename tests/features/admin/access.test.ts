// Who gets into the administration at all: admins, and nobody else by any address or method.
import { actions } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';

const READS = ['/admin', '/admin/sections', '/admin/members', '/admin/moderators'];
const WRITES = ['/admin', '/admin/sections', '/admin/sections/1', '/admin/members/1/role'];

test('a visitor is sent to log in and back', async ({ as }) => {
  for (const path of READS) {
    const answer = await as.visitor().get(path);
    expect(answer.status, path).toBe(303);
    expect(answer.headers.location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  }
  for (const path of WRITES) expect((await as.visitor().post(path)).headers.location).toMatch(/^\/sign-in/);
});

test('members and moderators are refused', async ({ as, db }) => {
  for (const browser of [await as.member(), await as.moderator()]) {
    for (const path of READS) expect((await browser.get(path)).status, path).toBe(403);
    for (const path of WRITES) expect((await browser.post(path, { remove: '1' })).status, path).toBe(403);
  }
  expect(await db.$count(actions)).toBe(0);
});

test('an admin’s pages are kept nowhere', async ({ as }) => {
  const browser = await as.admin();
  for (const path of READS) {
    const answer = await browser.get(path);
    expect(answer.status, path).toBe(200);
    expect(answer.headers['cache-control'], path).toBe('no-store');
  }
});

test('every page leads to the others, and says which it is', async ({ as }) => {
  const settings = await (await as.admin()).visit('/admin');
  const sections = await settings.follow('Sections');
  expect(sections.url).toBe('/admin/sections');
  const members = await sections.follow('Members');
  expect(members.url).toBe('/admin/members');
  expect(members.document.querySelector('.tabs [aria-current]')?.textContent).toBe('Members');
  expect((await members.follow('Settings')).url).toBe('/admin');
});
