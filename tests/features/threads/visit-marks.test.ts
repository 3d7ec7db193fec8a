// Marks against a slow reference: whatever pages are shown in whatever order, new is exactly what was never shown.
import fc from 'fast-check';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { branchVisits, members, posts, visits } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import type { Shown } from '../../../src/domain/reading.ts';
import { mergeTopic } from '../../../src/features/threads/commands/merge-topic.ts';
import { noteVisit } from '../../../src/features/threads/commands/note-visit.ts';
import { restoreMarks, unmergeTopic } from '../../../src/features/threads/commands/unmerge-topic.ts';
import { unseen } from '../../../src/features/threads/queries/unseen.ts';
import { aMember } from '../../domain/support.ts';
import { expect, test } from '../../support/forum.ts';
import type { MemberRow, PostRow, TopicRow } from '../../support/make.ts';

async function unseenIds(db: Database, topic: TopicRow, reader: MemberRow): Promise<PostId[]> {
  const viewer = aMember({ id: reader.id });
  const rows = await db
    .select({ id: posts.id })
    .from(visits)
    .innerJoin(posts, eq(posts.topicId, visits.topicId))
    .where(and(eq(visits.memberId, reader.id), eq(visits.topicId, topic.id), unseen(viewer)))
    .orderBy(posts.id);
  return rows.map(({ id }) => id);
}

type Step =
  | { readonly does: 'reply'; readonly to: number; readonly own: boolean }
  | { readonly does: 'show'; readonly from: number; readonly to: number }
  | { readonly does: 'show-part'; readonly branch: number; readonly page: number }
  | { readonly does: 'show-all' }
  | { readonly does: 'wait' }
  | { readonly does: 'read-all' };

const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ does: fc.constant('reply'), to: fc.nat(6), own: fc.boolean() }),
    fc.record({ does: fc.constant('show'), from: fc.nat(4), to: fc.nat(6) }),
    fc.record({ does: fc.constant('show-part'), branch: fc.nat(4), page: fc.nat(2) }),
    fc.constant({ does: 'show-all' }),
    fc.constant({ does: 'wait' }),
    fc.constant({ does: 'read-all' }),
  ),
  { minLength: 4, maxLength: 14 },
);

test('new is what was never shown, in whatever order pages are read and replies come', async ({
  make,
  db,
  clock,
}) => {
  const [reader, other] = [await make.member(), await make.member()];
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const topic = await make.topic();
      await db
        .update(members)
        .set({ readUpToPostId: 0 as PostId })
        .where(eq(members.id, reader.id));
      const replies: PostRow[] = [];
      const shown = new Set<PostId>();
      let opened = false;
      const branches = () => replies.filter(({ parentId }) => parentId === null);
      const show = async (rows: readonly PostRow[], whole: boolean, after = 0) => {
        const parts = [...new Set(rows.map(({ branchId }) => branchId as PostId))].map((branchId) => {
          const ids = rows.filter((row) => row.branchId === branchId).map(({ id }) => id);
          return { branchId, after, upTo: Math.max(...ids) as PostId };
        });
        const newest = Math.max(topic.openingPostId, ...rows.map(({ id }) => id)) as PostId;
        const postIds = rows.map(({ id }) => id);
        const visit = { memberId: reader.id, topicId: topic.id, shown: { whole, newest, parts }, postIds };
        await noteVisit(db, { ...visit, at: clock.now() });
        opened = true;
        for (const { id } of rows) shown.add(id);
      };
      for (const step of sequence) {
        if (step.does === 'reply') {
          const parent = replies[step.to];
          replies.push(
            await make.reply({ topic, author: step.own ? reader : other, ...(parent && { parent }) }),
          );
        } else if (step.does === 'show') {
          const some = branches().slice(step.from, step.to);
          await show(
            replies.filter((row) => some.some(({ id }) => id === row.branchId)),
            false,
          );
        } else if (step.does === 'show-part') {
          // A page of one branch holds two replies here.
          const of = replies.filter(({ branchId }) => branchId === branches()[step.branch]?.id);
          const rows = of.slice(step.page * 2, step.page * 2 + 2);
          // What lies between the mark and a later page was not shown, and then the page moves no mark.
          const before = of.slice(0, step.page * 2);
          const reached = before.every(({ id, authorId }) => shown.has(id) || authorId === reader.id);
          if (rows.length > 0 && reached) await show(rows, false, before.at(-1)?.id ?? 0);
        } else if (step.does === 'show-all') await show(replies, true);
        else if (step.does === 'wait') clock.advance({ minutes: 30 });
        else {
          const upTo = replies.at(-1)?.id ?? topic.openingPostId;
          await db.update(members).set({ readUpToPostId: upTo }).where(eq(members.id, reader.id));
          for (const { id } of replies) shown.add(id);
        }
        const expected = replies.filter(({ id, authorId }) => authorId !== reader.id && !shown.has(id));
        if (opened) expect(await unseenIds(db, topic, reader)).toEqual(expected.map(({ id }) => id));
      }
      if (replies.length > 0) {
        await show(replies, true);
        expect(await unseenIds(db, topic, reader)).toEqual([]);
        expect(await db.$count(branchVisits, eq(branchVisits.memberId, reader.id))).toBe(0);
      }
    }),
    { numRuns: 40 },
  );
});

test('what was shown of a long topic stays read when it is merged into another, and what was not stays new', async ({
  make,
  db,
  clock,
}) => {
  const [reader, other] = [await make.member(), await make.member()];
  const [goes, stays] = [await make.topic(), await make.topic()];
  const before = await make.reply({ topic: stays, author: other });
  const unread = await make.reply({ topic: goes, author: other });
  const read = await make.reply({ topic: goes, author: other });
  const below = await make.reply({ topic: goes, parent: read, author: other });
  const note = async (topic: TopicRow, shown: Shown) =>
    noteVisit(db, { memberId: reader.id, topicId: topic.id, shown, postIds: [], at: clock.now() });
  await note(stays, { whole: true, newest: before.id, parts: [] });
  const part = { branchId: read.id, after: 0, upTo: below.id };
  await note(goes, { whole: false, newest: below.id, parts: [part] });
  const after = await make.reply({ topic: stays, author: other });
  const parts = await db.transaction((tx) => mergeTopic(tx, goes.id, stays.id));
  expect(await unseenIds(db, stays, reader)).toEqual([unread.id, after.id]);
  clock.advance({ hours: 1 });
  await db.transaction(async (tx) => {
    await unmergeTopic(tx, { topicId: goes.id, intoId: stays.id, parts });
    await restoreMarks(tx, stays.id, parts.marks, clock.now());
  });
  expect(await unseenIds(db, stays, reader)).toEqual([after.id]);
  expect(await unseenIds(db, goes, reader)).toEqual([unread.id]);
});
