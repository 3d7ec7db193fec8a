// What an imported topic leaves in the record.
import { asc } from 'drizzle-orm';
import { events, revisions } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { bodyOf, importOne } from './importing.ts';

test('the record tells what happened elsewhere, at its times and in its order', async ({
  make,
  db,
  clock,
}) => {
  const anna = await make.member();
  const at = (minutes: number) => clock.ago({ minutes });
  const { id, openingPostId, replyIds } = await importOne(db, {
    authorId: anna.id,
    postedAt: at(90),
    opening: {
      authorId: anna.id,
      postedAt: at(90),
      body: bodyOf('The third text.'),
      earlierTexts: [
        { bodyMd: 'The first text.', replacedAt: at(88), silent: true },
        { bodyMd: 'The second text.', title: 'The first title', replacedAt: at(70) },
        { bodyMd: 'The third text.', title: 'The second title', replacedAt: at(10) },
      ],
    },
    replies: [
      { text: 'Withdrawn later.', postedAt: at(80), withdrawnAt: at(60), purpose: 'question' },
      { text: 'By somebody who left.', parent: 0, authorId: null, postedAt: at(75) },
      { text: 'Held.', postedAt: at(20), heldAt: at(20) },
    ],
  });
  const [branch, former, held] = replyIds;
  const [first, second, third] = await db.select().from(revisions).orderBy(asc(revisions.version));
  const happened = await db.select().from(events).orderBy(asc(events.id));
  expect(happened.every(({ topicId }) => topicId === id)).toBe(true);
  expect(happened.map(({ at, kind, actorId, postId, data }) => [at, kind, actorId, postId, data])).toEqual([
    [at(90), 'topic-posted', anna.id, openingPostId, { topicKind: 'text' }],
    [at(88), 'post-edited', anna.id, openingPostId, { revisionId: first?.id, silent: true }],
    [at(80), 'reply-posted', anna.id, branch, { parentId: null, branchId: branch, purpose: 'question' }],
    [at(75), 'reply-posted', null, former, { parentId: branch, branchId: branch, purpose: null }],
    [at(70), 'title-edited', anna.id, openingPostId, { revisionId: second?.id }],
    [at(70), 'post-edited', anna.id, openingPostId, { revisionId: second?.id, silent: false }],
    [at(60), 'post-withdrawn', anna.id, branch, {}],
    [at(20), 'post-held', anna.id, held, { cause: 'first-links' }],
    // Only the title: the text stayed as it was.
    [at(10), 'title-edited', anna.id, openingPostId, { revisionId: third?.id }],
  ]);
  const secret = happened.filter((event) => event.public === null);
  expect(secret.map(({ kind }) => kind)).toEqual(['post-edited', 'post-held']);
});
