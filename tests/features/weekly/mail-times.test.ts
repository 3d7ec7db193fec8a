// Members choose when gathered mails come, and ask for the week.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members } from '../../../src/db/schema/index.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { expect, test } from '../../support/forum.ts';

const TIMES = '/settings/notices/times';

async function timesOf(db: Database, id: MemberId) {
  const { timeZone, mailHour, mailDay, weekByMailSince } = members;
  const [row] = await db
    .select({ timeZone, mailHour, mailDay, weekByMailSince })
    .from(members)
    .where(eq(members.id, id));
  return row;
}

test('time zone, hour and day are chosen, and the page says when the next mail comes', async ({
  db,
  make,
  as,
  clock,
}) => {
  const member = await make.member();
  const page = await (await as.member(member)).visit(TIMES);
  expect(page.main).toContain('comes next on Saturday 4 April, 08:00 UTC');
  expect(page.main).toContain('on Monday 6 April, 08:00 UTC');
  const vienna = page.document.querySelector('optgroup[label="Europe"] option[value="Europe/Vienna"]');
  expect(vienna?.textContent).toBe('Vienna (16:30)');

  const saved = await page.press('Save', {
    ...{ timeZone: 'Pacific/Auckland', mailHour: '23', mailDay: '5', week: true },
  });
  expect(saved.main).toContain('Your choice is saved.');
  // It is Saturday there already.
  expect(saved.main).toContain('comes next on Saturday 4 April, 23:00 Pacific/Auckland');
  expect(saved.main).toContain('on Friday 10 April, 23:00 Pacific/Auckland');
  expect(saved.main).toContain('A week is over on Monday, 12:00, by your clock');
  const times = { timeZone: 'Pacific/Auckland', mailHour: 23, mailDay: 5 };
  expect(await timesOf(db, member.id)).toEqual({ ...times, weekByMailSince: clock.now() });

  // Saving again is not asking again.
  clock.advance({ days: 1 });
  const again = await saved.press('Save', { mailHour: '7' });
  expect(again.document.querySelector('[name=week]')?.hasAttribute('checked')).toBe(true);
  expect((await timesOf(db, member.id))?.weekByMailSince).toEqual(clock.ago({ days: 1 }));
  await again.press('Save', { week: false });
  expect(await timesOf(db, member.id)).toEqual({ ...times, mailHour: 7, weekByMailSince: null });
});

test('what the page does not offer is refused, beside its field', async ({ db, make, as }) => {
  const member = await make.member();
  const browser = await as.member(member);
  const answer = await browser.post(TIMES, { timeZone: '+01:00', mailHour: '24', mailDay: '0', week: '1' });
  expect(answer.status).toBe(422);
  for (const error of ['one of these time zones', 'one of these hours', 'one of these days'])
    expect(answer.text).toContain(error);
  expect(await timesOf(db, member.id)).toEqual({
    ...{ timeZone: 'UTC', mailHour: 8, mailDay: 1, weekByMailSince: null },
  });
  // An older name of a zone, which browsers still send.
  await browser.post(TIMES, { timeZone: 'asia/katmandu', mailHour: '8', mailDay: '7' });
  expect((await timesOf(db, member.id))?.timeZone).toMatch(/^Asia\/Kath?mandu$/);
  expect((await browser.visit(TIMES)).html).toMatch(/<option value="Asia\/Kath?mandu" selected>/);
});

test('the week is asked for with one press; visitors log in first', async ({ db, make, as, clock }) => {
  const member = await make.member();
  const weeks = await (await as.member(member)).visit('/weeks');
  const asked = await weeks.press('Get it by mail');
  expect(asked.url).toBe('/weeks');
  expect(asked.main).toContain('You get it. Next: Monday 6 April, 08:00 UTC.');
  expect((await timesOf(db, member.id))?.weekByMailSince).toEqual(clock.now());
  expect((await asked.press('Stop it')).main).toContain('Get it by mail');
  expect((await timesOf(db, member.id))?.weekByMailSince).toBeNull();

  const visitor = as.visitor();
  expect((await (await visitor.visit('/weeks')).follow('Log in to get it')).url).toBe(
    '/sign-in?next=%2Fweeks',
  );
  for (const path of [TIMES, '/weeks/mail'])
    expect((await visitor.post(path, { ask: '1' })).headers.location, path).toMatch(/^\/sign-in/);
});

test('who has no confirmed address is told that no mail comes', async ({ make, as }) => {
  const unconfirmed = await as.member(await make.member({ confirmedAt: null }));
  expect((await unconfirmed.visit(TIMES)).main).toContain('Mails go to confirmed addresses alone');
  expect((await (await as.member()).visit(TIMES)).main).not.toContain('confirmed addresses');
});
