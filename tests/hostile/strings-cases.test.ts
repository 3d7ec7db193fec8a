// Cases of our own, beside the corpora: names that cannot be seen or imitate, letters under thousands of marks, words
// and addresses without an end.
import { eq } from 'drizzle-orm';
import { members } from '../../src/db/schema/index.ts';
import { expect, test } from '../support/forum.ts';
import { Person } from './fields-client.ts';
import { judge } from './fields-judge.ts';
import { readPage } from './fields-reader.ts';
import { PASSWORD, World } from './fields-world.ts';

test.for([
  ['a filler that is a letter and cannot be seen', '\u3164'],
  ['a zero-width space', '\u200b\u200b'],
  ['a name with one inside', 'an\u200bna'],
  ['a joiner', 'an\u200dna'],
  ['a soft hyphen', 'an\u00adna'],
  ['a braille blank', '\u2800\u2800'],
  ['a right-to-left override', '\u202eanna'],
  ['Cyrillic that looks Latin', '\u0430nna'],
  ['full-width Latin', '\uff41\uff4e\uff4e\uff41'],
  ['mathematical Latin', '\u{1d41a}\u{1d427}\u{1d427}\u{1d41a}'],
  ['a letter under 10,000 marks', `a${'\u0301'.repeat(10_000)}`],
  ['half a letter', 'anna\ud800'],
  ['the moderators', 'M0derat0r'],
  ['the forum', 'T0kenw1re'],
  ['somebody who is there, in other letters', 'Ann1e'],
  ['somebody who is there, with other marks', 'annie_'],
] as const)('nobody signs up as %s', async ([, name], { app, make }) => {
  await make.member({ name: 'annie' });
  const form = { name, email: 'somebody@example.org', password: PASSWORD, rules: '1' };
  const { answer, faults, page } = judge(await new Person(app).post('/sign-up', form));
  expect(faults).toEqual([]);
  expect(answer.status).toBe(422);
  expect(page?.errors.get('name')).toMatch(/^(?:A name|This name|That name)/);
  expect(page?.values.get('name')).toEqual([name.toWellFormed().replace(/\s+/gu, ' ').trim()]);
  expect(await app.db.select().from(members).where(eq(members.email, form.email))).toEqual([]);
});

test.for([
  ['nothing that can be seen', '\u200b\u2060\ufeff\u00ad'],
  ['marks alone', '\u0301'.repeat(200)],
  ['fillers', '\u3164\u115f\u1160\uffa0'],
  ['blanks of braille', '\u2800'.repeat(20)],
  ['overrides alone', '\u202e\u2066\u2067\u202a'],
] as const)('no topic has a title of %s', async ([, title], { app, make, clock }) => {
  const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
  const { writer } = world;
  const answer = await writer.post('/submit', {
    title,
    body: 'Words',
    section: 'funding',
    url: '',
    tags: '',
  });
  expect(answer.status).toBe(422);
  expect(readPage(answer.text).errors.get('title')).toMatch(/^A title/);
});

test('a title keeps a few marks on a letter, and its address none', async ({ app, make, clock }) => {
  const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
  const title = `Caf\u0065\u0301 and Z${'\u0323'.repeat(120)}algo`;
  const form = { title, body: 'Words', section: 'funding', url: '', tags: '' };
  const { headers } = await world.writer.post('/submit', form);
  expect(headers.location).toMatch(/\/cafe-and-zalgo$/);
  const { text } = await world.visitor.get(headers.location ?? '');
  expect(readPage(text).text).toContain(`Z${'\u0323'.repeat(8)}algo`);
  expect(text).not.toContain('\u0323'.repeat(9));
});

test.for([
  ['one word of 20,000 letters', 'w'.repeat(20_000), 303],
  ['20,000 letters of four bytes', '\u{1f600}'.repeat(20_000), 303],
  ['one letter more', 'w'.repeat(20_001), 422],
  ['a letter under 10,000 marks', `a${'\u0301'.repeat(10_000)}`, 303],
  ['halves of letters', '\udc00x\ud800'.repeat(100), 303],
  ['nothing but NUL', '\0\0\0', 422],
  ['nothing that can be seen', '\u200b\u3164\ufeff', 422],
] as const)('a reply of %s', async ([, body, status], { app, make, clock }) => {
  const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
  const { topic, writer, visitor } = world;
  const { answer, faults, page } = judge(await writer.post(`/t/${topic.id}/reply`, { body }));
  expect(faults).toEqual([]);
  expect(answer.status).toBe(status);
  const sent = body.toWellFormed().replaceAll('\0', '');
  if (status === 422) expect(page?.values.get('body')).toEqual([sent.trimEnd()]);
  else {
    const shown = judge(await visitor.get(`/t/${topic.id}/${topic.slug}`));
    expect(shown.faults).toEqual([]);
    expect(shown.page?.text).toContain(sent);
  }
});

test('an address of 2,048 characters is taken, one of more is not, and comes back whole', async ({
  app,
  make,
  clock,
}) => {
  const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
  const form = { title: 'An address without an end', body: '', section: 'funding', tags: '' };
  const url = `https://example.org/${'p'.repeat(2_028)}`;
  const refused = judge(await world.writer.post('/submit', { ...form, url: `${url}p` }));
  expect(refused.page?.errors.get('url')).toMatch(/too long/);
  expect(refused.page?.values.get('url')).toEqual([`${url}p`]);
  const { headers } = await world.writer.post('/submit', { ...form, url });
  const shown = judge(await world.visitor.get(headers.location ?? ''));
  expect(shown.faults).toEqual([]);
  expect(shown.answer.text).toContain(`href="${url}"`);
});

test('an address of the forum with a piece without an end is answered with a page', async ({ app }) => {
  for (const path of ['/tag/', '/u/', '/site/', '/t/1/', '/s/', '/p/', '/sitemap-'])
    for (const length of [501, 10_000]) {
      const { answer, faults, page } = judge(await new Person(app).get(path + 'x'.repeat(length)));
      expect(faults, path).toEqual([]);
      expect([400, 404], path).toContain(answer.status);
      expect(page, path).toBeDefined();
    }
});

test('a name sent many times, or as a list, is one value or none', async ({ app, make, clock }) => {
  const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
  for (const query of [
    'q=a1&q=b2',
    'q[]=a1',
    'q[x]=a1',
    'q=a1&q[__proto__]=b2',
    '__proto__=a1',
    'constructor=a1&q=b2',
  ]) {
    const { answer, faults } = judge(await world.visitor.get(`/search?${query}`));
    expect(faults, query).toEqual([]);
    expect(answer.status, query).toBe(200);
  }
});
