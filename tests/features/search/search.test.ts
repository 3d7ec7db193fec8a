// Finding posts by their words, through the page.
import { visitor } from '../../../src/domain/viewer.ts';
import { layFooting } from '../../../src/features/search/queries/footing.ts';
import { findPosts } from '../../../src/features/search/queries/found.ts';
import { searchPage } from '../../../src/features/search/pages.ts';
import { readSearch } from '../../../src/features/search/forms.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

/** The titles of the results, in order. */
const titles = (page: Page) =>
  [...page.document.querySelectorAll('.items h2')].map((heading) => heading.textContent);
/** "Topic by kevin_h" and "Reply by ops_lena", in order. */
const kinds = (page: Page) =>
  [...page.document.querySelectorAll('.items .meta span')]
    .map((span) => span.textContent ?? '')
    .filter((text) => text.includes(' by '));
const marked = (page: Page) =>
  [...page.document.querySelectorAll('.items mark')].map((mark) => mark.textContent);

test('a word is found in titles, opening texts and replies, in whatever form it stands', async ({
  make,
  as,
}) => {
  const kevin = await make.member({ name: 'kevin_h' });
  const lena = await make.member({ name: 'ops_lena' });
  const titled = await make.topic({
    author: kevin,
    title: 'What inference costs',
    body: 'A survey.',
    section: 'funding',
  });
  const other = await make.topic({
    author: lena,
    title: 'Quarterly figures',
    body: 'The cost per token fell.',
  });
  const reply = await make.reply({
    topic: other,
    author: kevin,
    body: 'Costing each request of each customer is hard while thousands of prompts share one cache between tenants.',
  });
  await make.topic({ title: 'Nothing of the kind' });

  const page = await as.visitor().visit('/search?q=cost');
  expect(page.status).toBe(200);
  expect(kinds(page)).toEqual(['Topic by kevin_h', 'Topic by ops_lena', 'Reply by kevin_h']);
  expect(titles(page)).toEqual(['What inference costs', 'Quarterly figures', 'Quarterly figures']);
  expect(marked(page)).toEqual(['costs', 'cost', 'Costing']);
  expect(page.main).toContain('3 results');
  const links = [...page.document.querySelectorAll('.items h2 a')].map((link) => link.getAttribute('href'));
  expect(links).toEqual([`/t/${titled.id}/${titled.slug}`, `/t/${other.id}/${other.slug}`, `/p/${reply.id}`]);
});

test('the page keeps the form as it was asked and stays out of search engines', async ({ as, make }) => {
  await make.member({ name: 'kevin_h' });
  const page = await as
    .visitor()
    .visit('/search?q=power+plants&in=replies&section=funding&by=kevin_h&sort=new');
  expect(page.document.querySelector('#q')?.getAttribute('value')).toBe('power plants');
  expect(page.document.querySelector('#find')?.getAttribute('value')).toBe('power plants');
  const chosen = [...page.document.querySelectorAll('main option[selected]')].map(
    (option) => option.textContent,
  );
  expect(chosen).toEqual(['Replies', 'Funding']);
  expect(page.field('by').value).toBe('kevin_h');
  expect(page.field('sort').value).toBe('new');
  expect(page.document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
});

test('a search can be narrowed by place, section and author, and widened again', async ({ make, as }) => {
  const kevin = await make.member({ name: 'kevin_h' });
  const funding = await make.topic({ author: kevin, title: 'Chips are dear', section: 'funding' });
  const regions = await make.topic({ title: 'Chips from Europe', section: 'regions' });
  await make.reply({ topic: regions, author: kevin, body: 'More chips.' });
  await make.reply({ topic: funding, body: 'Fewer chips.' });

  const all = await as.visitor().visit('/search?q=chips');
  expect(titles(all)).toHaveLength(4);
  const topics = await all.press('Search', { in: 'topics' }, 'main');
  expect(titles(topics).sort()).toEqual(['Chips are dear', 'Chips from Europe']);
  const replies = await all.press('Search', { in: 'replies' }, 'main');
  expect(kinds(replies).every((kind) => kind.startsWith('Reply'))).toBe(true);
  expect(titles(replies)).toHaveLength(2);
  const section = await all.press('Search', { section: 'regions' }, 'main');
  expect(new Set(titles(section))).toEqual(new Set(['Chips from Europe']));
  const mine = await all.press('Search', { by: 'Kevin_H', section: 'funding' }, 'main');
  expect(titles(mine)).toEqual(['Chips are dear']);

  const nobody = await all.press('Search', { by: 'nobody_at_all' }, 'main');
  expect(nobody.main).toContain('Nothing matches.');
  expect(titles(await nobody.follow('Search everything for these words'))).toHaveLength(4);
});

test('a phrase, an alternative and a word to leave out are understood', async ({ make, as }) => {
  await make.topic({ title: 'Power purchase agreement signed', body: 'In Ohio.' });
  await make.topic({ title: 'Purchase of power stations', body: 'In Texas.' });
  await make.topic({ title: 'Reactors restarted', body: 'In Iowa.' });
  const browser = as.visitor();
  const found = async (q: string) =>
    titles(await browser.visit(`/search?${new URLSearchParams({ q }).toString()}`)).sort();

  expect(await found('power purchase')).toHaveLength(2);
  expect(await found('"power purchase"')).toEqual(['Power purchase agreement signed']);
  expect(await found('agreement or reactor')).toEqual([
    'Power purchase agreement signed',
    'Reactors restarted',
  ]);
  // The word to leave out stands in the text, the other one in the title.
  expect(await found('power -texas')).toEqual(['Power purchase agreement signed']);
});

test('titles weigh more than texts, and between equal matches the newer one goes first', async ({
  make,
  as,
  clock,
}) => {
  await make.topic({ title: 'Older robots', body: 'Plain.', postedAt: clock.ago({ days: 3 }) });
  await make.topic({ title: 'Newer robots', body: 'Plain.', postedAt: clock.ago({ days: 2 }) });
  await make.topic({ title: 'Something else', body: 'With robots.', postedAt: clock.ago({ days: 1 }) });

  const best = await as.visitor().visit('/search?q=robots');
  expect(titles(best)).toEqual(['Newer robots', 'Older robots', 'Something else']);
  expect(best.main).toContain('Best matches first');
  const newest = await best.follow('Newest');
  expect(newest.url).toBe('/search?q=robots&sort=new');
  expect(titles(newest)).toEqual(['Something else', 'Newer robots', 'Older robots']);
  expect(newest.main).toContain('Newest first');
});

test('pages of either order neither skip nor repeat', async ({ make, as, clock }) => {
  const author = await make.member();
  const topic = await make.topic({ author, title: 'Counting' });
  // Three ranks and pairs of equal moments, so that both parts of the cursor are needed.
  for (let n = 0; n < 45; n += 1) {
    await make.reply({
      topic,
      author,
      body: 'llama '.repeat(1 + (n % 3)),
      postedAt: clock.ago({ minutes: n >> 1 }),
    });
  }
  for (const sort of ['relevance', 'new']) {
    const seen: (string | null)[] = [];
    let page = await as.visitor().visit(`/search?q=llama&sort=${sort}`);
    for (;;) {
      seen.push(
        ...[...page.document.querySelectorAll('.items h2 a')].map((link) => link.getAttribute('href')),
      );
      if (!page.document.querySelector('a[rel=next]')) break;
      page = await page.follow('More results');
    }
    expect(seen).toHaveLength(45);
    expect(new Set(seen).size).toBe(45);
    expect((await page.follow('Back to the first page')).url).toBe(
      `/search?q=llama${sort === 'new' ? '&sort=new' : ''}`,
    );
  }
});

test('the rank of more matches than are looked at leaves out the oldest, and the page says so', async ({
  make,
  db,
  clock,
}) => {
  const topic = await make.topic({ title: 'Counting' });
  for (const [minutes, body] of [
    [1, 'a llama'],
    [2, 'the llama'],
    [3, 'llama llama llama'],
  ] as const) {
    await make.reply({ topic, body, postedAt: clock.ago({ minutes }) });
  }
  const search = readSearch({ q: 'llama' }, []);
  const { text } = search.query;
  const asked = { text, filters: [], order: 'relevance', viewer: visitor, now: clock.now() } as const;
  const find = (most: number) =>
    db.transaction(async (tx) => findPosts(tx, asked, await layFooting(tx, text), undefined, most));
  const two = await find(2);
  expect(two).toMatchObject({ total: 2, capped: true });
  expect(two.rows.map(({ bodyHtml }) => bodyHtml)).toEqual(['<p>the llama</p>', '<p>a llama</p>']);
  expect(await find(4)).toMatchObject({ total: 3, capped: false });

  const page = searchPage(search, [], {
    kind: 'found',
    understood: { typed: [], fields: [] },
    ...{ order: 'relevance', posts: [], total: 5_000, capped: true, continued: false, next: undefined },
    ...{ ranks: true, ignored: false, namesake: undefined, correction: undefined },
  });
  expect(page.notice).toContain('the newest 5,000 are ranked');
  expect(page.count).toBe('5,000 results or more');
});

test('what is found by its tags or sources alone says so, and what has the word itself does not', async ({
  make,
  as,
}) => {
  const bare = { title: 'A report on the network', body: 'Read it.' };
  await make.topic({ ...bare, source: 'https://gridledger.example/2026/the-transformer-queue' });
  const page = await as.visitor().visit('/search?q=transformers');
  expect(page.main).toContain('In its tags and sources: gridledger example 2026 the transformer queue');
  expect(marked(page)).toEqual(['transformer']);
  expect(page.main).not.toContain('Nothing matches');
  expect((await as.visitor().visit('/search?q=network')).main).not.toContain('In its tags and sources');
});

test('text between the marks is escaped, and what looks like a tag or a mark stays text', async ({
  make,
  as,
}) => {
  await make.topic({
    title: 'A <b>bold</b> \u0001claim\u0002 & more',
    body: 'Use <script>alert(1)</script> for a bold claim \u0001here\u0002 & "there".',
  });
  const page = await as.visitor().visit('/search?q=bold+claim');
  expect(page.document.querySelector('.items script, .items b')).toBeNull();
  expect(titles(page)).toEqual(['A <b>bold</b> claim & more']);
  expect(page.document.querySelector('.items .prose')?.textContent).toBe(
    'Use <script>alert(1)</script> for a bold claim here & "there".',
  );
  expect(marked(page)).toEqual(['bold', 'claim', 'bold', 'claim']);
});

test('what looks like a tag stays in a fragment of a long text too', async ({ make, as }) => {
  const filler = 'Plain words without any meaning follow each other here. '.repeat(10);
  await make.topic({ title: 'Long', body: `${filler}Use <script>alert(1)</script> for a claim. ${filler}` });
  const page = await as.visitor().visit('/search?q=claim');
  expect(page.document.querySelector('.items .prose')?.textContent).toContain(
    '<script>alert(1)</script> for a',
  );
});

test('a short text is shown whole', async ({ make, as }) => {
  const body = 'A reactor, the 7th of 9.';
  await make.topic({ title: 'Short', body });
  const page = await as.visitor().visit('/search?q=reactor');
  expect(page.document.querySelector('.items .prose')?.textContent).toBe(body);
});

test('of a long text the places around the words are shown, of one without them its beginning', async ({
  make,
  as,
}) => {
  const filler = 'Plain words without any meaning follow each other here. '.repeat(30);
  await make.topic({ title: 'Long', body: `${filler}Then a reactor starts. ${filler}` });
  await make.topic({ title: 'A reactor in the title alone', body: filler });
  const page = await as.visitor().visit('/search?q=reactor');
  const [titled, inside] = [...page.document.querySelectorAll('.items .prose')].map(
    (text) => text.textContent ?? '',
  );
  expect(titled).toMatch(/^Plain words .{100,}…$/);
  expect(inside).toMatch(/^….*a reactor starts.*…$/s);
  expect(inside?.length).toBeLessThan(600);
});

test('a search of very many words marks them in the title only', async ({ make, as }) => {
  const many = 'a reactor or b reactor or c reactor or d reactor or e reactor or f reactor or g reactor';
  await make.topic({ title: 'A reactor', body: 'The reactor starts.' });
  const page = await as
    .visitor()
    .visit(`/search?${new URLSearchParams({ q: `${many} ${many}` }).toString()}`);
  expect(marked(page)).toEqual(['reactor']);
  expect(page.document.querySelector('.items .prose')?.textContent).toBe('The reactor starts.');
});

for (const [q, sentence] of [
  ['', 'Give a few words that stand in a title or in a text.'],
  [' \u0000 ', 'Give a few words that stand in a title or in a text.'],
  ['x', 'Give at least two characters.'],
  ['the of and', 'These words are too common to look for, or are none.'],
  ['-'.repeat(200), 'These words are too common to look for, or are none.'],
  ['-!'.repeat(100), 'These words are too common to look for, or are none.'],
  ['?!&|()', 'These words are too common to look for, or are none.'],
  ['quetzalcoatl', 'Nothing matches. Try fewer words, or other words for the same thing.'],
] as const) {
  test(`${JSON.stringify(q)} is answered with what to do`, async ({ make, as }) => {
    await make.topic({ title: 'The training of models' });
    const page = await as.visitor().visit(`/search?${new URLSearchParams({ q }).toString()}`);
    expect(page.status).toBe(200);
    expect(page.main).toContain(sentence);
    expect(titles(page)).toEqual([]);
  });
}

test('a search of more than 200 characters comes back as it was typed, with the reason', async ({ as }) => {
  const browser = as.visitor();
  const emoji = '🤖'.repeat(200);
  expect((await browser.visit(`/search?${new URLSearchParams({ q: emoji }).toString()}`)).status).toBe(200);
  const page = await browser.visit(`/search?q=${'long'.repeat(51)}`);
  expect(page.status).toBe(422);
  expect(page.document.querySelector('#q')?.getAttribute('value')).toHaveLength(204);
  expect(page.document.querySelector('#q')?.getAttribute('aria-describedby')).toBe('q-e');
  expect(page.document.querySelector('#q-e')?.textContent).toContain('A search has at most 200 characters.');
});

test('an address that was cut off is answered with 400', async ({ as }) => {
  const browser = as.visitor();
  for (const after of ['x', '12', '2026-04-03T14:30:00.000Z_1', '1_1_1']) {
    expect((await browser.visit(`/search?q=llama&after=${after}`)).status).toBe(400);
  }
  expect((await browser.visit('/search?q=llama&sort=new&after=12_1')).status).toBe(400);
});

test('a search has its own budget of requests', async ({ forum }) => {
  const app = await forum.build({ budgets: { ...BUDGETS, search: { max: 1, seconds: 60 } } });
  try {
    expect((await app.inject('/search')).statusCode).toBe(200);
    expect((await app.inject('/search')).statusCode).toBe(429);
    expect((await app.inject('/new')).statusCode).toBe(200);
  } finally {
    await app.close();
  }
});

test('a page of results takes as many queries whatever it finds', async ({ make, as }) => {
  const topic = await make.topic({ title: 'Llama news' });
  for (let n = 0; n < 5; n += 1) await make.reply({ topic, body: `llama ${n}` });
  const browser = as.visitor();
  for (const sort of ['relevance', 'new']) {
    const page = await browser.visit(`/search?q=llama&sort=${sort}`);
    expect(titles(page)).toHaveLength(6);
    // One more where PostgreSQL has not looked yet at how many posts there are.
    expect(page.headers['server-timing']).toMatch(/"[89] queries"/);
  }
});

test('a search that takes too long is given up, with what to do', async ({ db, as }) => {
  const browser = as.visitor();
  await db.transaction(async (tx) => {
    await tx.execute('lock table posts in access exclusive mode');
    const page = await browser.visit('/search?q=llama');
    expect(page.status).toBe(503);
    expect(page.main).toContain('That search took too long. Add a word');
    expect(page.field('q').value).toBe('llama');
  });
});
