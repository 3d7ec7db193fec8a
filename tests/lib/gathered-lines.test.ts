import Fastify from 'fastify';
import { expect, test, vi } from 'vitest';
import { gatheredLines } from '../../src/lib/gathered-lines.ts';

function logged() {
  const written: string[] = [];
  const stream = gatheredLines({ write: (text: string) => written.push(text) > 0 });
  const { log } = Fastify({ logger: { level: 'info', stream } });
  const messages = () =>
    written.map((text) =>
      text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { msg: string }).msg),
    );
  return { log, messages };
}

test('lines are written together, soon', async () => {
  const { log, messages } = logged();
  log.info('one');
  log.info('two');
  expect(messages()).toEqual([]);
  await vi.waitFor(() => expect(messages()).toEqual([['one', 'two']]));
});

test('a warning is written at once, with all before it; so are many lines', () => {
  const { log, messages } = logged();
  log.info('before');
  log.warn('trouble');
  expect(messages()).toEqual([['before', 'trouble']]);
  for (let n = 0; n < 1_000; n += 1) log.info('an ordinary line of some length');
  expect(messages().length).toBeGreaterThan(1);
});

test('what was gathered when the process ends is written', () => {
  const { log, messages } = logged();
  log.info('last words');
  const [flush] = process.listeners('exit').slice(-1);
  flush?.(0);
  expect(messages()).toEqual([['last words']]);
});
