// Operators, through the page: what they find, what was understood of them, and what is said of those that were not.
import { eq } from 'drizzle-orm';
import { sources, tags, topicTags, topics } from '../../../src/db/schema/index.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import type { Database } from '../../../src/db/connection.ts';
import type { TopicId } from '../../../src/domain/ids.ts';

const addressOf = (q: string, more: Record<string, string> = {}) =>
  `/search?${new URLSearchParams({ q, ...more }).toString()}`;
const excerpts = (page: Page) =>
  [...page.document.querySelectorAll('.items .prose')].map((text) => text.textContent?.trim()).sort();
const chips = (page: Page) =>
  [...page.document.querySelectorAll('.chips a')].map((chip) =>
    chip.textContent?.replace(' ×, take off', ''),
  );

async function tag(
  db: Database,
  topicId: TopicId,
  slug: string,
  more: Partial<typeof tags.$inferInsert> = {},
) {
  const [row] = await db
    .insert(tags)
    .values({ slug, name: slug, ...more })
    .onConflictDoUpdate({ target: tags.slug, set: { slug } })
    .returning({ id: tags.id });
  await db.insert(topicTags).values({ topicId, tagId: row!.id, position: 0 });
}

/** Two topics with a reply each: what tells them apart are their operators. */
async function fillForum(make: Make, db: Database) {
  const kevin = await make.member({ name: 'kevin_h' });
  const lena = await make.member({ name: 'ops_lena' });
  const one = await make.topic({
    ...{
      author: kevin,
      title: 'First llama',
      body: 'one',
      section: 'funding',
      source: 'https://arxiv.org/abs/1',
    },
    postedAt: new Date('2026-04-02T00:00:00Z'),
  });
  await make.reply({
    topic: one,
    author: lena,
    body: 'one llama answered',
    postedAt: new Date('2026-04-03T00:00:00Z'),
  });
  await tag(db, one.id, 'power-plants', { name: 'Power plants', aliases: ['reactors'] });
  const two = await make.topic({
    ...{
      author: lena,
      title: 'Second llama',
      body: 'two',
      section: 'models-research',
      lockedAt: new Date('2026-01-02T00:00:00Z'),
    },
    postedAt: new Date('2025-12-31T23:59:59.999Z'),
  });
  await make.reply({
    topic: two,
    author: kevin,
    body: 'two llama answered',
    postedAt: new Date('2026-01-01T00:00:00Z'),
  });
  return { kevin, lena, one, two };
}

const ONE = ['one', 'one llama answered'];
const TWO = ['two', 'two llama answered'];

test('each operator narrows a search, alone or beside a word, and a minus turns it round', async ({
  make,
  db,
  as,
}) => {
  const { one } = await fillForum(make, db);
  const browser = as.visitor();
  const modelsName = (await browser.visit('/search')).document.querySelector(
    'option[value=models-research]',
  )?.textContent;
  for (const [operator, found, understood] of [
    ['author:Kevin_H', ['one', 'two llama answered'], 'by kevin_h'],
    ['site:www.arxiv.org', ONE, 'from arxiv.org'],
    ['tag:power-plants', ONE, 'tagged Power plants'],
    ['tag:"Power plants"', ONE, 'tagged Power plants'],
    ['tag:reactors', ONE, 'tagged Power plants'],
    ['section:funding', ONE, 'in Funding'],
    [`section:"${modelsName}"`, TWO, `in ${modelsName}`],
    ['before:2026', ['two'], 'before 1 January 2026'],
    ['before:2026-04-03', ['one', ...TWO], 'before 3 April 2026'],
    ['after:2026-01', [...ONE, 'two llama answered'], 'since 1 January 2026'],
    ['after:2026-04-03', ['one llama answered'], 'since 3 April 2026'],
    ['has:source', ONE, 'with an article'],
    ['is:open', ONE, 'open for replies'],
    ['is:topic', ['one', 'two'], 'topics only'],
    ['is:reply', ['one llama answered', 'two llama answered'], 'replies only'],
    [`topic:${one.id}`, ONE, 'in “First llama”'],
  ] as const) {
    const rest = [...ONE, ...TWO].filter((text) => !found.some((each) => each === text)).sort();
    for (const words of ['', ' llama']) {
      for (const sort of ['relevance', 'new']) {
        const page = await browser.visit(addressOf(operator + words, { sort }));
        expect([operator, excerpts(page)]).toEqual([operator, [...found].sort()]);
        expect(chips(page)).toEqual([understood]);
      }
      const turned = await browser.visit(addressOf(`-${operator}${words}`));
      expect([operator, excerpts(turned)]).toEqual([operator, rest]);
      expect(chips(turned)).toEqual([`not ${understood}`]);
    }
    expect(
      excerpts(
        await (await browser.visit(addressOf(`${operator} llama`))).follow(`${understood} ×, take off`),
      ),
    ).toHaveLength(4);
  }
});

test('operators are combined, and what is left out may be all there is', async ({ make, db, as }) => {
  await fillForum(make, db);
  const browser = as.visitor();
  const found = async (q: string) => excerpts(await browser.visit(addressOf(q)));
  expect(await found('author:kevin_h is:reply section:models-research')).toEqual(['two llama answered']);
  expect(await found('"llama answered" before:2026-02')).toEqual(['two llama answered']);
  expect(await found('-answered')).toEqual(['one', 'two']);
  expect(await found('-"llama answered" author:kevin_h')).toEqual(['one']);
  expect(await found('author:kevin_h author:ops_lena')).toEqual([]);
  expect(await found('first or answered after:2026-04')).toEqual(ONE);
  const common = await browser.visit(addressOf('the of author:kevin_h'));
  expect(excerpts(common)).toEqual(['one', 'two llama answered']);
  expect(common.main).toContain('The words are too common to look for, so they were left out.');
});

test('what there is not is said, and nothing is of it', async ({ make, db, as }) => {
  await fillForum(make, db);
  const browser = as.visitor();
  for (const [operator, sentence] of [
    ['section:politics', 'There is no section “politics”; sections are funding, '],
    ['author:nobody', 'There is no member “nobody”.'],
    ['tag:unheard-of', 'There is no tag “unheard-of”.'],
    ['topic:987654', 'There is no topic with the number 987654.'],
    ['site:!!', '“!!” is not the name of a site'],
  ] as const) {
    const page = await browser.visit(addressOf(`${operator} llama`));
    expect(page.status).toBe(200);
    expect(page.main).toContain(sentence);
    expect(page.main).toContain('Nothing matches.');
    expect(excerpts(await browser.visit(addressOf(`-${operator} llama`)))).toHaveLength(4);
  }
  const faulty = await browser.visit(addressOf('before:soon from:kevin llama'));
  expect(faulty.main).toContain('before: is followed by a year, a month or a day');
  expect(faulty.main).toContain('“from:” is not an operator here');
});

test('a former name, a hidden topic and the tag of a hidden topic lead nowhere they should not', async ({
  make,
  db,
  as,
}) => {
  const { two } = await fillForum(make, db);
  await tag(db, two.id, 'secret-tag');
  await make.hide({ topic: two.id });
  const browser = as.visitor();
  expect((await browser.visit(addressOf(`topic:${two.id}`))).html).not.toContain('Second llama');
  const tagged = await browser.visit(addressOf('tag:secret-tag'));
  expect(tagged.main).toContain('There is no tag “secret-tag”.');
  expect(excerpts(await browser.visit(addressOf('secret-tag')))).toEqual([]);
});

test('a topic is found by its tags and sources, one word in each, for as long as it has them', async ({
  make,
  db,
  as,
}) => {
  const { one } = await fillForum(make, db);
  const browser = as.visitor();
  const found = async (q: string) => excerpts(await browser.visit(addressOf(q)));
  const topicId = one.id;
  expect(await found('arxiv.org')).toEqual(['one']);
  expect(await found('abs llama')).toEqual(['one']);
  expect(await found('plant first')).toEqual(['one']);
  expect(await found('"power plants" -second')).toEqual(['one']);
  await db
    .update(sources)
    .set({ title: 'Grid operators <b>worry</b>', description: 'About transformers' })
    .where(eq(sources.topicId, topicId));
  expect(await found('worried transformer')).toEqual(['one']);
  expect(await found('llama -transformers')).not.toContain('one');
  await db.update(tags).set({ name: 'Nuclear' }).where(eq(tags.slug, 'power-plants'));
  expect(await found('nuclear')).toEqual(['one']);
  await db.update(topics).set({ title: 'Renamed alpaca' }).where(eq(topics.id, topicId));
  expect(await found('alpaca')).toEqual(['one']);
  expect(await found('first')).toEqual([]);
  await db.update(sources).set({ state: 'removed' }).where(eq(sources.topicId, topicId));
  await db.delete(topicTags).where(eq(topicTags.topicId, topicId));
  expect(await found('worry')).toEqual([]);
  expect(await found('nuclear')).toEqual([]);
});

test('two who change what a topic is found by at the same time both have their words found', async ({
  make,
  db,
  as,
}) => {
  const { one } = await fillForum(make, db);
  let second: Promise<void> | undefined;
  await db.transaction(async (tx) => {
    await tx.update(sources).set({ title: 'Uranium' }).where(eq(sources.topicId, one.id));
    second = tag(db, one.id, 'thorium');
    const waiting = async () => (await tx.execute('select from pg_locks where not granted')).rows.length;
    await expect.poll(waiting).toBeGreaterThan(0);
  });
  await second;
  expect(excerpts(await as.visitor().visit(addressOf('uranium thorium')))).toEqual(['one']);
});

test('the tag and the member of that name are offered above what was found', async ({ make, db, as }) => {
  await fillForum(make, db);
  const browser = as.visitor();
  const byTag = await browser.visit(addressOf('Reactors'));
  expect((await byTag.follow('Power plants')).url).toBe('/tag/power-plants');
  expect((await (await browser.visit(addressOf('@KEVIN_H'))).follow('kevin_h')).url).toBe('/u/kevin_h');
  expect(
    (await browser.visit(addressOf('kevin_h llama'))).document.querySelector('a[href="/u/kevin_h"]'),
  ).toBeNull();
});

test('what muted members wrote is left out, unless it is asked for', async ({ make, db, as }) => {
  const { kevin } = await fillForum(make, db);
  const reader = await make.member({ name: 'reader' });
  await db.execute(
    `insert into follow_levels (member_id, about_id, level, set_at) values (${reader.id}, ${kevin.id}, 'nothing', now())`,
  );
  const browser = await as.member(reader);
  expect(excerpts(await browser.visit(addressOf('llama')))).not.toContain('two llama answered');
  expect(excerpts(await browser.visit(addressOf('llama author:kevin_h')))).toContain('two llama answered');
});
