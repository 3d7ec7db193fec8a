// What the forum promises: every write it answered is there, once and whole; one it did not answer is whole or not there.
import { expect } from 'vitest';
import type { PostId, TopicId } from '../../src/domain/ids.ts';
import { type CounterFault, findCounterFaults } from '../../src/features/threads/index.ts';
import type { FaultForum } from './fault-forum.ts';
import { halves } from './halves.ts';
import { soundIndexes } from './indexes.ts';
import type { Journal, SentMark, SentPost } from './journal.ts';
import type { Refusals } from './load.ts';
import { jobsDone, soundLog } from './serving.ts';

interface FoundPost {
  readonly id: PostId;
  readonly topicId: TopicId;
  readonly parentId: PostId | null;
  readonly authorId: number;
  readonly bodyMd: string;
  readonly withdrawn: boolean;
  /** Of the topic, for opening posts. */
  readonly url: string | null;
  /** Earlier texts, the first one first. */
  readonly earlier: readonly string[];
}

/**
 * Compares the whole journal with the database; what was in doubt is known afterwards. The load must be paused.
 * @throws (expect) with every write that is lost, doubled or half.
 */
export async function keepsPromises(forum: FaultForum, journal: Journal): Promise<void> {
  const broken = await forum.look(async ({ db, pool }) => {
    const { rows: found } = await pool.query<FoundPost & { formId: string }>(POSTS, [
      journal.posts.map(({ formId }) => formId),
    ]);
    const byForm = Map.groupBy(found, ({ formId }) => formId);
    const faults = journal.posts.flatMap((post) => comparePost(journal, post, byForm.get(post.formId) ?? []));
    // What did not happen is no matter of later rounds.
    journal.posts.splice(0, Infinity, ...journal.posts.filter(({ answered }) => answered));
    for (const [marks, text] of [
      [journal.votes, VOTES],
      [journal.flags, FLAGS],
    ] as const) {
      const { rows } = await pool.query<{ key: string }>(text);
      faults.push(...compareMarks(journal, marks, new Set(rows.map(({ key }) => key)), text));
    }
    const counters = (await findCounterFaults(db)).map(inWords);
    return [...faults, ...counters, ...(await halves(pool))];
  });
  expect(broken).toEqual([]);
}

/** What must hold when all rounds are over: nothing waits, nothing is broken, nobody got an answer that nobody should get. */
export async function endsSound(forum: FaultForum, journal: Journal, refusals: Refusals): Promise<void> {
  await jobsDone(forum);
  await keepsPromises(forum, journal);
  await soundIndexes(forum);
  expect(forum.process.child.exitCode).toBeNull();
  expect(refusals.faults).toEqual([]);
  soundLog(forum);
}

const POSTS = `select p.form_id as "formId", p.id::integer, p.topic_id::integer as "topicId", p.parent_id::integer as "parentId",
    p.author_id::integer as "authorId", p.body_md as "bodyMd", p.withdrawn_at is not null as withdrawn,
    case when p.branch_id is null then (select url from sources s where s.topic_id = p.topic_id) end as url,
    array(select r.body_md from revisions r where r.post_id = p.id order by r.version) as earlier
  from posts p where p.form_id = any($1)`;
const VOTES = `select member_id || ' ' || post_id as key from votes`;
const FLAGS = `select flagger_id || ' ' || post_id as key from flags where taken_back_at is null and outcome is null`;

/** What is wrong with a post, if anything; what was in doubt about it is settled. */
function comparePost(journal: Journal, post: SentPost, rows: readonly FoundPost[]): string[] {
  const [row, ...more] = rows;
  const name = `${post.kind} ${post.formId}`;
  if (!row) {
    if (post.answered) return [`${name} was answered and is not there`];
    journal.tally.lostUnanswered += 1;
    return [];
  }
  if (!post.answered) journal.tally.foundUnanswered += 1;
  settle(journal, post, row);
  const expected = {
    id: post.id,
    parentId: post.parentId,
    authorId: post.author.id,
    bodyMd: post.texts.at(-1),
    earlier: post.texts.slice(0, -1),
    withdrawn: post.withdrawn,
    url: post.url || null,
  };
  const wrong = Object.entries(expected).filter(
    ([column, value]) => JSON.stringify(row[column as keyof FoundPost]) !== JSON.stringify(value),
  );
  return [
    ...more.map(() => `${name} is there twice`),
    ...wrong.map(([column, value]) => {
      const there = JSON.stringify(row[column as keyof FoundPost]);
      return `${name}: ${column} is ${there}, answered for was ${JSON.stringify(value)}`;
    }),
  ];
}

function settle(journal: Journal, post: SentPost, row: FoundPost): void {
  post.answered = true;
  post.id ??= row.id;
  post.topicId ??= row.topicId;
  if (post.textInDoubt !== undefined) {
    const saved = row.bodyMd === post.textInDoubt;
    if (saved) post.texts.push(post.textInDoubt);
    count(journal, saved);
    post.textInDoubt = undefined;
  }
  if (post.withdrawalInDoubt) {
    count(journal, row.withdrawn !== post.withdrawn);
    post.withdrawn = row.withdrawn;
    post.withdrawalInDoubt = false;
  }
}

function compareMarks(
  journal: Journal,
  marks: ReadonlyMap<string, SentMark>,
  there: ReadonlySet<string>,
  what: string,
): string[] {
  return [...marks].flatMap(([key, mark]) => {
    const stands = there.has(key);
    if (mark.inDoubt) {
      count(journal, stands !== mark.stands);
      mark.stands = stands;
      mark.inDoubt = false;
    }
    if (stands === mark.stands) return [];
    return [`member and post ${key}: ${stands ? 'there' : 'not there'} against the answer (${what})`];
  });
}

function count({ tally }: Journal, happened: boolean): void {
  if (happened) tally.foundUnanswered += 1;
  else tally.lostUnanswered += 1;
}

function inWords({ counter, id, stored, counted }: CounterFault): string {
  return `${counter} of ${id} is ${stored}; the rows say ${counted}`;
}
