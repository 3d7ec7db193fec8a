// How much is kept: as many bytes as there is room for, and what was asked for longest ago goes first.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { TopicId } from '../../../src/domain/ids.ts';
import { CodedText } from '../../../src/web/page-cache/coded-text.ts';
import { KeptPages } from '../../../src/web/page-cache/kept-pages.ts';
import { TestClock } from '../../support/clock.ts';

const ROOM = 200_000;
const ABOUT_NOTHING = { topicId: undefined, freshUntil: undefined };

function open(): { pages: KeptPages; clock: TestClock } {
  const clock = new TestClock();
  clock.set('2026-04-03T12:00:00.000Z');
  const pages = new KeptPages({ clock, mostBytes: ROOM });
  pages.open();
  return { pages, clock };
}

async function keep(pages: KeptPages, key: string, topicId?: TopicId): Promise<void> {
  const making = pages.begin(key);
  if (!making) throw new Error('Nothing is kept.');
  const text = await CodedText.of(Buffer.from(randomBytes(10_000).toString('base64')));
  pages.keep(
    making,
    { text, headers: [], etag: '""', logSent: () => undefined },
    { ...ABOUT_NOTHING, topicId },
  );
}

test('the bound holds whatever is kept, and counts what is made of it later', async () => {
  const { pages } = open();
  for (let n = 0; n < 60; n += 1) {
    await keep(pages, `/${n % 40}`);
    const page = pages.find(`/${n % 40}`);
    await page?.text.make('gzip');
    pages.weigh(`/${n % 40}`);
    expect(pages.bytes).toBeLessThanOrEqual(ROOM);
  }
  expect(pages.bytes).toBeGreaterThan(ROOM / 2);
  pages.shut();
  expect(pages.bytes).toBe(0);
});

test('what is asked for stays; what nobody asks for goes', async () => {
  const { pages } = open();
  await keep(pages, '/asked');
  await keep(pages, '/forgotten');
  for (let n = 0; n < 30; n += 1) {
    await keep(pages, `/${n}`);
    pages.find('/asked');
  }
  expect([pages.find('/asked') !== undefined, pages.find('/forgotten')]).toEqual([true, undefined]);
});

test('a page that changed while it was made is not kept, and late ones no longer than they may be', async () => {
  const { pages, clock } = open();
  const [one, two] = [1 as TopicId, 2 as TopicId];
  const text = await CodedText.of(Buffer.from('A page'));
  const page = { text, headers: [], etag: '""', logSent: () => undefined };
  const made = (key: string, topicId: TopicId | undefined, effect: 'grown' | 'voted') => {
    const making = pages.begin(key)!;
    pages.hear([{ effect, topicId: one }]);
    pages.keep(making, page, { ...ABOUT_NOTHING, topicId });
    return (seconds: number) => {
      clock.advance({ seconds });
      return pages.find(key) !== undefined;
    };
  };
  expect(made('/t/1', one, 'grown')(0)).toBe(false);
  const other = made('/t/2', two, 'grown');
  const list = made('/', undefined, 'grown');
  const voted = made('/t/1', one, 'voted');
  expect([other(0), list(0), voted(0)]).toEqual([true, true, true]);
  expect([list(1), voted(2), voted(1), other(0)]).toEqual([false, true, false, true]);
  const doomed = pages.begin('/rules')!;
  pages.hear([{ effect: 'everything' }]);
  pages.open();
  pages.keep(doomed, page, ABOUT_NOTHING);
  expect([pages.find('/rules'), pages.find('/t/2')]).toEqual([undefined, undefined]);
  expect(await doomed.over).toBe(true);
});

test('a kept page holds no more memory than it is counted for: what a compressor gives lies in more room than it fills', async () => {
  const text = await CodedText.of(Buffer.from('All of a page that says the same again. '.repeat(2_000)));
  await text.make('gzip');
  const held = (['br', 'gzip'] as const).map((coding) => text.in(coding)?.buffer.byteLength ?? 0);
  expect(held[0]! + held[1]!).toBe(text.size);
});
