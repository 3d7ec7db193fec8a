// /site/:host: what is known of a site, its topics and its feed.
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { addSource } from '../following/sources.ts';

test('a site’s page counts topics, sources by role and dead links, of what everybody can see', async ({
  make,
  as,
  db,
}) => {
  const postedAt = new Date('2026-02-01T10:00:00Z');
  const first = await make.topic({ title: 'The first', source: 'https://wire.example/1', postedAt });
  const second = await make.topic({ title: 'The second', source: 'https://other.example/1' });
  await addSource(db, second, 'https://wire.example/2', { role: 'primary' });
  await addSource(db, second, 'https://wire.example/3', { role: 'primary', state: 'dead' });
  await addSource(db, second, 'https://wire.example/4', { role: 'analysis', state: 'removed' });
  await make.topic({ title: 'Hidden', source: 'https://wire.example/5', hiddenAt: postedAt });
  await make.topic({ title: 'Merged', source: 'https://wire.example/6', mergedIntoId: first.id });

  const visitor = as.visitor();
  const page = await visitor.visit(paths.site('wire.example'));
  expect(page.main).toContain('2 topics with an article from wire.example');
  const facts = () => page.document.querySelector('.facts')?.textContent?.replace(/\s+/g, ' ');
  expect(facts()).toBe('Topics2Primary documents2Reports1First seen1 February 2026');
  expect(page.main).not.toContain('Mute');
  expect((await (await as.member()).visit(paths.site('wire.example'))).main).toContain(
    'Mute site wire.example',
  );

  // From ten links on the share of dead ones says something.
  for (let n = 10; n < 17; n += 1) await addSource(db, first, `https://wire.example/${n}`);
  const more = await visitor.visit(paths.site('wire.example'));
  expect(more.document.querySelector('.facts')?.textContent).toContain('Dead links1 of 10');
  expect(more.main).toMatch(/The first[^]*wire\.example/);
});

test('a site has one address, a feed in both formats, and none while nobody has posted from it', async ({
  make,
  as,
}) => {
  const topic = await make.topic({ title: 'News of the wire', source: 'https://wire.example/1' });
  await make.topic({ title: 'From elsewhere', source: 'https://other.example/1' });
  const visitor = as.visitor();
  for (const twin of ['/site/www.wire.example', '/site/WIRE.example', '/site/amp.wire.example']) {
    const answer = await visitor.get(`${twin}?sort=new`);
    expect([answer.status, answer.headers.location], twin).toEqual([301, '/site/wire.example?sort=new']);
    expect((await visitor.get(`${twin}/feed.atom`)).headers.location).toBe('/site/wire.example/feed.atom');
  }
  const page = await visitor.visit(paths.site('wire.example'));
  const feeds = [...page.document.querySelectorAll('link[rel="alternate"]')].map((link) =>
    link.getAttribute('href'),
  );
  expect(feeds).toEqual(['/site/wire.example/feed.atom', '/site/wire.example/feed.json']);
  for (const path of feeds) {
    const { text, status } = await visitor.get(path ?? '');
    expect(status).toBe(200);
    expect(text).toContain('News of the wire');
    expect(text).not.toContain('From elsewhere');
    expect(text).toContain(`/t/${topic.id}/`);
    if (path?.endsWith('.atom')) expect(text).toContain(':site/wire.example</id>');
  }
  const row = (await visitor.visit('/')).document.querySelector('a.domain[href="/site/wire.example"]');
  expect(row?.textContent).toBe('wire.example');

  const unknown = await visitor.visit(paths.site('unheard.example'));
  expect(unknown.status).toBe(404);
  expect(unknown.main).toContain('Nobody has posted an article from unheard.example yet.');
  expect(unknown.main).not.toContain('Nothing has been posted here yet.');
  expect(unknown.document.querySelector('meta[name="robots"]')?.getAttribute('content')).toContain('noindex');
  expect((await visitor.get('/site/unheard.example/feed.atom')).status).toBe(404);
  expect((await visitor.get('/site/no%20host')).status).toBe(404);
});
