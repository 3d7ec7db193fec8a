// Posts that await approval, as their authors and everyone else have them before and after.
import { eq } from 'drizzle-orm';
import { describe } from 'vitest';
import { notifications, posts, sanctions } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { itemRow, postRow, putInQueue, topicRow } from '../../support/moderation-rows.ts';
import { watch, workRows } from '../../support/watch-rows.ts';

describe('Before approval', () => {
  test('the author lands at the post, which says that it awaits approval', async ({ make, as, db }) => {
    await watch(db, 'price list', 'hold');
    const topic = await make.topic();
    const page = await (await as.member()).visit(`/t/${topic.id}/reply`);
    const landed = await page.press('Post reply', { body: 'Ask for the price list' });
    expect(landed.url).toMatch(/#p\d+$/);
    expect(landed.main).toMatch(/awaiting approval[\s\S]*Ask for the price list/i);
  });

  test('the author edits it, and moderators hear of that; then withdraws it', async ({
    make,
    as,
    db,
    clock,
  }) => {
    const author = await make.member();
    const topic = await make.topic();
    const held = await make.reply({ topic, author, heldAt: clock.now(), postedAt: clock.now() });
    const item = await putInQueue(db, { post: held.id, kind: 'held' });
    const browser = await as.member(author);
    await (await browser.visit(`/p/${held.id}/edit`)).press('Save', { body: 'Said better' });
    expect(await postRow(db, held.id)).toMatchObject({ bodyMd: 'Said better', state: 'held' });
    expect((await itemRow(db, item)).version).toBe(2);
    await (await browser.visit(`/p/${held.id}/withdraw`)).press('Delete');
    expect((await postRow(db, held.id)).withdrawnAt).toEqual(clock.now());
    expect((await itemRow(db, item)).closedAt).toEqual(clock.now());
    const own = await browser.visit(`/p/${held.id}`);
    expect(own.main).toContain('Deleted by its author.');
    expect(own.main).not.toContain('Awaiting approval');
    const gone = await (await as.moderator()).visit('/moderation?tab=held');
    expect(gone.main).not.toMatch(/Said better|Withdrawn by its author/);

    await (await browser.visit(`/p/${held.id}/withdraw`)).press('Undo');
    expect(await postRow(db, held.id)).toMatchObject({ state: 'held', withdrawnAt: null });
    expect(await workRows(db)).toMatchObject([
      { kind: 'held', postId: held.id },
      { kind: 'held', postId: held.id, closedAt: null },
    ]);
  });

  test('nobody is told, and it is counted and listed nowhere', async ({
    make,
    as,
    db,
    drain,
    mails,
    clock,
  }) => {
    await watch(db, 'price list', 'hold');
    const asker = await make.member({ name: 'asker' });
    const topic = await make.topic({ author: asker });
    const author = await make.member({ name: 'seller' });
    const page = await (await as.member(author)).visit(`/t/${topic.id}/reply`);
    await page.press('Post reply', { body: '@asker, here is the price list' });
    await drain();
    expect(await db.select().from(notifications)).toEqual([]);
    expect(mails()).toEqual([]);
    expect(await topicRow(db, topic.id)).toMatchObject({
      ...{ replyCount: 0, replierCount: 0 },
      lastActivityAt: topic.lastActivityAt,
    });
    clock.advance({ minutes: 1 });
    for (const path of [
      `/t/${topic.id}/${topic.slug}`,
      '/u/seller',
      '/search?q=price',
      '/active',
      '/feed.atom',
    ]) {
      for (const other of [as.visitor(), await as.member(asker)]) {
        expect((await other.get(path)).text, path).not.toContain('price list');
      }
    }
  });
});

describe('Approval', () => {
  test('is not stopped by what its author may do now, and tells those it speaks to', async ({
    make,
    as,
    db,
    drain,
    clock,
  }) => {
    const asker = await make.member({ name: 'asker' });
    const author = await make.member();
    const topic = await make.topic({ author: asker });
    const heldAt = clock.ago({ days: 2 });
    const held = await make.reply({ topic, author, heldAt, postedAt: heldAt, body: 'An answer' });
    await putInQueue(db, { post: held.id, kind: 'held' });
    // Far over every limit of a day, and just now.
    for (let n = 0; n < 12; n += 1) await make.reply({ topic, author, postedAt: clock.now() });
    const actionId = await make.hide({ post: (await make.reply({ topic: await make.topic() })).id });
    await db
      .insert(sanctions)
      .values({ memberId: author.id, kind: 'suspension', actionId, startsAt: heldAt });
    await (await (await as.moderator()).visit('/moderation?tab=held')).press('Approve');
    expect(await postRow(db, held.id)).toMatchObject({ state: 'visible', postedAt: clock.now() });
    await drain();
    const told = await db.select().from(notifications).where(eq(notifications.memberId, asker.id));
    expect(told).toMatchObject([{ postId: held.id }]);
    expect((await topicRow(db, topic.id)).replyCount).toBe(13);
  });

  test('of a withdrawn post publishes nothing', async ({ make, as, db, clock }) => {
    const held = await make.reply({
      topic: await make.topic(),
      heldAt: clock.ago({ hours: 1 }),
      withdrawnAt: clock.ago({ minutes: 1 }),
    });
    const item = await putInQueue(db, { post: held.id, kind: 'held' });
    const moderator = await as.moderator();
    await moderator.post(`/moderation/items/${item}`, { do: 'approve', version: '1' });
    expect(await postRow(db, held.id)).not.toMatchObject({ state: 'visible' });
  });
});

test('a refused author has the reason and the whole text, and a way to post again', async ({
  make,
  as,
  db,
  clock,
}) => {
  const author = await make.member();
  const topic = await make.topic();
  const body = 'Ask for the **price list**\n\nin full';
  const held = await make.reply({ topic, author, heldAt: clock.ago({ hours: 1 }), body });
  await putInQueue(db, { post: held.id, kind: 'held' });
  await (
    await (await as.moderator()).visit('/moderation?tab=held')
  ).press('Refuse', {
    canned: 'Spam or promotion',
  });
  const browser = await as.member(author);
  const page = await browser.visit(`/t/${topic.id}/${topic.slug}`);
  expect(page.main).toContain('Spam or promotion');
  const again = await page.follow('Write it anew');
  expect(again.field('body').value).toBe(body);
  const posted = await again.press('Post reply', { body: 'Without the advertisement' });
  expect(posted.main).toContain('Without the advertisement');
  expect(await db.select().from(posts).where(eq(posts.authorId, author.id))).toHaveLength(2);
  expect(await workRows(db)).toMatchObject([{ kind: 'held', closedAt: clock.now() }]);
});
