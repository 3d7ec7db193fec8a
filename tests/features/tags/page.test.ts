import { setTopicTags } from '../../../src/features/tags/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('a tag that came with a topic which others do not see has no page yet', async ({ as, make, db }) => {
  const held = await make.topic({ heldAt: new Date('2026-04-03T12:00:00Z') });
  await db.transaction((tx) => setTopicTags(tx, held.id, [{ slug: 'secret-name', name: 'secret name' }]));
  expect((await as.visitor().visit(paths.tag('secret-name'))).status).toBe(404);
  expect((await (await as.moderator()).visit(paths.tag('secret-name'))).status).toBe(404);

  const shown = await make.topic({ title: 'A topic that is listed' });
  await db.transaction((tx) => setTopicTags(tx, shown.id, [{ slug: 'secret-name', name: 'secret name' }]));
  const page = await as.visitor().visit(paths.tag('secret-name'));
  expect(page.status).toBe(200);
  expect(page.main).toContain('A topic that is listed');
});
