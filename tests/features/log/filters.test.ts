// What can be asked of the log: each filter alone and with others, remembered from page to page.
import { expect, test } from '../../support/forum.ts';
import { decisions, rowsOf } from './deciding.ts';

/** The reasons of the rows at an address: each decision of these tests has its own. */
const reasons = (page: Parameters<typeof rowsOf>[0]) =>
  rowsOf(page).map((row) => row.split(' | ')[3]?.split(' ')[0]);

test('by action, moderator, section, rule, day, automatic ones and those undone', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide, undo } = decisions(db, clock);
  const marta = await make.member({ name: 'marta_l', role: 'moderator' });
  const tomas = await make.member({ name: 'tomas_r', role: 'moderator' });
  const funding = await make.topic({ section: 'funding' });
  const regions = await make.topic({ section: 'regions' });
  const reply = await make.reply({ topic: regions });
  const day = (n: number, hour = 12) => new Date(Date.UTC(2026, 2, n, hour));
  await decide({ kind: 'lock', by: marta, topicId: funding.id, reason: 'A', rule: 4, at: day(1, 0) });
  await decide({ by: tomas, topicId: regions.id, postId: reply.id, reason: 'B', rule: 2, at: day(2, 23) });
  await decide({ kind: 'pin', topicId: regions.id, reason: 'C', at: day(3) });
  const d = await decide({ by: marta, topicId: funding.id, reason: 'D', rule: 40, at: day(4) });
  await undo(d, { by: tomas, topicId: funding.id, reason: 'E', at: day(5) });
  // Touches a reply of another section: only that row is of the section.
  await decide({
    kind: 'suspend',
    by: tomas,
    memberId: marta.id,
    postIds: [reply.id],
    reason: 'F',
    at: day(6),
  });
  const browser = as.visitor();
  const found = async (query: string) => reasons(await browser.visit(`/moderation/log?${query}`)).join('');
  expect(await found('')).toBe('FFEDCBA');
  expect(await found('action=lock')).toBe('A');
  expect(await found('by=Marta_L')).toBe('DA');
  expect(await found('section=funding')).toBe('EDA');
  expect(await found('section=regions')).toBe('FCB');
  expect(await found('rule=4')).toBe('A');
  expect(await found('rule=none')).toBe('FFEC');
  expect(await found('from=2026-03-02')).toBe('FFEDCB');
  expect(await found('to=2026-03-02')).toBe('BA');
  expect(await found('from=2026-03-02&to=2026-03-03')).toBe('CB');
  expect(await found('automatic=1')).toBe('C');
  expect(await found('undone=1')).toBe('D');
  expect(await found(`decision=${d}`)).toBe('D');
  expect(await found('by=marta_l&section=funding&rule=40&undone=1')).toBe('D');
  expect(await found('by=nobody_here')).toBe('');
});

test('what is not on offer narrows nothing; a cursor that was not written here is refused', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide } = decisions(db, clock);
  const topic = await make.topic();
  await decide({ topicId: topic.id });
  const browser = as.visitor();
  for (const query of [
    ...[
      'action=keep',
      'section=nowhere',
      'rule=0',
      'rule=x',
      'from=2026-02-30',
      'to=0000-01-01',
      'from=soon',
    ],
    ...['decision=x', 'automatic=0', 'by=', 'from[]=2026-01-01'],
  ])
    expect(rowsOf(await browser.visit(`/moderation/log?${query}`)), query).toHaveLength(1);
  for (const after of [
    ...[
      'nonsense',
      '2026-04-03T14:30:00.000Z_1',
      '2026-02-30T14:30:00.000Z_1_0',
      '2026-04-03T14:30:00.000Z_1_01',
    ],
    ...['2026-04-03T14:30:00.000Z_0_0', '2026-04-03T14:30:00.000Z_1_-1', '_1_1'],
  ])
    expect((await browser.get(`/moderation/log?after=${after}`)).status, after).toBe(400);
});

test('the form shows what is asked for, and the next page asks for it, too', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide } = decisions(db, clock);
  const by = await make.member({ name: 'marta_l', role: 'moderator' });
  const topic = await make.topic({ section: 'regions' });
  for (let n = 0; n < 42; n += 1)
    await decide({ kind: n % 7 === 0 ? 'pin' : 'lock', by, topicId: topic.id, rule: 3, reason: `N${n}` });
  const first = await as.visitor().visit('/moderation/log');
  const asked = {
    action: 'lock',
    by: 'marta_l',
    section: 'regions',
    rule: '3',
    from: '2026-04-01',
    to: '2026-04-30',
  };
  const found = await first.press('Filter', asked);
  expect(rowsOf(found)).toHaveLength(30);
  for (const [name, value] of Object.entries(asked)) {
    const { document } = found;
    const shown =
      document.querySelector(`#f-${name} option[selected]`) ?? document.querySelector(`#f-${name}`);
    expect(shown?.getAttribute('value'), name).toBe(value);
  }
  expect(found.document.querySelector('details[open]')).not.toBeNull();
  const query = new URLSearchParams(
    found.document.querySelector('a[rel="next"]')?.getAttribute('href')?.split('?')[1],
  );
  for (const [name, value] of Object.entries(asked)) expect(query.get(name), name).toBe(value);
});
