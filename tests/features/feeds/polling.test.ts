// A reader that asks for feeds now and then, while a day of posting, editing, hiding, restoring and withdrawing goes on in
// any order: it gets everything once, hears of every change of it, and finds nothing that is gone.
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { desc } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts } from '../../../src/db/schema/index.ts';
import { FEEDS } from '../../../src/domain/feeds.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { type Item, readJson } from './reader.ts';

const KINDS = ['post', 'reply', 'edit', 'source', 'hide', 'restore', 'withdraw', 'undo'] as const;
type Kind = (typeof KINDS)[number];

interface Step {
  readonly kind: Kind;
  /** Which of the posts there are, and who does it. */
  readonly pick: number;
  readonly minutes: number;
  /** Whether the reader asks then. */
  readonly polls: boolean;
}

/** What happens in a day, mostly that people write and put right what they wrote; in which order, chance decides. */
const DAY: Readonly<Record<Kind, number>> = {
  ...{ post: 6, reply: 6, edit: 6, source: 1 },
  ...{ hide: 2, restore: 1, withdraw: 2, undo: 1 },
};
const steps: fc.Arbitrary<Step[]> = fc
  .shuffledSubarray(
    KINDS.flatMap((kind) => Array.from({ length: DAY[kind] }, () => kind)),
    { minLength: 25 },
  )
  .chain((kinds) => fc.tuple(...kinds.map((kind) => stepOf(kind))));

function stepOf(kind: Kind): fc.Arbitrary<Step> {
  return fc.record({
    kind: fc.constant(kind),
    pick: fc.nat({ max: 1_000 }),
    // What is put right is put right at once.
    minutes: fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) },
      fc.integer({ min: 5, max: 90 }),
    ),
    polls: fc.boolean(),
  });
}

/** What somebody has before them: the latest few. */
const AT_HAND = 4;

interface People {
  readonly writers: readonly Browser[];
  readonly moderator: Browser;
}

/** Does it as people do: what the rules refuse then does not happen. */
async function act(db: Database, { writers, moderator }: People, { kind, pick }: Step): Promise<void> {
  const all = await db.select().from(posts).orderBy(desc(posts.id)).limit(AT_HAND);
  const form = { form_id: randomUUID(), body: `Written at step ${randomUUID()}` };
  const writer = writers[pick % writers.length] as Browser;
  const post = all[pick % all.length];
  if (kind === 'post' || !post) {
    // As unlike as titles of different news are.
    const title = randomUUID();
    await writer.post('/submit', { ...form, title, section: 'funding' });
    return;
  }
  const author = writers[Number(post.authorId) % writers.length] as Browser;
  const opening = post.branchId === null;
  switch (kind) {
    case 'reply':
      await writer.post(opening ? `/t/${post.topicId}/reply` : `/p/${post.id}/reply`, form);
      return;
    case 'edit':
      await author.post(`/p/${post.id}/edit`, {
        ...{ body: form.body, version: String(post.version) },
        ...(opening && { title: randomUUID(), section: 'funding' }),
      });
      return;
    case 'source':
      await writer.post(`/t/${post.topicId}/sources`, {
        url: `https://grid.example/${randomUUID()}`,
        role: 'report',
      });
      return;
    case 'hide':
      await moderator.post(`/p/${post.id}/hide`, { reason: 'Off the subject' });
      return;
    case 'restore':
      await moderator.post(`/p/${post.id}/restore`, { reason: 'On the subject' });
      return;
    case 'withdraw':
    case 'undo':
      await author.post(`/p/${post.id}/withdraw`, kind === 'undo' ? { undo: 'on' } : {});
  }
}

/** A reader as most are: it knows an item by its id, and takes it anew when its date of change is later. */
class Reader {
  readonly kept = new Map<string, Item>();
  #asked = 0;

  take(items: readonly Item[]): void {
    this.#asked += 1;
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size, 'none twice').toBe(ids.length);
    for (const item of items) {
      const before = this.kept.get(item.id);
      if (before && item.date_modified <= before.date_modified)
        expect(textOf(item), `${item.id} at ${item.date_modified}`).toBe(textOf(before));
      if (before) expect(item.date_published).toBe(before.date_published);
      this.kept.set(item.id, item);
    }
  }
  get asked(): number {
    return this.#asked;
  }
}

/** What is an item's own: of a reply not the title of its topic, nor who wrote what it answers. */
function textOf({ id, title, content_html: html }: Item): string {
  return id.includes('reply') ? html.split('<ul>', 1).join() : title + html;
}

/** What stands there for everyone: of replies what has a place below an opening post that is seen. */
async function standing(db: Database, since: Date): Promise<{ topics: string[]; replies: string[] }> {
  const rows = await db.select().from(posts);
  const opened = new Set(
    rows
      .filter(({ branchId, state }) => branchId === null && state === 'visible')
      .map(({ topicId }) => topicId),
  );
  const shown = rows.filter(
    ({ state, topicId, postedAt }) => state === 'visible' && opened.has(topicId) && postedAt >= since,
  );
  return {
    topics: shown
      .filter(({ branchId }) => branchId === null)
      .map(({ topicId }) => `tag:localhost,2026:topic/${topicId}`),
    replies: shown
      .filter(({ branchId }) => branchId !== null)
      .map(({ id }) => `tag:localhost,2026:reply/${id}`),
  };
}

test('a reader gets everything once, hears of every change, and of nothing that is gone', async ({
  make,
  as,
  db,
  clock,
}) => {
  const members = [];
  for (let n = 0; n < 4; n += 1) members.push(await make.member());
  // Who wrote a post is found by its author's id.
  const byRemainder = members.toSorted((a, b) => (a.id % 4) - (b.id % 4));
  const writers = [];
  for (const member of byRemainder) writers.push(await as.member(member));
  const people = { writers, moderator: await as.moderator() };
  const visitor = as.visitor();
  const polls: number[] = [];

  await fc.assert(
    fc.asyncProperty(steps, async (day) => {
      const reader = new Reader();
      const poll = async () => {
        const [topics, replies] = [await readJson(visitor), await readJson(visitor, '/active/feed.json')];
        const there = await standing(db, new Date(clock.now().getTime() - FEEDS.within));
        for (const [items, expected] of [
          [topics.items, there.topics],
          [replies.items, there.replies],
        ] as const) {
          const since = new Date(clock.now().getTime() - FEEDS.within).toISOString();
          const lately = items.filter((item) => item.date_published >= since).map(({ id }) => id);
          expect(lately.toSorted()).toEqual(expected.toSorted());
        }
        reader.take([...topics.items, ...replies.items]);
      };
      for (const each of day) {
        clock.advance({ minutes: each.minutes });
        await act(db, people, each);
        if (each.polls) await poll();
      }
      await poll();
      polls.push(reader.asked);
    }),
    { numRuns: 2, endOnFailure: true },
  );
  // The days were such: people wrote, and put right what they wrote, and the reader did ask.
  const rows = await db.select().from(posts);
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.some(({ version }) => version > 1)).toBe(true);
  expect(Math.min(...polls)).toBeGreaterThan(1);
});
