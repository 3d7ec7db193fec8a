// What of the record of a topic its readers are told, and in which words: the line "since your last visit", and the kinds
// that stand in the list of changes. Replies are counted by what is new of them, not by events.
import type { EventKind } from './events.ts';

/** How often something was done to a topic, or to its posts. */
export interface Happened {
  readonly kind: EventKind;
  /** Done to the opening post. */
  readonly opening: boolean;
  readonly times: number;
}

type Words = (n: number) => string;
const each =
  (one: string, many: string): Words =>
  (n) =>
    n === 1 ? `1 ${one}` : `${n.toLocaleString('en-GB')} ${many}`;
const once =
  (text: string): Words =>
  () =>
    text;

interface SummedUp {
  readonly kind: EventKind;
  /** Only of opening posts, or only of replies; undefined: of whatever it is. */
  readonly opening?: boolean;
  readonly words: Words;
}

/** In this order in one line; what is not here is not told there. */
const SUMMARY = [
  { kind: 'source-added', words: each('source added', 'sources added') },
  { kind: 'source-edited', words: each('source corrected', 'sources corrected') },
  { kind: 'source-removed', words: each('source removed', 'sources removed') },
  {
    kind: 'headline-changed',
    words: each('headline changed by its publisher', 'headlines changed by publishers'),
  },
  { kind: 'source-died', words: each('link dead', 'links dead') },
  { kind: 'source-revived', words: each('link working again', 'links working again') },
  { kind: 'title-edited', words: once('the title edited') },
  { kind: 'post-edited', opening: true, words: once('the text edited') },
  { kind: 'tags-edited', words: once('the tags changed') },
  { kind: 'section-set', words: once('the section changed') },
  { kind: 'topic-merged', words: each('topic merged into this one', 'topics merged into this one') },
  { kind: 'reply-moved', words: each('reply moved', 'replies moved') },
  { kind: 'post-edited', opening: false, words: each('reply edited', 'replies edited') },
  {
    kind: 'post-withdrawn',
    opening: false,
    words: each('reply deleted by its author', 'replies deleted by their authors'),
  },
  { kind: 'post-hidden', opening: false, words: each('reply hidden', 'replies hidden') },
  { kind: 'post-restored', opening: false, words: each('reply restored', 'replies restored') },
  { kind: 'topic-locked', words: once('locked') },
  { kind: 'topic-unlocked', words: once('unlocked') },
] as const satisfies readonly SummedUp[];

export const SUMMED_UP = [...new Set(SUMMARY.map(({ kind }) => kind))];

/** "1 source added", "the title edited", … */
export function sumUp(happened: readonly Happened[]): string[] {
  return SUMMARY.flatMap(({ kind, opening, words }: SummedUp) => {
    const times = happened
      .filter((one) => one.kind === kind && (opening === undefined || one.opening === opening))
      .reduce((sum, one) => sum + one.times, 0);
    return times > 0 ? [words(times)] : [];
  });
}

/** All that stands in the list of changes: what readers of a topic see of it, too. */
export const LISTED_CHANGES = [
  'topic-posted',
  'reply-posted',
  ...SUMMED_UP,
  'post-unwithdrawn',
  'topic-hidden',
  'topic-restored',
  'topic-pinned',
  'topic-unpinned',
  'topic-unmerged',
  'revision-blanked',
] as const satisfies readonly EventKind[];
