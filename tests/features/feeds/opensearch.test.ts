// The description by which browsers search the forum from their own field.
import { expect, test } from '../../support/forum.ts';
import { parseXml } from './xml.ts';

test('every page leads browsers to the description, which leads to the search', async ({ as, app }) => {
  const browser = as.visitor();
  const link = (await browser.visit('/')).document.querySelector('link[rel=search]');
  expect(link?.getAttribute('type')).toBe('application/opensearchdescription+xml');
  expect(link?.getAttribute('title')).toBe('Tokenwire');
  const answer = await app.inject(link?.getAttribute('href') ?? '');
  expect(answer.headers['content-type']).toContain('application/opensearchdescription+xml');
  const description = parseXml(answer.payload);
  expect(description.name).toBe('OpenSearchDescription');
  expect(description.child('ShortName').text).toBe('Tokenwire');
  expect(description.children('Url')[0]?.attributes).toMatchObject({
    type: 'text/html',
    template: `${app.config.siteUrl}/search?q={searchTerms}`,
  });
});

test('a name that is too long for a short name is left out of it', async ({ as, app }) => {
  const admin = await as.admin();
  const settings = await admin.visit('/admin');
  await settings.press('Save', { name: 'The <Artificial> & Intelligent Wire' });
  const description = parseXml((await app.inject('/opensearch.xml')).payload);
  expect(description.child('ShortName').text).toBe('Search');
  expect(description.child('LongName').text).toBe('Search The <Artificial> & Intelligent Wire');
});
