// /tags: all tags; and those of the industry, added.
import { eq } from 'drizzle-orm';
import { actions, tags } from '../../../src/db/schema/index.ts';
import { plantTags } from '../../../src/features/tags/index.ts';
import { SEED_TAGS } from '../../../src/features/tags/seed/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { addTag, giveTags } from './tagging.ts';

test('by kind and by first letters, with the number of topics', async ({ make, as, db }) => {
  await addTag(db, 'openai', { kind: 'company', name: 'OpenAI', aliases: ['chatgpt-maker'] });
  await addTag(db, 'gpt', { kind: 'model', name: 'GPT' });
  await giveTags(db, await make.topic(), 'gpt', 'power');
  await giveTags(db, await make.topic(), 'gpt');
  await giveTags(db, await make.topic({ heldAt: new Date('2026-04-03T12:00:00Z') }), 'gpt', 'unheard');
  const browser = as.visitor();
  const page = await browser.visit(paths.tags());
  for (const said of ['OpenAI', 'What openai is.', 'Company', '2 topics', '#power', '1 topic'])
    expect(page.main).toContain(said);
  expect(page.main).not.toContain('unheard');
  const models = await page.follow('Models');
  expect([models.main.includes('#gpt'), models.main.includes('#openai')]).toEqual([true, false]);
  const found = await models.press('Show', { begins: 'G' });
  expect(found.main).toContain('#gpt');
  const byAlias = await browser.visit(paths.tags({ begins: 'chatGPT' }));
  expect(byAlias.main).toContain('#openai');
  expect((await browser.visit(paths.tags({ begins: 'zzz' }))).main).toContain('No tag begins with “zzz”.');
});

test('page by page, each tag once', async ({ as, db }) => {
  await db.insert(tags).values(
    Array.from({ length: 230 }, (_tag, n) => ({
      slug: `tag-${n}`,
      name: `Tag ${n}`,
      description: 'One of many.',
    })),
  );
  const browser = as.visitor();
  const seen: string[] = [];
  let page = await browser.visit(paths.tags({ begins: 'tag' }));
  for (let n = 0; n < 5; n += 1) {
    seen.push(
      ...[...page.document.querySelectorAll('.items h2 a')].map((link) => link.getAttribute('href') ?? ''),
    );
    if (!page.document.querySelector('a[rel=next]')) break;
    page = await page.follow('More tags');
  }
  expect([seen.length, new Set(seen).size]).toEqual([230, 230]);
});

test('an admin adds the tags of the industry; nothing that is there is overwritten', async ({
  make,
  as,
  db,
}) => {
  // One came with a topic, one was described, one is another tag's other name, one was merged away.
  await giveTags(db, await make.topic(), 'nvidia');
  await addTag(db, 'openai', { name: 'Our OpenAI', kind: 'company' });
  await addTag(db, 'our-claude', { aliases: ['claude', 'gpt5'] });
  const admin = await as.admin();
  const page = await (await admin.visit(paths.tags())).press('Add them');
  expect(page.status).toBe(200);
  const bySlug = new Map((await db.select().from(tags)).map((tag) => [tag.slug, tag]));
  expect(bySlug.get('nvidia')).toMatchObject({
    kind: 'company',
    name: 'nvidia',
    aliases: ['nvidia-corporation'],
  });
  expect(bySlug.get('openai')).toMatchObject({
    name: 'Our OpenAI',
    description: 'What openai is.',
    aliases: [],
  });
  expect(bySlug.has('claude')).toBe(false);
  expect(bySlug.get('gpt-5')).toMatchObject({ parentId: bySlug.get('gpt')?.id, aliases: [] });
  expect(bySlug.get('claude-opus')).toMatchObject({ ordinary: true, parentId: bySlug.get('our-claude')?.id });
  expect(page.main).not.toContain('Add them');
  const names = [...bySlug.values()].flatMap(({ slug, aliases }) => [slug, ...aliases]);
  expect(names).toHaveLength(new Set(names).size);
  expect((await as.visitor().visit(paths.moderationLog())).main).toContain('Tags added');

  const before = await db.select().from(tags).orderBy(tags.id);
  await admin.post(paths.tagsPlant(), {});
  expect(await db.select().from(tags).orderBy(tags.id)).toEqual(before);
  expect(await db.$count(actions, eq(actions.kind, 'add-tags'))).toBe(1);
});

test('only admins add them', async ({ as, db }) => {
  expect((await (await as.moderator()).post(paths.tagsPlant(), {})).status).toBe(403);
  expect((await (await as.moderator()).visit(paths.tags())).main).not.toContain('Add them');
  expect(await db.$count(tags)).toBe(0);
});

test('on an empty forum all of them are planted, once', async ({ db }) => {
  expect(await db.transaction((tx) => plantTags(tx))).toBe(SEED_TAGS.length);
  expect(await db.transaction((tx) => plantTags(tx))).toBe(0);
  expect(await db.$count(tags)).toBe(SEED_TAGS.length);
});
