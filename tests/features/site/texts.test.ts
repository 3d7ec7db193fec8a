// The rules, about and privacy pages.
import { settings } from '../../../src/db/schema/index.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/domain/settings.ts';
import { expect, test } from '../../support/forum.ts';

test('a new forum has rules, an about page and a privacy page, each leading to the others', async ({
  as,
}) => {
  const rules = await as.visitor().visit('/rules');
  expect(rules.status).toBe(200);
  expect(rules.document.querySelector('h1')?.textContent).toBe('Rules');
  expect(rules.main).toContain('4. Sell nothing, hide nothing');
  const about = await rules.follow('About');
  expect(about.url).toBe('/about');
  expect(about.main).toContain('Everybody can read everything without an account.');
  const privacy = await about.follow('Privacy');
  expect(privacy.main).toContain('Votes are private.');
  expect(privacy.document.querySelectorAll('h1')).toHaveLength(1);
  expect((await privacy.follow('Moderation log')).url).toBe('/moderation/log');
});

test('the about page lists the sections with what belongs into them', async ({ as }) => {
  const page = await as.visitor().visit('/about');
  expect(page.main).toContain('Rounds, valuations, earnings, acquisitions, and who pays.');
  expect((await as.visitor().visit('/rules')).main).not.toContain('Rounds, valuations');
});

test('reading them costs no query, however often and however old', async ({ as, app, clock }) => {
  const browser = as.visitor();
  for (const path of ['/rules', '/about', '/privacy']) {
    clock.advance({ seconds: 10 });
    const { headers } = await browser.visit(path);
    expect(headers['server-timing'], path).toContain('0 queries');
  }
  expect(app.site.current().settings.rules).toBe(DEFAULT_SETTINGS.rules);
});

test('a text that was changed is rendered anew; what could run in it is gone', async ({ as, app, db }) => {
  expect((await as.visitor().visit('/rules')).main).toContain('Seven rules');
  const rules = [
    'Be **kind**.',
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '[here](javascript:alert(1)) <a href="//evil.example" onclick="x()">there</a>',
  ].join('\n\n');
  await store({ rules });
  const page = await as.visitor().visit('/rules');
  expect(page.document.querySelector('.prose strong')?.textContent).toBe('kind');
  expect(
    page.document.querySelectorAll('.prose script, .prose img, .prose [onclick], .prose [onerror]'),
  ).toHaveLength(0);
  const links = [...page.document.querySelectorAll('.prose a')].map((link) => link.getAttribute('href'));
  expect(links.filter((href) => /javascript|evil/.test(href ?? ''))).toEqual([]);
  expect(page.main).not.toContain('Seven rules');

  async function store(changes: Partial<Settings>): Promise<void> {
    await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, ...changes } });
    await app.site.refresh();
  }
});

test('a text that cannot be rendered is shown as it was written', async ({ as, app, db }) => {
  const tooDeep = `${'> '.repeat(40)}<b>too</b> deep`;
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, about: tooDeep } });
  await app.site.refresh();
  const page = await as.visitor().visit('/about');
  expect(page.status).toBe(200);
  expect(page.document.querySelector('.prose')?.textContent).toContain('> > > <b>too</b> deep');
  expect(page.document.querySelector('.prose b')).toBeNull();
});

test('whoever gave an address can be reached', async ({ as, app, db }) => {
  expect((await as.visitor().visit('/privacy')).main).not.toContain('Contact');
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, contact: 'desk@gridwire.example' } });
  await app.site.refresh();
  const page = await as.visitor().visit('/privacy');
  const link = page.document.querySelector('a[href^="mailto:"]');
  expect(link?.getAttribute('href')).toBe('mailto:desk@gridwire.example');
});

test('the accent is a stylesheet that browsers may keep for good, and an old address of it is gone', async ({
  as,
  app,
  db,
}) => {
  const browser = as.visitor();
  const { href, css } = app.site.current().theme;
  expect((await browser.visit('/rules')).html).toContain(`href="${href}"`);
  const sheet = await browser.get(href);
  expect(sheet.headers['content-type']).toContain('text/css');
  expect(sheet.headers['cache-control']).toContain('immutable');
  expect(sheet.text).toBe(css);
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, accent: '#7a2048' } });
  await app.site.refresh();
  expect((await browser.get(href)).status).toBe(404);
  expect((await browser.get(app.site.current().theme.href)).text).toContain('#7a2048');
});
