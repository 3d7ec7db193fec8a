// Real discussions through the command, once, compared with their file as it is read here: each comment once, under its
// parent, in the order of each sort.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from '../../src/db/embedded/index.ts';
import { corpusPath, describeWithCorpora } from '../support/corpora.ts';
import { CommandFolder } from './command-folder.ts';
import { runCommand, startCommand } from './command-process.ts';
import { startForum } from './forum-process.ts';

interface Comment {
  readonly id: string;
  readonly parent: string;
  readonly author: string;
  readonly created_utc: number;
  readonly score: number;
  readonly body: string;
}

interface Discussion extends Omit<Comment, 'parent' | 'body'> {
  readonly title: string;
  readonly is_self: boolean;
  readonly selftext: string;
  readonly comments: readonly Comment[];
}

interface WrittenPost {
  readonly key: string;
  readonly parent?: string;
  readonly author?: string;
  readonly body: string;
  readonly posted_at: string;
  readonly base_score?: number;
  readonly withdrawn_at?: string;
}

interface WrittenTopic {
  readonly kind: string;
  readonly key: string;
  readonly title: string;
  readonly posts: readonly WrittenPost[];
}

const FILE = 'threads/shared-1of5.jsonl.gz';
const GONE = ['[deleted]', '[removed]'];
const PATIENCE = 300_000;

const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const authorOf = (name: string) => (GONE.includes(name) ? undefined : `reddit:u/${name}`);

/** The comments in the order in which they were written, whatever their clocks said. */
function byTime(discussion: Discussion): Comment[] {
  const byId = new Map(discussion.comments.map((comment) => [comment.id, comment]));
  const placeOf = ({ created_utc, parent }: Comment): [time: number, depth: number] => {
    const answered = byId.get(parent);
    if (!answered) return [created_utc, 0];
    const [time, depth] = placeOf(answered);
    return [Math.max(created_utc, time), depth + 1];
  };
  const placed = discussion.comments.map((comment) => ({ comment, place: placeOf(comment) }));
  placed.sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1]);
  return placed.map(({ comment }) => comment);
}

const SORTS = {
  old: (comments: Comment[]) => comments,
  new: (comments: Comment[]) => comments.toReversed(),
  // Scores that are not above 0 are alike, and then it is who was first.
  best: (comments: Comment[]) => comments.toSorted((a, b) => Math.max(b.score, 0) - Math.max(a.score, 0)),
};

/** The tree as a page shows it, from top to bottom. */
function shown(discussion: Discussion, sort: keyof typeof SORTS): string[] {
  const below = Map.groupBy(SORTS[sort](byTime(discussion)), ({ parent }) => parent);
  const walk = (id: string): string[] =>
    (below.get(id) ?? []).flatMap((comment) => [comment.id, ...walk(comment.id)]);
  return walk(discussion.id);
}

describeWithCorpora('741 discussions', () => {
  let folder: CommandFolder;
  let discussions: Discussion[];
  let first: Awaited<ReturnType<typeof runCommand>>;
  /** What went out again. */
  let text: string;

  const bringIn = () => folder.run('import', '--from', 'reddit', corpusPath(FILE));
  const topicsIn = (text: string): WrittenTopic[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as WrittenTopic)
      .filter(({ kind }) => kind === 'topic');

  beforeAll(async () => {
    folder = new CommandFolder();
    const lines = String(gunzipSync(readFileSync(corpusPath(FILE))))
      .trimEnd()
      .split('\n');
    discussions = lines.map((line) => JSON.parse(line) as Discussion);
    first = await bringIn();
    text = await folder.exported();
  }, PATIENCE);
  afterAll(() => folder.remove(), PATIENCE);

  test('all of them come in, and nothing is complained of', () => {
    const replies = discussions.reduce((sum, { comments }) => sum + comments.length, 0);
    expect([first.code, first.err]).toEqual([0, '']);
    const number = new Intl.NumberFormat('en');
    expect(first.out).toContain(
      `Imported ${number.format(741)} topics with ${number.format(replies)} replies, `,
    );
  });

  test(
    'every comment once, under its parent, with its text, author, time and score',
    { timeout: PATIENCE },
    async () => {
      const topics = topicsIn(text);
      expect(topics.map(({ key }) => key)).toEqual(discussions.map(({ id }) => `reddit:t3_${id}`));
      for (const [index, discussion] of discussions.entries()) {
        const { posts } = topics[index]!;
        const [, ...replies] = posts;
        const expected = byTime(discussion).map((comment) => {
          const isGone = GONE.includes(comment.body.trim());
          return {
            key: `reddit:t1_${comment.id}`,
            parent: comment.parent === discussion.id ? undefined : `reddit:t1_${comment.parent}`,
            author: authorOf(comment.author),
            body: isGone ? '' : plain(comment.body),
            posted_at: new Date(comment.created_utc * 1_000).toISOString(),
            score: comment.score,
            gone: isGone,
          };
        });
        const found = replies.map(
          ({ key, parent, author, body, posted_at, base_score = 0, withdrawn_at }) => ({
            ...{ key, parent, author, body, posted_at },
            score: base_score,
            gone: withdrawn_at !== undefined,
          }),
        );
        expect(found, discussion.id).toEqual(expected);
        expect(posts[0], discussion.id).toMatchObject({
          body: GONE.includes(discussion.selftext.trim()) ? '' : plain(discussion.selftext),
          ...(discussion.score !== 0 && { base_score: discussion.score }),
        });
        expect(topics[index]!.title).toBe(plain(discussion.title).replaceAll(/\s+/g, ' ').trim());
      }
    },
  );

  test('pages have them in the order of each sort', { timeout: PATIENCE }, async () => {
    const database = await openEmbedded({ dataDir: folder.dataDir });
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    const { rows } = await client.query<{ id: string; key: string }>(
      'select id, origin_key as key from posts',
    );
    const { rows: addresses } = await client.query<{ id: string; slug: string; key: string }>(
      "select id, slug, origin_key as key from topics where state = 'visible'",
    );
    await client.end();
    const commentOf = new Map(rows.map(({ id, key }) => [id, /^reddit:t1_(.*)$/.exec(key)?.[1]]));
    const addressOf = new Map(
      addresses.map(({ id, slug, key }) => [key, `/t/${id}/${encodeURIComponent(slug)}`]),
    );
    const whole = discussions.filter(
      ({ id, comments }) => comments.length > 1 && comments.length <= 200 && addressOf.has(`reddit:t3_${id}`),
    );
    const largest = whole.toSorted((a, b) => b.comments.length - a.comments.length).slice(0, 8);
    const sample = new Set([...largest, ...whole.filter((_discussion, index) => index % 30 === 0)]);
    const forum = await startForum(folder.dataDir);
    try {
      for (const discussion of sample) {
        for (const sort of Object.keys(SORTS) as (keyof typeof SORTS)[]) {
          const answer = await fetch(
            `${forum.url}${addressOf.get(`reddit:t3_${discussion.id}`)}?sort=${sort}`,
          );
          const ids = [...(await answer.text()).matchAll(/<[^>]* id="p(\d+)"/g)].map(([, id = '']) => id);
          const order = ids.flatMap((id) => commentOf.get(id) ?? []);
          expect(order, `${discussion.id} by ${sort}`).toEqual(shown(discussion, sort));
        }
      }
    } finally {
      await forum.stop();
      await database.release();
    }
    expect(sample.size).toBeGreaterThan(20);
  });

  test('a second run changes nothing', { timeout: PATIENCE }, async () => {
    const second = await bringIn();
    expect([second.code, second.err]).toEqual([0, '']);
    expect(second.out).toContain(
      'Imported 0 topics with 0 replies, 0 members, 0 sections, 0 tags. 741 records were here already.',
    );
    expect((await folder.exported()) === text).toBe(true);
    const doctor = await folder.run('doctor', '--recount');
    expect([doctor.code, doctor.out]).toEqual([0, 'All counters are what the rows say.\n']);
  });

  test(
    'what went out comes into another forum, and out of that the same',
    { timeout: PATIENCE },
    async () => {
      const elsewhere = join(folder.path, 'elsewhere');
      // A quarter of the discussions: all of them came in and went out above.
      const out = text
        .split('\n')
        .filter((line, index) => index % 4 === 0 || !line.startsWith('{"kind":"topic"'))
        .join('\n');
      const path = folder.put('quarter.jsonl', out);
      expect(await runCommand('import', [path], { dataDir: elsewhere })).toMatchObject({ code: 0, err: '' });
      const again = join(folder.path, 'again.jsonl');
      expect((await runCommand('export', [again], { dataDir: elsewhere })).code).toBe(0);
      expect(readFileSync(again, 'utf8') === out).toBe(true);
    },
  );

  test('an export that is interrupted leaves nothing', { timeout: PATIENCE }, async () => {
    const path = join(folder.path, 'interrupted.jsonl');
    const { child, ended } = startCommand('export', [path], { dataDir: folder.dataDir });
    const isBegun = () => readdirSync(folder.path).some((name) => name.startsWith('interrupted'));
    await expect.poll(isBegun, { timeout: 60_000, interval: 1 }).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, out: '', err: 'Interrupted. Nothing was written.\n' });
    expect(isBegun()).toBe(false);
  });
});
