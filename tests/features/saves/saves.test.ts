// Saved posts: kept beside the post, listed for the member alone, with a note of their own.
import { eq } from 'drizzle-orm';
import { posts, saves, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('topics and replies are saved where they stand, listed newest first, and removed', async ({
  make,
  as,
  db,
  clock,
}) => {
  const author = await make.member({ name: 'diana_f' });
  const topic = await make.topic({ title: 'Worth keeping', author, body: 'The text of the topic' });
  const reply = await make.reply({ topic, author, body: 'The text of the reply' });
  const member = await make.member();
  const browser = await as.member(member);
  const saved = await (await browser.visit(paths.topic(topic))).press('Save this topic');
  expect(saved.url).toBe(paths.topic(topic));
  clock.advance({ seconds: 1 });
  expect((await saved.press('Save reply by diana_f')).main).toContain('Saved reply by diana_f');
  // Twice is once.
  expect((await browser.post(paths.postSave(reply.id), { do: 'save' })).status).toBe(303);
  expect((await browser.visit(paths.member(member.name))).main).toMatch(/Saved\s*2/);

  const list = await browser.visit(paths.saved());
  const titles = (page: typeof list) =>
    [...page.document.querySelectorAll('.items .meta')].map((meta) =>
      meta.textContent?.split(' by ')[0]?.trim(),
    );
  expect(titles(list)).toEqual(['Reply', 'Topic']);
  expect(list.main).toContain('The text of the reply');
  expect(titles(await list.follow('Topics'))).toEqual(['Topic']);
  expect(titles(await list.follow('Replies'))).toEqual(['Reply']);
  expect((await (await as.member()).visit(paths.saved())).main).toContain('You have saved nothing here');
  expect((await as.visitor().get(paths.saved())).status).toBe(303);

  const after = await browser.post(paths.postSave(topic.openingPostId), {
    do: 'remove',
    next: paths.saved(),
  });
  expect(after.headers.location).toBe(paths.saved());
  expect(titles(await browser.visit(paths.saved()))).toEqual(['Reply']);
  expect(await db.$count(saves)).toBe(1);
});

test('a note is kept, changed, and comes back when it is too long', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  const place = paths.postSave(topic.openingPostId);
  await browser.post(place, { do: 'save' });
  const list = await (
    await browser.visit(paths.saved())
  ).press('Keep the note', { note: 'For <Monday>\nand later' });
  expect(list.main).toContain('For <Monday>');
  const long = 'x'.repeat(501);
  const refused = await list.press('Keep the note', { note: long });
  expect([refused.status, refused.document.querySelector('textarea')?.textContent]).toEqual([422, long]);
  expect(refused.main).toContain('A note has up to 500 characters; this one has 501.');
  // The button beside the post leaves the note alone; without a post of theirs there is nothing to note.
  await browser.post(place, { do: 'save' });
  expect(await db.select({ note: saves.note }).from(saves)).toEqual([{ note: 'For <Monday>\nand later' }]);
  expect((await browser.post(place, { do: 'keep' })).status).toBe(422);
});

test('what is hidden, withdrawn or held tells nothing on the list, and can only be removed', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ title: 'The secret title' });
  const inside = await make.reply({ topic, body: 'A word of the secret' });
  const other = await make.topic({ title: 'It stays' });
  const reply = await make.reply({ topic: other, body: 'Another secret' });
  const browser = await as.member();
  for (const { id } of [{ id: topic.openingPostId }, inside, reply])
    expect((await browser.post(paths.postSave(id), { do: 'save', note: 'Mine' })).status).toBe(303);
  const gone = { hiddenAt: clock.now() };
  await db.update(topics).set(gone).where(eq(topics.id, topic.id));
  await db.update(posts).set(gone).where(eq(posts.id, topic.openingPostId));
  await db.update(posts).set({ withdrawnAt: clock.now() }).where(eq(posts.id, reply.id));
  const list = await browser.visit(paths.saved());
  expect(list.html).not.toContain('secret');
  expect(list.html).not.toContain('secret-title');
  expect(list.main.match(/No longer readable/g)?.length).toBeGreaterThanOrEqual(3);
  expect(list.main).toContain('Mine');
  const stranger = await as.member();
  for (const { id } of [inside, reply])
    expect((await stranger.post(paths.postSave(id), { do: 'save' })).status).toBe(409);
  expect((await stranger.post(paths.postSave(999 as typeof reply.id), { do: 'save' })).status).toBe(404);
  // The member's own note still changes, and the row goes.
  expect((await browser.post(paths.postSave(reply.id), { do: 'save', note: 'Gone' })).status).toBe(303);
  expect((await browser.post(paths.postSave(reply.id), { do: 'remove' })).status).toBe(303);
  expect(await db.$count(saves)).toBe(2);
});

test('the list is walked page by page, and the script is told what is so', async ({
  make,
  as,
  db,
  clock,
}) => {
  const member = await make.member({ pageSize: 15 });
  const topic = await make.topic();
  for (let n = 0; n < 17; n += 1) {
    const { id: postId } = await make.reply({ topic, body: `Reply ${n}.` });
    await db.insert(saves).values({ memberId: member.id, postId, savedAt: clock.now() });
  }
  const browser = await as.member(member);
  const first = await browser.visit(paths.saved());
  const second = await first.follow('Earlier');
  const texts = [first, second].flatMap(({ document }) =>
    [...document.querySelectorAll('.items .prose')].map(({ textContent }) => textContent),
  );
  expect([texts.length, new Set(texts).size]).toEqual([17, 17]);
  const answer = await browser.post(
    paths.postSave(topic.openingPostId),
    { do: 'save' },
    { accept: 'application/json' },
  );
  expect(JSON.parse(answer.text)).toEqual({ saved: true });
});
