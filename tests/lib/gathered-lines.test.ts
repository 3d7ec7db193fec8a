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
  return { log, messages, written };
}

test('lines are written together, soon', async () => {
  const { log, messages } = logged();
  log.info('one');
  log.info('two');
  expect(messages()).toEqual([]);
  await vi.waitFor(() => expect(messages()).toEqual([['one', 'two']]));
});

test('a warning is written at once, with all before it', () => {
  const { log, messages } = logged();
  log.info('before');
  log.warn('trouble');
  expect(messages()).toEqual([['before', 'trouble']]);
});

test('many lines are written in pieces that a pipe takes whole, whatever their letters', () => {
  const { log, written, messages } = logged();
  for (let n = 0; n < 1_000; n += 1) log.info('an ordinary line, 一行 ✓');
  log.warn('the last');
  expect(messages().flat()).toHaveLength(1_001);
  expect(written.length).toBeLessThan(100);
  for (const piece of written) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(4_096);
});

test('what was gathered when the process ends is written', () => {
  const { log, messages } = logged();
  log.info('last words');
  const [flush] = process.listeners('exit').slice(-1);
  flush?.(0);
  expect(messages()).toEqual([['last words']]);
});
