// What was refused approval is nobody's business but its author's and the moderators'.
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('a refused reply leaves no trace for others, and its reason for its author', async ({ make, as }) => {
  const author = await make.member();
  const topic = await make.topic();
  const reply = await make.reply({ topic, author, body: 'Buy my course', heldAt: topic.postedAt });
  await make.hide({ post: reply.id, reason: 'Advertising' });
  const others = await as.visitor().visit(paths.topic(topic));
  expect(others.main).not.toContain('Buy my course');
  expect(others.main).not.toContain('Hidden by a moderator');
  expect(others.main).toContain('Replies (0)');
  expect((await as.visitor().visit(paths.post(reply.id))).status).toBe(404);
  expect((await (await as.member()).visit(paths.post(reply.id))).status).toBe(404);
  const own = await (await as.member(author)).visit(paths.topic(topic));
  expect(own.main).toContain('Buy my course');
  expect(own.main).toContain('Advertising');
});

test('a refused topic is not found by others, not even as gone', async ({ make, as }) => {
  const author = await make.member();
  const topic = await make.topic({ author, heldAt: new Date('2026-04-03T12:00:00Z') });
  await make.hide({ topic: topic.id, reason: 'Advertising' });
  expect((await as.visitor().visit(paths.topic(topic))).status).toBe(404);
  expect((await (await as.member(author)).visit(paths.topic(topic))).status).toBe(200);
  expect((await (await as.moderator()).visit(paths.topic(topic))).status).toBe(200);
});
