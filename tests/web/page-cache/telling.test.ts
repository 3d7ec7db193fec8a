// How often a process tells the others that there is something to read: what hides something does not wait for what does not.
import pg from 'pg';
import { vi } from 'vitest';
import { Hearing } from '../../../src/web/page-cache/hearing.ts';
import { expect } from '../../support/forum.ts';
import { test } from './other-process.ts';

test('what comes at once is told together, at the first moment that one of it asks for, and the last before the end', async ({
  forum,
  app,
}) => {
  void app;
  const nothing = () => undefined;
  const hearing = new Hearing({
    ...{ url: forum.url, toldBy: 'a third process', onBack: nothing, onGone: nothing, onTrouble: nothing },
    onChanges: nothing,
  });
  await hearing.start();
  const listener = new pg.Client({ connectionString: forum.url });
  let heard = 0;
  listener.on('notification', ({ payload }) => {
    if (payload === 'a third process') heard += 1;
  });
  await listener.connect();
  await listener.query('listen page_changes');
  const queries = vi.spyOn(pg.Client.prototype, 'query');
  const told = () => queries.mock.calls.filter(([text]) => String(text).includes('pg_notify')).length;
  let now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const pass = (ms: number) => {
    now += ms;
    vi.advanceTimersByTime(ms);
  };
  try {
    hearing.tell(100);
    expect(told()).toBe(1);
    pass(5);
    hearing.tell(100);
    hearing.tell(20);
    hearing.tell(100);
    pass(14);
    expect(told()).toBe(1);
    pass(1);
    expect(told()).toBe(2);
    pass(500);
    expect(told()).toBe(2);
    hearing.tell(100);
    hearing.tell(100);
    expect(told()).toBe(3);
    pass(99);
    expect(told()).toBe(3);
    // Answered, so that the last one is all that the end waits for.
    await Promise.all(queries.mock.results.map(({ value }) => value as unknown));
    await hearing.close();
    vi.useRealTimers();
    await expect.poll(() => heard).toBe(4);
  } finally {
    vi.useRealTimers();
    await listener.end();
    vi.restoreAllMocks();
    await hearing.close();
  }
});
