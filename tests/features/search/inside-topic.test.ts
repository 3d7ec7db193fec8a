// Looking for words in one topic.
import { expect, test } from '../../support/forum.ts';
import type { PostRow } from '../../support/make.ts';

test('a topic of many replies is searched by itself, by relevance or in the order of what was said', async ({
  make,
  as,
}) => {
  const author = await make.member();
  const topic = await make.topic({ author, title: 'Counting llamas' });
  const other = await make.topic({ author, title: 'Another llama' });
  const browser = as.visitor();
  const replies: PostRow[] = [];
  for (let n = 0; n < 21; n += 1) {
    expect((await browser.visit(`/t/${topic.id}/${topic.slug}`)).html.includes('Search this topic')).toBe(
      n > 20,
    );
    replies.push(await make.reply({ topic, author, body: n % 7 === 3 ? 'llama '.repeat(n) : 'nothing' }));
  }
  const page = await browser.visit(`/t/${topic.id}/${topic.slug}`);
  const found = await page.press('Search', { q: 'llama' }, 'main');
  const links = (each: typeof found) =>
    [...each.document.querySelectorAll('.items h2 a')].map((link) => link.getAttribute('href'));
  const opening = `/t/${topic.id}/${topic.slug}`;
  const said = [opening, ...[3, 10, 17].map((n) => `/p/${replies[n]?.id}`)];
  expect(links(found).toSorted()).toEqual(said.toSorted());
  expect(found.main).toContain('in “Counting llamas”');
  const inPlace = await found.follow('As it was said');
  expect(links(inPlace)).toEqual(said);
  expect(inPlace.main).toContain('Oldest first');
  // The form stays in the topic and its order until told otherwise.
  expect(links(await inPlace.press('Search', { q: 'llama -counting' }, 'main'))).toEqual(said.slice(1));
  const everywhere = await inPlace.follow('in “Counting llamas” ×, take off');
  expect(links(everywhere)).toContain(`/t/${other.id}/${other.slug}`);
  expect(everywhere.main).not.toContain('As it was said');
});

test('pages in the order of what was said neither skip nor repeat', async ({ make, as }) => {
  const author = await make.member();
  const topic = await make.topic({ author, title: 'Counting' });
  for (let n = 0; n < 45; n += 1) await make.reply({ topic, author, body: `llama ${n}` });
  const seen: string[] = [];
  let page = await as.visitor().visit(`/search?q=llama+topic:${topic.id}&sort=place`);
  for (;;) {
    seen.push(...[...page.document.querySelectorAll('.items .prose')].map((text) => text.textContent ?? ''));
    if (!page.document.querySelector('a[rel=next]')) break;
    page = await page.follow('More results');
  }
  expect(seen).toEqual(Array.from({ length: 45 }, (_, n) => `llama ${n}`));
});
