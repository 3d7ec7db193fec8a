// Whatever moderators decide, in whatever order: undone from the last to the first, all is as it was; undone in any order,
// every counter is right and every reply stands where the one above it does.
import fc from 'fast-check';
import type { Database } from '../../../src/db/connection.ts';
import type { ActionId } from '../../../src/domain/ids.ts';
import { undoAction } from '../../../src/features/undo/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { VIEWERS } from '../../domain/support.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import { everyRow, lastAction, misplaced, scene, type Scene } from './scene.ts';

const because = { reason: 'It belongs so' };

/** What a moderator does; which post and which place are chosen by number. */
const deed = fc.record({
  what: fc.constantFrom('hide', 'branch', 'move', 'move', 'lock', 'pin', 'tags', 'section', 'merge'),
  which: fc.nat(4),
  to: fc.nat(6),
});
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

/** @returns the decision; undefined when it was refused, which many are that come by chance */
async function act({ browser, ...at }: Scene, db: Database, { what, which, to }: Deed) {
  const replies = [at.root, at.child, at.deep, at.beside, at.elsewhere];
  const post = replies[which % replies.length]!.id;
  const places = [...replies.map(({ id }) => paths.post(id)), String(at.topic.id), String(at.second.id)];
  const topic = to % 2 === 0 ? at.topic : at.second;
  const before = await lastAction(db);
  switch (what) {
    case 'hide':
    case 'branch':
      await browser.post(paths.postHide(post), { ...because, extent: what === 'hide' ? 'post' : 'branch' });
      break;
    case 'move':
      await browser.post(paths.postMove(post), { ...because, to: places[to]! });
      break;
    case 'lock':
      await browser.post(paths.topicLock(topic.id), because);
      break;
    case 'pin':
      await browser.post(paths.topicPin(topic.id), { ...because, days: which % 2 === 0 ? '3' : '7' });
      break;
    case 'tags': {
      const tags = ['chips', 'power, memory', 'memory, chips, funds', 'funds', 'power'][which]!;
      await browser.post(paths.topicSuggest(topic.id), { ...because, title: topic.title, tags });
      break;
    }
    case 'section':
      await browser.post(paths.topicSection(topic.id), {
        ...because,
        section: ['funding', 'infrastructure', 'regions'][which % 3]!,
      });
      break;
    case 'merge': {
      const stays = topic === at.topic ? at.second : at.topic;
      const form = { ...because, stays: String(stays.id), do: 'merge' };
      await browser.post(paths.topicMerge(topic.id, { with: stays.id }), form);
    }
  }
  const after = await lastAction(db);
  return after === before ? undefined : after;
}

/** Undoes decisions in an order. @returns how many could not be, since others stand on them */
async function undoAll(db: Database, by: Scene['moderator'], ids: readonly ActionId[]): Promise<number> {
  let refused = 0;
  for (const actionId of ids) {
    const order = { by: { ...VIEWERS.moderator, id: by.id }, actionId };
    const reason = { rule: null, text: 'Taken back' };
    const now = new Date('2026-04-03T15:00:00Z');
    await db.transaction((tx) => undoAction(tx, { ...order, reason, now })).catch(() => (refused += 1));
  }
  return refused;
}

test('from the last to the first: all is as it was', async ({ make, as, db }) => {
  const at = await scene(make, as, db);
  const before = await everyRow(db);
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 2, maxLength: 7 }), async (deeds) => {
      const done: ActionId[] = [];
      for (const each of deeds) done.push(...[(await act(at, db, each)) ?? []].flat());
      expect(await undoAll(db, at.moderator, done.reverse())).toBe(0);
      expect(await everyRow(db)).toEqual(before);
    }),
    { numRuns: 8, endOnFailure: true },
  );
});

test('in any order: counters are right, and replies stand below each other', async ({ make, as, db }) => {
  const at = await scene(make, as, db);
  const sequence = fc.array(fc.tuple(deed, fc.nat(9)), { minLength: 3, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(sequence, async (steps) => {
      const done: { id: ActionId; place: number }[] = [];
      for (const [each, place] of steps) {
        const id = await act(at, db, each);
        if (id !== undefined) done.push({ id, place });
      }
      const inAnyOrder = done.toSorted((a, b) => a.place - b.place).map(({ id }) => id);
      await undoAll(db, at.moderator, inAnyOrder);
      await expectTrueCounters(db);
      expect(await misplaced(db)).toEqual([]);
    }),
    { numRuns: 6, endOnFailure: true },
  );
  expect((await as.visitor().get(paths.post(at.deep.id))).status).toBeLessThan(400);
});
