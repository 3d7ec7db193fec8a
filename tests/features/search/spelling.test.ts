// "Did you mean": corrected by words that everybody can see, and only to what finds more.
import { asc } from 'drizzle-orm';
import { searchWords } from '../../../src/db/schema/index.ts';
import { rebuildSearchWords } from '../../../src/features/search/jobs.ts';
import { expect, test } from '../../support/forum.ts';

const addressOf = (q: string) => `/search?${new URLSearchParams({ q }).toString()}`;

test('the words are those of at least two topics that everybody can see', async ({ make, db, clock }) => {
  await make.topic({ title: 'Nvidia ships transformers' });
  await make.topic({ title: 'Nvidia at 42 <sells> transformers' });
  await make.topic({ title: 'Only once' });
  for (const fate of [{ heldAt: clock.now() }, { withdrawnAt: clock.now() }]) {
    await make.topic({ title: 'Secretword here', ...fate });
  }
  const hidden = [
    await make.topic({ title: 'Secretword there' }),
    await make.topic({ title: 'Secretword too' }),
  ];
  for (const { id } of hidden) await make.hide({ topic: id });
  await rebuildSearchWords(db, {}, clock.now());
  await rebuildSearchWords(db, {}, clock.now());
  expect(await db.select().from(searchWords).orderBy(asc(searchWords.word))).toEqual([
    { word: 'nvidia', topics: 2 },
    { word: 'transformers', topics: 2 },
  ]);
});

test('a slip is corrected beside operators that stay, where that finds more', async ({
  make,
  db,
  as,
  clock,
}) => {
  for (let n = 0; n < 6; n += 1)
    await make.topic({ title: `Nvidia ships transformers ${n}`, section: 'funding' });
  await rebuildSearchWords(db, {}, clock.now());
  const browser = as.visitor();
  const page = await browser.visit(addressOf('nvdia "ships trasformers" section:funding'));
  expect(page.main).toContain('Nothing matches.');
  const better = await page.follow('nvidia "ships transformers" section:funding');
  expect(better.main).toContain('6 results');
  expect(better.main).not.toContain('Did you mean');
  // Known words that find nothing together, words like none, and what is left out.
  for (const q of ['nvidia transformers quetzalcoatl', 'xyzzyplugh', 'ships -nvdia', 'nvdia before:2020']) {
    expect((await browser.visit(addressOf(q))).main).not.toContain('Did you mean');
  }
});
