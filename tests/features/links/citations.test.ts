// What posts link to is written down with them, and found by whoever is about to post the same address.
import { asc, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { citedAddresses, posts } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { URL_KEY_VERSION } from '../../../src/domain/url-key.ts';
import { findCitingReplies, setCitations } from '../../../src/features/links/index.ts';
import { releaseTexts } from '../../../src/features/threads/index.ts';
import { eraseWithdrawn } from '../../../src/features/threads/jobs.ts';
import { escapeHtml, type SafeHtml } from '../../../src/lib/html.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { importOne } from '../threads/importing.ts';

const ADDRESS = 'https://www.gridledger.example/late/?utm_source=x&a=1';
const KEY = 'gridledger.example/late?a=1';

async function cited(db: Database, ...postIds: PostId[]) {
  const rows = await db
    .select()
    .from(citedAddresses)
    .where(inArray(citedAddresses.postId, postIds))
    .orderBy(asc(citedAddresses.postId), asc(citedAddresses.urlKey));
  return rows.map(({ postId, urlKey }) => [postId, urlKey]);
}

test('a reply, an opening post and an edit say what they link to', async ({ make, as, db }) => {
  const anna = await make.member({ name: 'anna' });
  const browser = await as.member(anna);
  const page = await browser.visit(paths.topic(await make.topic()));
  await page.press('Post reply', {
    body: `See ${ADDRESS} and [the same](http://gridledger.example/late?a=1), [mail](mailto:a@example.org), [here](/new), [far](ftp://example.org/a)`,
  });
  const [reply] = await db.select().from(citedAddresses);
  expect(reply).toMatchObject({
    urlKey: KEY,
    keyVersion: URL_KEY_VERSION,
    url: 'http://gridledger.example/late?a=1',
  });
  const replyId = reply!.postId;
  expect(await cited(db, replyId)).toEqual([[replyId, KEY]]);

  const edit = await browser.visit(paths.postEdit(replyId));
  await edit.press('Save', { body: 'No: https://one.example/a and https://two.example/b' });
  expect(await cited(db, replyId)).toEqual([
    [replyId, 'one.example/a'],
    [replyId, 'two.example/b'],
  ]);
  await (await browser.visit(paths.postEdit(replyId))).press('Save', { body: 'Nothing at all.' });
  expect(await cited(db, replyId)).toEqual([]);

  const form = await browser.visit(paths.submit());
  await form.press('Post topic', {
    title: 'Transformers are late',
    section: 'infrastructure',
    body: `It begins with ${ADDRESS}`,
  });
  expect((await db.select().from(citedAddresses)).map(({ urlKey }) => urlKey)).toEqual([KEY]);
});

test('imported posts say it, too', async ({ make, db, clock }) => {
  const { id: authorId } = await make.member();
  const linking = (address: string) => ({
    markdown: address,
    html: `<p><a class="url" href="${escapeHtml(address)}" rel="ugc nofollow noopener">it</a></p>` as SafeHtml,
    version: 1,
  });
  const postedAt = clock.ago({ days: 1 });
  const { openingPostId, replyIds } = await importOne(db, {
    authorId,
    postedAt,
    opening: { authorId, postedAt, body: linking('https://one.example/a?x=1&b=2') },
    replies: [{ text: '', body: linking(ADDRESS) }, { text: 'No link.' }],
  });
  expect(await cited(db, openingPostId, ...replyIds)).toEqual([
    [openingPostId, 'one.example/a?b=2&x=1'],
    [replyIds[0], KEY],
  ]);
  expect(await findCitingReplies(db, KEY, clock.now())).toMatchObject([{ id: replyIds[0] }]);
});

test('the three newest replies that everyone can see are found', async ({ make, db, clock }) => {
  const anna = await make.member({ name: 'anna' });
  const topic = await make.topic({ title: 'Transformers are late' });
  const cite = async (postId: PostId) =>
    db.transaction((tx) => setCitations(tx, postId, [ADDRESS, 'https://other.example/a']));
  const reply = async (days: number, facts: object = {}) => {
    const made = await make.reply({ topic, author: anna, postedAt: clock.ago({ days }), ...facts });
    await cite(made.id);
    return made;
  };
  const newest = await reply(1);
  const second = await reply(2);
  const third = await reply(180);
  await reply(181);
  await reply(0, { heldAt: clock.now() });
  await reply(0, { withdrawnAt: clock.now() });
  const hidden = await reply(0);
  await make.hide({ post: hidden.id });
  const hiddenTopic = await make.topic();
  await reply(0, { topic: hiddenTopic });
  await make.hide({ topic: hiddenTopic.id });
  // Whoever posts an address is not shown opening posts here: topics are found by their sources.
  await cite(topic.openingPostId);
  const found = () => findCitingReplies(db, KEY, clock.now());
  expect(await found()).toEqual(
    [newest, second, third].map(({ id, postedAt }) => ({
      id,
      topicId: topic.id,
      topicSlug: topic.slug,
      topicTitle: 'Transformers are late',
      authorName: 'anna',
      postedAt,
    })),
  );
  expect(await findCitingReplies(db, 'gridledger.example/early', clock.now())).toEqual([]);

  const last = await reply(0);
  await db.update(posts).set({ authorId: null }).where(eq(posts.id, last.id));
  expect((await found()).map(({ id, authorName }) => [id, authorName])).toEqual([
    [last.id, null],
    [newest.id, 'anna'],
    [second.id, 'anna'],
  ]);
});

test('what an erased text linked to is forgotten', async ({ make, db, clock }) => {
  const anna = await make.member();
  const topic = await make.topic();
  const old = await make.reply({ topic, withdrawnAt: clock.ago({ days: 31 }) });
  const young = await make.reply({ topic, withdrawnAt: clock.ago({ days: 1 }) });
  const leaving = await make.reply({ topic, author: anna });
  const ids = [old.id, young.id, leaving.id];
  for (const id of ids) await db.transaction((tx) => setCitations(tx, id, [ADDRESS]));
  await eraseWithdrawn(db, {}, clock.now());
  expect(await cited(db, ...ids)).toEqual([
    [young.id, KEY],
    [leaving.id, KEY],
  ]);
  await db.transaction((tx) => releaseTexts(tx, anna.id, { withdraw: true, now: clock.now() }));
  expect(await cited(db, ...ids)).toEqual([[young.id, KEY]]);
});

test('a post that is gone cites nothing', async ({ make, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await db.transaction((tx) => setCitations(tx, reply.id, [ADDRESS]));
  await db.delete(posts).where(eq(posts.id, reply.id));
  expect(await db.select().from(citedAddresses)).toEqual([]);
});
