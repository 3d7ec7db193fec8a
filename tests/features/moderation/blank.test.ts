// /p/:id/history/:revision/blank: a moderator erases an earlier text for everyone.
import { asc, eq } from 'drizzle-orm';
import { actions, events, revisions } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import type { Database } from '../../../src/db/connection.ts';

/** A topic with two earlier texts, the older one of another title. */
async function edited(make: Make, db: Database) {
  const topic = await make.topic({ title: 'The title as it is now', body: 'What it says now' });
  const at = new Date('2026-04-03T13:00:00Z');
  const rows = await db
    .insert(revisions)
    .values([
      {
        postId: topic.openingPostId,
        version: 1,
        title: 'A secret address',
        bodyMd: '12 Elm Street',
        replacedAt: at,
      },
      { postId: topic.openingPostId, version: 2, bodyMd: 'An address', replacedAt: at },
    ])
    .returning({ id: revisions.id });
  return { topic, postId: topic.openingPostId, first: rows[0]!.id, second: rows[1]!.id };
}

test('text and title are gone for everyone, and neither log nor public event says which it was', async ({
  make,
  as,
  db,
}) => {
  const { topic, postId, first } = await edited(make, db);
  const browser = await as.moderator();
  const history = await browser.visit(paths.postHistory(postId));
  expect(history.main).toContain('12 Elm Street');
  const form = await browser.visit(paths.postBlank(postId, first));
  expect(form.main).toContain('A secret address');
  const done = await form.press('Blank it', { reason: 'Private details' });
  expect(done.url).toBe(paths.postHistory(postId));
  expect(done.main).toContain('A moderator has blanked this text.');
  expect(done.main).toContain('An address');
  for (const page of [done, await as.visitor().visit(paths.postHistory(postId))]) {
    expect(page.main).not.toContain('Elm Street');
    expect(page.main).not.toContain('secret');
  }
  const rows = await db.select().from(revisions).orderBy(asc(revisions.version));
  expect(rows.map(({ title, bodyMd, blankedAt }) => [title, bodyMd, blankedAt !== null])).toEqual([
    ['', '', true],
    [null, 'An address', false],
  ]);
  const [action] = await db.select().from(actions);
  expect(action).toMatchObject({ kind: 'blank-revision', topicId: topic.id, postId: null, data: {} });
  const [event] = await db.select().from(events).where(eq(events.kind, 'revision-blanked'));
  expect(event?.public).toEqual({ actionId: action?.id });
  const log = await as.visitor().visit(paths.moderationLog());
  expect(log.main).toContain('Earlier text blanked');
  expect(log.document.querySelector('a[href*="history"]')).toBeNull();
  expect((await browser.post(paths.postBlank(postId, first), { reason: 'Again' })).status).toBe(409);
});

test('only moderators are offered it, and nobody for their own text', async ({ make, as, db }) => {
  const { postId, second } = await edited(make, db);
  const offers = async (browser: ReturnType<typeof as.visitor>) =>
    (await browser.visit(paths.postHistory(postId))).document.querySelectorAll('a[href$="/blank"]').length;
  expect([await offers(as.visitor()), await offers(await as.moderator())]).toEqual([0, 2]);
  const own = await make.member({ role: 'moderator' });
  const topic = await make.topic({ author: own });
  const [row] = await db
    .insert(revisions)
    .values({
      postId: topic.openingPostId,
      version: 1,
      bodyMd: 'Mine',
      replacedAt: new Date('2026-04-03T13:00:00Z'),
    })
    .returning({ id: revisions.id });
  const browser = await as.moderator(own);
  expect((await browser.post(paths.postBlank(topic.openingPostId, row!.id), { reason: 'x' })).status).toBe(
    403,
  );
  // An earlier text is a text of its post.
  expect((await browser.get(paths.postBlank(topic.openingPostId, second))).status).toBe(404);
  expect((await (await as.member()).get(paths.postBlank(postId, second))).status).toBe(403);
});
