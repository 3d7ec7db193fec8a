// Members read the times of pages by the clock of their own zone; visitors in UTC, which a script makes theirs.
import { expect, test } from '../support/forum.ts';

const whole = (document: Document) =>
  [...document.querySelectorAll('main time, .mast + form time')].map((time) => time.textContent);

test.for([
  ['UTC', '3 July 2026, 22:30 UTC'],
  ['Europe/Berlin', '4 July 2026, 00:30 CEST'],
  ['America/New_York', '3 July 2026, 18:30 GMT-4'],
  ['Asia/Kathmandu', '4 July 2026, 04:15 GMT+5:45'],
  ['Mars/Olympus', '3 July 2026, 22:30 UTC'],
] as const)('in %s it is %s', async ([timeZone, text], { as, make }) => {
  const topic = await make.topic({ postedAt: new Date('2026-07-03T22:30:00Z') });
  const path = `/t/${topic.id}/${topic.slug}`;
  const page = await (await as.member(await make.member({ timeZone }))).visit(path);
  expect(whole(page.document)).toContain(text);
  expect(page.document.querySelector('main time')?.getAttribute('datetime')).toBe('2026-07-03T22:30:00.000Z');
  const zone = page.document.documentElement.getAttribute('data-zone');
  expect(zone).toBe(timeZone === 'UTC' ? null : timeZone);
  const visitor = await as.visitor().visit(path);
  expect(whole(visitor.document)).toContain('3 July 2026, 22:30 UTC');
});

test('a text that looks like a time stays as it was typed', async ({ as, make }) => {
  const typed = '<time datetime="2026-07-03T22:30:00.000Z">3 July 2026, 22:30 UTC</time>';
  const topic = await make.topic({ title: typed, body: typed });
  const browser = await as.member(await make.member({ timeZone: 'Europe/Berlin' }));
  const page = await browser.visit(`/t/${topic.id}/${topic.slug}`);
  expect(page.document.querySelector('h1')?.textContent).toBe(typed);
  expect(page.document.querySelector('.prose')?.textContent).toContain(typed);
});
