// A process that nobody asks for pages leaves the database alone, and shows nothing of what it may not have heard.
import { setImmediate as settled } from 'node:timers/promises';
import pg from 'pg';
import { vi } from 'vitest';
import { Hearing } from '../../../src/web/page-cache/hearing.ts';
import { expect } from '../../support/forum.ts';
import { test } from './other-process.ts';

test('what others tell is read each second while pages are asked for, and seldom at rest: whoever asks ends that', async ({
  forum,
  app,
}) => {
  void app;
  const begun = performance.now.bind(performance);
  let passed = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => begun() + passed);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const queries = vi.spyOn(pg.Client.prototype, 'query');
  let reads = 0;
  const hearing = new Hearing({
    ...{ url: forum.url, toldBy: 'a third process', onBack: () => undefined, onGone: () => undefined },
    onTrouble: () => undefined,
    onChanges: () => (reads += 1),
  });
  const answered = async (): Promise<void> => {
    await Promise.all(queries.mock.results.map(({ value }) => value as unknown));
    await settled();
  };
  const readsIn = async (seconds: number): Promise<number> => {
    const before = reads;
    for (let each = 0; each < seconds; each += 1) {
      passed += 1_000;
      vi.advanceTimersByTime(1_000);
      await answered();
    }
    return reads - before;
  };
  try {
    await hearing.start();
    expect(await readsIn(50)).toBe(50);
    // Nobody has asked for a minute.
    await readsIn(20);
    expect(await readsIn(60)).toBe(2);
    expect(hearing.isLive()).toBe(false);
    await answered();
    expect(hearing.isLive()).toBe(true);
    expect(await readsIn(5)).toBe(5);
  } finally {
    vi.useRealTimers();
    await hearing.close();
    vi.restoreAllMocks();
  }
});
