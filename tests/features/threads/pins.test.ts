// However many topics are pinned, each stands on the front page: above the list, or in it.
import { expect, test } from '../../support/forum.ts';

test.for([
  ['the front page', '/'],
  ['its section', '/s/funding'],
] as const)('on %s every pinned topic stands once', async ([, path], { make, as, clock }) => {
  const soon = new Date(clock.now().getTime() + 86_400_000);
  const titles = Array.from({ length: 12 }, (_, n) => `Pinned topic ${String.fromCharCode(65 + n)}`);
  for (const title of titles) await make.topic({ title, pinnedUntil: soon });
  await make.topic({ title: 'Not pinned' });
  const { document } = await as.visitor().visit(path);
  const shown = [...document.querySelectorAll('.row-title a')].map((link) => link.textContent.trim());
  expect(shown.toSorted()).toEqual(['Not pinned', ...titles]);
  expect(document.querySelectorAll('.is-pinned')).toHaveLength(10);
});
