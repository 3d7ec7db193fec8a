// Replies that a page showed before are not read again (docs/decisions/027): whatever changes of one is on the next page
// nevertheless, for everybody.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members, posts } from '../../../src/db/schema/index.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import type { MemberRow, PostRow } from '../../support/make.ts';

const AT = new Date('2026-04-03T12:00:00Z');

const post =
  (changed: Partial<typeof posts.$inferInsert>) =>
  (db: Database, { id }: PostRow) =>
    db.update(posts).set(changed).where(eq(posts.id, id));
const author =
  (changed: Partial<typeof members.$inferInsert>) =>
  (db: Database, _: PostRow, { id }: MemberRow) =>
    db.update(members).set(changed).where(eq(members.id, id));
const html = (text: string) => `<p>${text}</p>` as SafeHtml;

const TEXT = 'What it said at first';
const NAME = 'its_author';

/** What is done, what is shown then, and what not any more. */
const CHANGES: Readonly<Record<string, readonly [ReturnType<typeof post | typeof author>, string, string?]>> =
  {
    'its text': [post({ bodyHtml: html('Another text') }), 'Another text', TEXT],
    'its score': [post({ score: 4_711 }), '4,711'],
    'that it was edited': [post({ editedAt: AT }), 'edited'],
    'its purpose': [post({ purpose: 'correction' }), 'Correction'],
    'that a model wrote it': [post({ modelWritten: true }), 'Text written with a model'],
    'that it was deleted': [post({ withdrawnAt: AT }), 'Deleted by its author', TEXT],
    'its author’s name': [author({ name: 'another_name' }), 'another_name', NAME],
    'its author’s role': [author({ role: 'moderator' }), 'Moderator'],
    'that its author left': [post({ authorId: null }), 'former member', NAME],
  };

const queries = async (browser: Browser, path: string) =>
  Number(/(\d+) queries/.exec(String((await browser.visit(path)).headers['server-timing']))![1]);

test('the text of a hidden reply is on no page of others, which say why instead', async ({ make, as }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic, body: TEXT });
  const readers = [as.visitor(), await as.member()];
  for (const reader of readers) expect((await reader.visit(paths.topic(topic))).html).toContain(TEXT);
  await make.hide({ post: reply.id, reason: 'Advertising' });
  for (const reader of readers) {
    const { html } = await reader.visit(paths.topic(topic));
    expect(html).toContain('Advertising');
    expect(html).not.toContain(TEXT);
  }
});

test('what was read is not read again, but where each reply stands', async ({ make, as }) => {
  const topic = await make.topic();
  await make.reply({ topic });
  const gone = await make.reply({ topic });
  const path = paths.topic(topic);
  const [first, second] = [await queries(as.visitor(), path), await queries(as.visitor(), path)];
  expect(first - second).toBe(1);
  await make.hide({ post: gone.id });
  expect(await queries(as.visitor(), path)).toBe(first);
});

for (const [what, [change, shown, gone]] of Object.entries(CHANGES)) {
  test(`${what} is on the next page`, async ({ make, as, db }) => {
    const writer = await make.member({ name: NAME });
    const topic = await make.topic();
    const reply = await make.reply({ topic, author: writer, body: TEXT });
    const readers = [as.visitor(), await as.member(), await as.moderator()];
    const replies = async (reader: Browser) =>
      (await reader.visit(paths.topic(topic))).main.split('Replies (')[1]!;
    for (const reader of readers) expect(await replies(reader)).not.toContain(shown);
    await change(db, reply, writer);
    for (const reader of readers) {
      const page = await replies(reader);
      expect(page).toContain(shown);
      if (gone !== undefined) expect(page).not.toContain(gone);
    }
  });
}
