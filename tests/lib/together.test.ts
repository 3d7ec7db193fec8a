// Work for several at once: who waits for whom, and what each is told.
import { expect, test } from 'vitest';
import { type Asking, Together } from '../../src/lib/together.ts';

type All = readonly Asking<string, string>[];

/** Work that goes on until it is told to end, each time. */
function heldWork() {
  const begun: { readonly asked: readonly string[]; readonly end: (how: (all: All) => void) => void }[] = [];
  const together = new Together<string, string>(async (all) => {
    const how = await new Promise<(all: All) => void>((end) => {
      begun.push({ asked: all.map(({ asked }) => asked), end });
    });
    how(all);
  });
  return { together, begun };
}

const answer = (all: All) => {
  for (const { asked, resolve } of all) resolve(`${asked}!`);
};
const settled = () => new Promise(setImmediate);

test('the first is done at once, those who come meanwhile are done together, and then nobody waits', async () => {
  const { together, begun } = heldWork();
  const [a, b, c] = ['a', 'b', 'c'].map((asked) => together.ask(1, asked));
  expect(begun.map(({ asked }) => asked)).toEqual([['a']]);
  begun[0]!.end(answer);
  expect(await a).toBe('a!');
  await settled();
  expect(begun.map(({ asked }) => asked)).toEqual([['a'], ['b', 'c']]);
  begun[1]!.end(answer);
  expect(await Promise.all([b, c])).toEqual(['b!', 'c!']);
  await settled();
  void together.ask(1, 'd');
  expect(begun.map(({ asked }) => asked)).toEqual([['a'], ['b', 'c'], ['d']]);
});

test('what is about something else does not wait', () => {
  const { together, begun } = heldWork();
  void together.ask(1, 'a');
  void together.ask(2, 'b');
  expect(begun.map(({ asked }) => asked)).toEqual([['a'], ['b']]);
});

test('what goes wrong is told to those who were not told yet, and those who come after are done all the same', async () => {
  const { together, begun } = heldWork();
  const outcomes = Promise.allSettled(['a', 'b', 'c'].map((one) => together.ask(1, one)));
  begun[0]!.end((all) => {
    answer(all);
    throw new Error('too late to matter');
  });
  await settled();
  begun[1]!.end(([b]) => {
    b!.resolve('b!');
    throw new Error('broken');
  });
  await settled();
  expect(
    (await outcomes).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
  ).toEqual(['a!', 'b!', 'Error: broken']);
  await settled();
  void together.ask(1, 'e');
  expect(begun.at(-1)?.asked).toEqual(['e']);
});
