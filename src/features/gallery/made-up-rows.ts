// Topics and replies that nobody wrote: one for each state that a row or a reply can be in.
import type { ActionId, MemberId, PostId, TopicId } from '../../domain/ids.ts';
import { DAY, HOUR } from '../../domain/times.ts';
import type { Member } from '../../domain/viewer.ts';
import { escapeHtml } from '../../lib/html.ts';
import type { replyViews, topicRow } from '../threads/pages.ts';

export type TopicRow = Parameters<typeof topicRow>[0];
export type ReplyRow = Parameters<typeof replyViews>[0][number]['row'];
type Marks = Parameters<typeof replyViews>[1]['marks'];
type MarksOfOne = Marks extends ReadonlyMap<PostId, infer Each> ? Each : never;

const ME = 1 as MemberId;
const OTHER = 2 as MemberId;
const LONG =
  'Regulators publish a template for the training data summary of general-purpose models, and say who need not';

/** Whoever the gallery is shown to: a member who may do everything that members may. */
export function somebody(now: Date): Member {
  const joinedAt = new Date(now.getTime() - 400 * DAY);
  return {
    ...{ kind: 'member', id: ME, name: 'you', role: 'member', trust: 'trusted' },
    ...{ joinedAt, confirmedAt: joinedAt, silencedUntil: null, suspendedUntil: null, leavingAt: null },
  };
}

export function topics(now: Date): readonly { readonly row: TopicRow; readonly pinned: boolean }[] {
  const states: readonly (Partial<TopicRow> & { readonly pinned?: boolean })[] = [
    { title: 'A pinned digest without a source', kind: 'digest', source: null, pinned: true, unseen: 12 },
    { title: 'A topic with new replies', unseen: 3 },
    { title: 'One that you have voted for', voted: true, score: 1_204 },
    { title: 'Your own, which you cannot vote for', authorId: ME, authorName: 'you' },
    { title: 'A locked topic', lockedAt: now },
    { title: 'A question without an article', kind: 'text', source: null, tags: [], replyCount: 0 },
    {
      title: LONG,
      tags: ['ai-act', 'training-data', 'transparency', 'open-weights', 'copyright'].map(named),
    },
    { title: 'Ein Wort: Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz', score: -2 },
    { title: 'An opening post that a model helped with', modelWritten: true },
    { title: 'Of somebody who has left', authorId: null, authorName: null },
    { title: 'Awaiting approval', state: 'held' },
    { title: 'Hidden', state: 'hidden' },
    { title: 'Merged', mergedInto: { id: 9 as TopicId, title: 'The topic that was there before' } },
  ];
  return states.map(({ pinned = false, ...state }, index) => ({
    row: { ...topic(index, now), ...state },
    pinned,
  }));
}

const named = (slug: string) => ({ slug, name: slug });

function topic(index: number, now: Date): TopicRow {
  const postedAt = new Date(now.getTime() - (index + 1) * 5 * HOUR);
  return {
    ...{ id: (index + 1) as TopicId, kind: 'link', slug: 'a-topic', title: '', state: 'visible' },
    ...{ openingPostId: (900 + index) as PostId, sectionSlug: 'policy', sectionName: 'Policy & security' },
    ...{ authorId: OTHER, authorName: 'marta_l', postedAt, lastActivityAt: postedAt, lockedAt: null },
    ...{ replyCount: 14, score: 31, hotRank: 0, snapshot: '', newest: null },
    source: { url: 'https://gridledger.example/a', host: 'gridledger.example' },
    tags: [named('inference'), named('power')],
    ...{ voted: false, modelWritten: false, unseen: null, mergedInto: null },
  };
}

/** In display order: parents first. The number of the parent stands in `under`, what the viewer did in `marked`. */
export function replies(now: Date): { readonly rows: readonly ReplyRow[]; readonly marks: Marks } {
  const hide = { id: 1 as ActionId, reason: 'Personal attack', rule: 2, at: now.toISOString() };
  const kept = { voted: true, saved: true, muted: false };
  const muted = { voted: false, saved: false, muted: true };
  const states: readonly MadeUp[] = [
    { text: 'By the one who began the topic.', authorId: OTHER, authorName: 'marta_l' },
    { text: 'Your own answer, upvoted by others.', under: 1, authorId: ME, authorName: 'you', score: 12 },
    {
      text: 'A moderator’s, edited.',
      under: 2,
      authorName: 'nils_b',
      authorRole: 'moderator',
      editedAt: now,
    },
    { text: 'New since your last visit, a correction.', under: 1, purpose: 'correction' },
    { text: 'You have upvoted and saved this one.', score: 8, marked: kept },
    { under: 5, state: 'hidden', hide },
    { under: 5, state: 'withdrawn', withdrawnAt: now, authorId: null, authorName: null },
    { text: 'Your own that waits.', under: 5, state: 'held', heldAt: now, authorId: ME, authorName: 'you' },
    { text: 'Of somebody whom you muted.', marked: muted },
    { text: 'Declared as written with a model.', modelWritten: true },
    { text: 'Of a member who has left.', authorId: null, authorName: null },
    { text: 'Read, and folded with all below it.' },
    { text: 'Which nobody sees.', under: 12 },
    { text: 'A branch with a page of its own.', branchSize: 241 },
    ...Array.from({ length: 9 }, (_, depth) => ({
      text: `${depth} levels deep.`,
      under: depth && 14 + depth,
    })),
  ];
  const rows: ReplyRow[] = [];
  const marks = new Map<PostId, MarksOfOne>();
  states.forEach(({ text, under, marked, ...state }, index) => {
    const parent = under ? rows[under - 1] : undefined;
    const row = {
      ...reply(index, now),
      ...(text && { bodyHtml: escapeHtml(text) }),
      ...below(parent),
      ...state,
    };
    rows.push(row);
    if (marked) marks.set(row.id, marked);
  });
  return { rows, marks };
}

interface MadeUp extends Partial<ReplyRow> {
  readonly text?: string;
  readonly under?: number;
  readonly marked?: MarksOfOne;
}

function below(parent: ReplyRow | undefined): Partial<ReplyRow> {
  return parent
    ? { parentId: parent.id, branchId: parent.branchId ?? parent.id, depth: parent.depth + 1 }
    : {};
}

function reply(index: number, now: Date): ReplyRow {
  return {
    ...{ id: (index + 1) as PostId, parentId: null, branchId: null, depth: 0, branchSize: 1, bestRank: 0 },
    ...{ authorId: 3 as MemberId, authorName: 'kevin_h', authorRole: 'member' },
    ...{ postedAt: new Date(now.getTime() - (40 - index) * HOUR), editedAt: null, state: 'visible' },
    ...{ withdrawnAt: null, heldAt: null, bodyHtml: null, hide: null, score: 2, purpose: null },
    ...{ modelWritten: false, withdrawnByViewer: false, stamp: null },
  };
}
