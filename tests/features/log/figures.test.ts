// The figures of the log against rows that were counted by hand.
import { queueItems, type QueueItemKind } from '../../../src/db/schema/index.ts';
import { stackedChart } from '../../../src/features/log/pages/chart.ts';
import { expect, test } from '../../support/forum.ts';
import { decisions } from './deciding.ts';

test('time to a decision, what was undone on appeal, what was automatic, and each month by rule', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide, undo, appeal } = decisions(db, clock);
  const by = await make.member({ role: 'moderator' });
  const member = await make.member();
  const topic = await make.topic();
  const on = (text: string) => new Date(`${text}Z`);
  const march = await decide({ by, rule: 4, topicId: topic.id, at: on('2026-03-31T23:59:59') });
  await decide({ by, rule: 4, topicId: topic.id, at: on('2026-04-01T00:00:00') });
  await decide({ rule: 2, topicId: topic.id, at: on('2026-04-02T00:00:00') });
  await decide({ kind: 'lock', by, topicId: topic.id, at: on('2025-05-01T00:00:00') });
  // Not in the log, and before the year.
  await decide({ kind: 'keep', by, topicId: topic.id });
  const before = await decide({ by, rule: 1, topicId: topic.id, at: on('2025-04-30T23:59:59') });
  await appeal(march, member, 'reversed');
  await undo(march, { by, topicId: topic.id, rule: 4, at: on('2026-04-02T12:00:00') });
  await appeal(before, member, 'upheld');

  const waited = async (kind: QueueItemKind, hours: number, closed = true) => {
    const reply = await make.reply({ topic });
    const openedAt = new Date(clock.now().getTime() - hours * 3_600_000);
    await db.insert(queueItems).values({
      ...{ kind, postId: reply.id, openedAt },
      ...{ closedAt: clock.now(), closedByActionId: closed ? march : null },
    });
  };
  for (const hours of [1, 2, 30]) await waited('flagged', hours);
  await waited('held', 0.25);
  // Taken back: nobody decided it.
  await waited('flagged', 500, false);

  const page = await as.visitor().visit('/moderation/log/figures');
  const facts = [...page.document.querySelectorAll('.figures dd')].map((fact) => fact.textContent);
  expect(facts).toEqual([
    '1.5 hours of 4 items that moderators decided',
    '50 % 1 of 2 decisions that somebody appealed against',
    '20 % 1 of 5 decisions in the log',
  ]);
  const cells = (row: Element) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent);
  const [months, waiting] = [...page.document.querySelectorAll('table')].map((table) =>
    [...table.querySelectorAll('tr')].map(cells),
  );
  expect(months?.slice(0, 2)).toEqual([
    ['Month', 'Rule 2', 'Rule 4', 'No rule', 'All'],
    ['May 2025', '0', '0', '1', '1'],
  ]);
  expect(months?.slice(-2)).toEqual([
    ['Mar 2026', '0', '1', '0', '1'],
    ['Apr 2026', '1', '2', '0', '3'],
  ]);
  expect(months).toHaveLength(13);
  expect(waiting).toEqual([
    ['What', 'Decided', 'Median time'],
    ['Flagged', '3', '2 hours'],
    ['Awaiting approval', '1', '15 minutes'],
  ]);

  // A number leads to as many decisions.
  const april = [...page.document.querySelectorAll('table tr')].find((row) => cells(row)[0] === 'Apr 2026');
  const href = april?.querySelectorAll('a')[1]?.getAttribute('href') ?? '';
  expect(href).toBe('/moderation/log?rule=4&from=2026-04-01&to=2026-04-30');
  expect(
    (await as.visitor().visit(href)).document.querySelectorAll('table.log tbody tr:has(td)'),
  ).toHaveLength(2);

  const chart = page.document.querySelector('.chart svg[role="img"]');
  expect(chart?.getAttribute('aria-label')).toBe(
    'Decisions a month by rule: 5 in twelve months, most of them under rule 4; the busiest month was April 2026 with 3.',
  );
  expect([...(chart?.querySelectorAll('title') ?? [])].map((title) => title.textContent)).toEqual([
    ...['May, No rule: 1', 'Mar, Rule 4: 1', 'Apr, Rule 2: 1', 'Apr, Rule 4: 2'],
  ]);
  expect(page.html).not.toMatch(/style=|<script(?! [^>]*src)/);
});

test('where nothing has been decided, the page says so', async ({ as }) => {
  const page = await as.visitor().visit('/moderation/log/figures');
  expect(page.status).toBe(200);
  expect(page.main).toContain('Nothing has been decided here in the last twelve months.');
  expect(page.document.querySelector('svg[role="img"]')).toBeNull();
});

test.each([
  [[1], 1, 2],
  [[3, 4], 1, 5],
  [[17], 5, 5],
  [[20], 5, 5],
  [[1_001], 500, 4],
])('bars of %j stand between lines %i apart', (values, step, lines) => {
  const chart = stackedChart(
    values.map(String),
    [
      { name: 'Some', values: values.map((value) => Math.floor(value / 2)) },
      { name: 'Others', values: values.map((value) => Math.ceil(value / 2)) },
    ],
    '',
  );
  expect(chart.lines.map(({ label }) => Number(label))).toEqual(
    Array.from({ length: lines }, (_, n) => n * step),
  );
  for (const [n, value] of values.entries()) {
    const [top, base, ceiling] = [14, 196, step * (lines - 1)];
    const heights = chart.bars[n]?.segments.map((segment) => Number(segment.height)) ?? [];
    const height = heights.reduce((sum, each) => sum + each, 0);
    expect(height).toBeCloseTo(((base - top) * value) / ceiling, 1);
    const highest = Math.min(...(chart.bars[n]?.segments.map((segment) => Number(segment.y)) ?? []));
    expect(highest).toBeCloseTo(base - height, 1);
  }
});
