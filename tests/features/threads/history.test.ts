import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts, revisions } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

interface Earlier {
  readonly bodyMd: string;
  readonly title?: string;
  readonly silent?: boolean;
  readonly blankedAt?: Date;
}

/** Gives a post earlier texts, each replaced a minute after the one before. */
async function keepTexts(
  db: Database,
  postId: PostId,
  postedAt: Date,
  texts: readonly Earlier[],
): Promise<void> {
  await db.insert(revisions).values(
    texts.map((text, index) => ({
      postId,
      version: index + 1,
      replacedAt: new Date(postedAt.getTime() + (index + 1) * 60_000),
      ...text,
    })),
  );
  await db
    .update(posts)
    .set({ version: texts.length + 1 })
    .where(eq(posts.id, postId));
}

function versionsOn(page: Page): string[] {
  return [...page.document.querySelectorAll('main article')].map((version) =>
    [...version.querySelectorAll('h2, .diff, .tomb')].map((part) => part.innerHTML.trim()).join(' | '),
  );
}

test('everyone can see what was changed, word by word', async ({ make, as, db }) => {
  const reply = await make.reply({ topic: await make.topic(), body: 'The queue holds 80 GW.' });
  await keepTexts(db, reply.id, reply.postedAt, [{ bodyMd: 'The queue holds 60 GW.' }]);
  const page = await as.visitor().visit(paths.postHistory(reply.id));
  expect(page.status).toBe(200);
  expect(versionsOn(page)).toEqual([
    'As it is now | The queue holds <del>60</del><ins>80</ins> GW.',
    'As posted | The queue holds 60 GW.',
  ]);
});

test('the history of a topic has its titles', async ({ make, as, db }) => {
  const topic = await make.topic({ title: 'Lead times', body: 'Text.' });
  await keepTexts(db, topic.openingPostId, topic.postedAt, [
    { bodyMd: 'Text.', title: 'Lead tims' },
    { bodyMd: 'Txt.' },
  ]);
  const page = await as.visitor().visit(paths.postHistory(topic.openingPostId));
  expect(versionsOn(page)).toEqual([
    'As it is now | <del>Txt</del><ins>Text</ins>.',
    'Edited | Lead <del>tims</del><ins>times</ins> | <del>Text</del><ins>Txt</ins>.',
    'As posted | Lead tims | Text.',
  ]);
});

test('texts of the first minutes are for the author and moderators', async ({ make, as, db }) => {
  const anna = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author: anna, body: 'Second thoughts.' });
  await keepTexts(db, reply.id, reply.postedAt, [{ bodyMd: 'A slip.', silent: true }]);
  const path = paths.postHistory(reply.id);
  expect(versionsOn(await as.visitor().visit(path))).toEqual(['As posted, never edited | Second thoughts.']);
  expect((await (await as.member()).visit(path)).html).not.toContain('slip');
  for (const browser of [await as.member(anna), await as.moderator()]) {
    const page = await browser.visit(path);
    expect(versionsOn(page)[1]).toBe('As posted | A slip.');
    expect(page.main).toContain('only you and moderators see this');
  }
});

test('a blanked text is said to be one and shown to nobody', async ({ make, as, db, clock }) => {
  const reply = await make.reply({ topic: await make.topic(), body: 'Clean.' });
  await keepTexts(db, reply.id, reply.postedAt, [
    { bodyMd: 'Her address is secret.', blankedAt: clock.now() },
  ]);
  for (const browser of [as.visitor(), await as.moderator()]) {
    const page = await browser.visit(paths.postHistory(reply.id));
    expect(versionsOn(page)).toEqual([
      'As it is now | Clean.',
      'As posted | A moderator has blanked this text.',
    ]);
    expect(page.html).not.toContain('secret');
  }
});

test('texts are escaped', async ({ make, as, db }) => {
  const reply = await make.reply({ topic: await make.topic(), body: '<script>two()</script>' });
  await keepTexts(db, reply.id, reply.postedAt, [{ bodyMd: '<script>one()</script>' }]);
  const page = await as.visitor().visit(paths.postHistory(reply.id));
  expect(page.document.querySelectorAll('main script')).toHaveLength(0);
});

test('a long history is paged through', async ({ make, as, db }) => {
  const reply = await make.reply({ topic: await make.topic(), body: 'Text 8' });
  const earlier = Array.from({ length: 7 }, (_, n) => ({ bodyMd: `Text ${n + 1}` }));
  await keepTexts(db, reply.id, reply.postedAt, earlier);
  const first = await as.visitor().visit(paths.postHistory(reply.id));
  expect(versionsOn(first)).toHaveLength(5);
  expect(versionsOn(first)[4]).toBe('Edited | Text <del>3</del><ins>4</ins>');
  const second = await first.follow('Older texts');
  expect(versionsOn(second)).toEqual([
    'Edited | Text <del>2</del><ins>3</ins>',
    'Edited | Text <del>1</del><ins>2</ins>',
    'As posted | Text 1',
  ]);
  expect(second.document.querySelector('[rel="next"]')).toBeNull();
  expect((await as.visitor().visit(`${paths.postHistory(reply.id)}?before=x`)).status).toBe(400);
});

test('the history of a hidden post is for its author and moderators', async ({ make, as, db }) => {
  const anna = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author: anna, body: 'Rude.' });
  await keepTexts(db, reply.id, reply.postedAt, [{ bodyMd: 'Ruder.' }]);
  await make.hide({ post: reply.id });
  const path = paths.postHistory(reply.id);
  for (const browser of [as.visitor(), await as.member()]) {
    const page = await browser.visit(path);
    expect(page.status).toBe(410);
    expect(page.html).not.toMatch(/Rude/);
  }
  for (const browser of [await as.member(anna), await as.moderator()]) {
    expect((await browser.visit(path)).main).toContain('Ruder.');
  }
});

test('a withdrawn post has a history for nobody, a held one for its author', async ({ make, as, clock }) => {
  const anna = await make.member();
  const topic = await make.topic();
  const withdrawn = await make.reply({ topic, author: anna, withdrawnAt: clock.now(), body: 'Regretted.' });
  const held = await make.reply({ topic, author: anna, heldAt: clock.now() });
  for (const browser of [as.visitor(), await as.member(anna), await as.moderator()]) {
    const page = await browser.visit(paths.postHistory(withdrawn.id));
    expect(page.status).toBe(410);
    expect(page.html).not.toContain('Regretted.');
  }
  expect((await as.visitor().visit(paths.postHistory(held.id))).status).toBe(404);
  expect((await (await as.member(anna)).visit(paths.postHistory(held.id))).status).toBe(200);
});
