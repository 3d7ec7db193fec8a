// The newest matches are the same however the stretches of time are cut in which they are looked for.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectNewest } from '../../../src/features/search/queries/windows.ts';

const moment = fc.integer({ min: 0, max: 1_000 }).map((at) => new Date(at));
const maybe = fc.option(moment, { nil: undefined });

test('any bounds, whatever they cut, find the newest matches, each once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(moment, { maxLength: 200 }),
      fc.uniqueArray(moment, { maxLength: 30, selector: Number }),
      fc.record({
        from: maybe,
        until: maybe,
        want: fc.integer({ min: 1, max: 50 }),
        first: fc.integer({ min: 1, max: 5 }),
      }),
      async (times, cuts, { from, until, want, first }) => {
        const newestFirst = times.toSorted((a, b) => Number(b) - Number(a));
        const within = (span: { from: Date | undefined; until: Date | undefined }) =>
          newestFirst.filter((at) => (!span.from || at >= span.from) && (!span.until || at < span.until));
        let looks = 0;
        const bounds = cuts.toSorted((a, b) => Number(b) - Number(a));
        const found = await collectNewest(want, { from, until, bounds, first }, async (window, rest) => {
          looks += 1;
          return within(window).slice(0, rest);
        });
        expect(found).toEqual(within({ from, until }).slice(0, want));
        expect(looks).toBeLessThanOrEqual(bounds.length + 1);
      },
    ),
  );
});
