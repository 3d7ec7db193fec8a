// A tag's page and feeds have the topics of what stands below it, and of what was merged into that.
import { enqueue } from '../../../src/jobs/queue.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { addTag, giveTags } from './tagging.ts';

test('a company’s page and feeds have its models’ topics', async ({ make, as, db }) => {
  const company = await addTag(db, 'acme', { name: 'Acme', kind: 'company' });
  const family = await addTag(db, 'acme-models', { name: 'Acme Models', parentId: company });
  await addTag(db, 'acme-one', { parentId: family });
  await addTag(db, 'acme-uno');
  const [own, below, merged, other] = [
    await make.topic({ title: 'About the company' }),
    await make.topic({ title: 'About one of its models' }),
    await make.topic({ title: 'About that by another name' }),
    await make.topic({ title: 'About something else' }),
  ];
  await giveTags(db, own, 'acme', 'acme-one');
  await giveTags(db, below, 'acme-one');
  await giveTags(db, merged, 'acme-uno');
  await giveTags(db, other, 'power');
  await (await as.moderator()).post(paths.tagMerge('acme-uno'), { into: 'acme-one', reason: 'The same' });

  const visitor = as.visitor();
  const page = await visitor.visit(paths.tag('acme'));
  expect(page.main).toContain('3 topics');
  expect(
    [...page.document.querySelectorAll('nav[aria-label^="Tags below"] a')].map((a) => a.textContent),
  ).toEqual(['Acme Models']);
  for (const path of [paths.tag('acme', { sort: 'new' }), '/tag/acme/feed.atom', '/tag/acme/feed.json']) {
    const { text } = await visitor.get(path);
    for (const { title } of [own, below, merged])
      expect([path, text.split(title).length > 1]).toEqual([path, true]);
    expect(text).not.toContain(other.title);
  }
  const links = [...page.document.querySelectorAll('link[rel=alternate]')].map((link) =>
    link.getAttribute('href'),
  );
  expect(links).toEqual(['/tag/acme/feed.atom', '/tag/acme/feed.json']);
  const belowPage = await visitor.visit(paths.tag('acme-one'));
  expect(belowPage.main).toContain('belongs to Acme Models');
  expect((await visitor.get('/tag/nothing/feed.atom')).status).toBe(404);
});

test('who follows a company is told of its models’ topics, and has them in the list of what they follow', async ({
  make,
  as,
  db,
  drain,
}) => {
  const company = await addTag(db, 'acme');
  const family = await addTag(db, 'acme-models', { parentId: company });
  await addTag(db, 'acme-one', { parentId: family });
  await addTag(db, 'acme-old');
  await addTag(db, 'acme-rival');
  const moderator = await as.moderator();
  await moderator.post(paths.tagMerge('acme-models'), { into: 'acme-old', reason: 'The same' });
  await db.execute(
    "update tags set parent_id = (select id from tags where slug = 'acme') where slug = 'acme-old'",
  );
  const reader = await as.member();
  await reader.post(paths.tagFollow('acme'), { level: 'all' });
  const [below, other] = [await make.topic({ title: 'One of its models' }), await make.topic()];
  await giveTags(db, below, 'acme-one');
  await giveTags(db, other, 'acme-rival');
  for (const { openingPostId: postId } of [below, other])
    await db.transaction((tx) => enqueue(tx, 'notify-of-post', { postId }));
  await drain();
  const [followed, inbox] = [await reader.visit(paths.followed()), await reader.visit('/inbox')];
  for (const { main } of [followed, inbox]) {
    expect(main).toContain('One of its models');
    expect(main).not.toContain(other.title);
  }
});
