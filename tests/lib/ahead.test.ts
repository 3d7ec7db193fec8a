// Items made ahead of their use: the order, what runs beside what, and every way to end.
import { expect, test } from 'vitest';
import { ahead } from '../../src/lib/ahead.ts';

/** Makes the numbers from 1 to `count`, and tells of each when it is asked for, and of its own end. */
async function* numbers(count: number, told: string[]): AsyncGenerator<number> {
  try {
    for (let n = 1; n <= count; n += 1) {
      told.push(`makes ${n}`);
      await Promise.resolve();
      yield n;
    }
  } finally {
    told.push('ends');
  }
}

async function use(source: AsyncGenerator<number>, told: string[], upTo = Infinity): Promise<void> {
  for await (const n of source) {
    told.push(`uses ${n}`);
    if (n === upTo) break;
  }
}

test('the next item is made while one is in use', async () => {
  const told: string[] = [];
  await use(ahead(numbers(3, told)), told);
  expect(told).toEqual(['makes 1', 'makes 2', 'uses 1', 'makes 3', 'uses 2', 'ends', 'uses 3']);
});

test('one that must be done with holds the next back', async () => {
  const told: string[] = [];
  const isEven = (n: number) => n % 2 === 0;
  await use(ahead(numbers(3, told), isEven), told);
  expect(told).toEqual(['makes 1', 'uses 1', 'makes 2', 'makes 3', 'uses 2', 'uses 3', 'ends']);
});

test.each([1, 2, 3])('who stops at item %i ends the source, with what it was making', async (upTo) => {
  for (const mayGoAhead of [() => true, () => false]) {
    const told: string[] = [];
    await use(ahead(numbers(3, told), mayGoAhead), told, upTo);
    expect(told.filter((text) => text.startsWith('uses'))).toHaveLength(upTo);
    expect(told).toContain('ends');
  }
});

test('a source that fails does so after what it made before', async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    await Promise.resolve();
    throw new Error('no more');
  }
  for (const mayGoAhead of [() => true, () => false]) {
    const told: string[] = [];
    await expect(use(ahead(failing(), mayGoAhead), told)).rejects.toThrow('no more');
    expect(told).toEqual(['uses 1']);
  }
});

test('of a source that fails ahead, who stops before hears nothing', async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    await Promise.resolve();
    throw new Error('no more');
  }
  await expect(use(ahead(failing()), [], 1)).resolves.toBeUndefined();
});
