// Whatever is undone with nothing in between leaves the database as it was, compared row by row over all tables.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { actions, posts, sources, votes } from '../../../src/db/schema/index.ts';
import { sanctionMember } from '../../../src/features/sanctions/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { VIEWERS } from '../../domain/support.ts';
import { expect, test } from '../../support/forum.ts';
import { postRow } from '../../support/moderation-rows.ts';
import { merge } from '../moderation/merging.ts';
import { expectTrueCounters, settleCounters } from '../threads/counting.ts';
import { everyRow, lastAction, misplaced, scene, type Scene } from './scene.ts';

const because = { reason: 'It belongs so' };
type Deed = (scene: Scene, db: Database) => Promise<unknown>;

/** The second source of the first topic. */
async function sourcePath({ topic }: Scene, db: Database): Promise<string> {
  const [source] = await db.select().from(sources).where(eq(sources.publisherHost, 'c.example'));
  return paths.topicSource(topic.id, source!.id);
}

const change =
  (fields: Record<string, string>): Deed =>
  async (at, db) =>
    at.browser.post(await sourcePath(at, db), { ...because, ...fields });

const mergeTag =
  (slug: string, into: string): Deed =>
  ({ browser }) =>
    browser.post(paths.tagMerge(slug), { ...because, into });

const DEEDS: readonly (readonly [kind: string, name: string, deed: Deed])[] = [
  ['hide', 'a reply', ({ browser, child }) => browser.post(paths.postHide(child.id), because)],
  [
    'hide',
    'a reply with all below it',
    ({ browser, root }) => browser.post(paths.postHide(root.id), { ...because, extent: 'branch' }),
  ],
  ['hide', 'a topic', ({ browser, topic }) => browser.post(paths.postHide(topic.openingPostId), because)],
  ['merge', 'two topics', ({ browser, topic, second }) => merge(browser, second, topic)],
  [
    'move-reply',
    'to another topic',
    ({ browser, child, second }) =>
      browser.post(paths.postMove(child.id), { ...because, to: String(second.id) }),
  ],
  [
    'move-reply',
    'below a reply of another topic',
    ({ browser, root, elsewhere }) =>
      browser.post(paths.postMove(root.id), { ...because, to: paths.post(elsewhere.id) }),
  ],
  [
    'move-reply',
    'within its topic',
    ({ browser, child, beside }) =>
      browser.post(paths.postMove(child.id), { ...because, to: paths.post(beside.id) }),
  ],
  ['lock', 'a topic', ({ browser, topic }) => browser.post(paths.topicLock(topic.id), because)],
  [
    'pin',
    'a topic',
    ({ browser, topic }) => browser.post(paths.topicPin(topic.id), { ...because, days: '3' }),
  ],
  [
    'edit-title',
    'of a topic',
    ({ browser, topic }) =>
      browser.post(paths.topicSuggest(topic.id), {
        ...because,
        title: 'Another title for it',
        tags: 'chips, power, funds',
      }),
  ],
  [
    'edit-tags',
    'of a topic',
    ({ browser, topic }) =>
      browser.post(paths.topicSuggest(topic.id), { ...because, title: topic.title, tags: 'power, memory' }),
  ],
  [
    'set-section',
    'of a topic',
    ({ browser, topic }) =>
      browser.post(paths.topicSection(topic.id), { ...because, section: 'infrastructure' }),
  ],
  [
    'edit-tag',
    'what it is',
    async ({ browser }) =>
      (await browser.visit(paths.tagEdit('chips'))).press('Save', {
        ...{ kind: 'company', name: 'Chips & more', aliases: 'dies, wafers', description: 'What they are.' },
        ...{ parent: 'power', ordinary: true },
      }),
  ],
  ['merge-tags', 'of a topic that has both', mergeTag('chips', 'power')],
  ['merge-tags', 'of which a topic has one', mergeTag('memory', 'power')],
  ['edit-source', 'its role', change({ do: 'role', role: 'analysis' })],
  ['edit-source', 'its address', change({ do: 'address', url: 'https://d.example/4' })],
  ['edit-source', 'that it is there', change({ do: 'remove' })],
  [
    'suspend',
    'a member',
    ({ moderator, third }, db) =>
      db.transaction((tx) =>
        sanctionMember(tx, {
          ...{ by: { ...VIEWERS.moderator, id: moderator.id }, kind: 'suspension', memberId: third.id },
          reason: { rule: 2, text: 'Insults' },
          now: new Date('2026-04-03T14:30:00Z'),
          until: new Date('2026-04-04T14:30:00Z'),
          hideAll: true,
        }),
      ),
  ],
];

test.for(DEEDS)('%s %s, undone', async ([kind, , deed], { make, as, db }) => {
  const at = await scene(make, as, db);
  const before = await everyRow(db);
  await deed(at, db);
  const id = await lastAction(db);
  const [action] = await db.select().from(actions).where(eq(actions.id, id));
  expect(action?.kind).toBe(kind);
  expect(await everyRow(db)).not.toEqual(before);
  expect((await at.browser.visit(paths.undo(id))).main).toContain('What changes');
  expect((await at.browser.post(paths.undo(id), { reason: 'It was right' })).status).toBe(303);
  expect(await everyRow(db)).toEqual(before);
  await expectTrueCounters(db);
  const [undone] = await db.select().from(actions).where(eq(actions.id, id));
  expect(undone?.undoneById).toBe(await lastAction(db));
  expect((await at.browser.get(paths.undo(id))).status).toBe(409);
});

/** What undoes these can be undone in its turn: things are as the first decision left them. */
const TWICE = [
  'hide',
  'merge',
  'move-reply',
  'lock',
  'pin',
  'edit-title',
  'edit-tags',
  'set-section',
  'edit-source',
  'edit-tag',
  'merge-tags',
];
const once = DEEDS.filter(
  ([kind], index) => TWICE.includes(kind) && DEEDS.findIndex(([other]) => other === kind) === index,
);

test.for(once)('%s %s, undone twice', async ([, , deed], { make, as, db }) => {
  const at = await scene(make, as, db);
  await deed(at, db);
  const before = await everyRow(db);
  for (let n = 0; n < 2; n += 1) {
    const answer = await at.browser.post(paths.undo(await lastAction(db)), because);
    expect(answer.status).toBe(303);
  }
  expect(await everyRow(db)).toEqual(before);
  await expectTrueCounters(db);
});

test('what came in between stays: replies and votes', async ({ make, as, db, clock }) => {
  const at = await scene(make, as, db);
  const between = DEEDS.filter(([kind]) => ['hide', 'merge', 'move-reply', 'lock'].includes(kind));
  for (const [kind, name, deed] of between) {
    const late = await make.member();
    const browser = await as.member(late);
    await settleCounters(db);
    await deed(at, db);
    const id = await lastAction(db);
    // In the branch itself where that takes replies, else beside it, else elsewhere.
    for (const post of [at.deep, at.beside, at.elsewhere]) {
      clock.advance({ seconds: 10 });
      await browser.post(paths.postReply(post.id), { body: `What came after ${kind} ${name}` });
      await browser.post(paths.postVote(post.id), { vote: 'up' });
    }
    const written = await db.select({ id: posts.id }).from(posts).where(eq(posts.authorId, late.id));
    const voted = await db.$count(votes, eq(votes.memberId, late.id));
    expect(Math.min(written.length, voted)).toBeGreaterThan(0);
    expect([name, (await at.browser.post(paths.undo(id), because)).status]).toEqual([name, 303]);
    for (const { id: postId } of written) expect((await postRow(db, postId)).state).toBe('visible');
    expect(await db.$count(votes, eq(votes.memberId, late.id))).toBe(voted);
    await expectTrueCounters(db);
    expect(await misplaced(db)).toEqual([]);
  }
});
