// What changed between two texts, word by word, within a bound of work: two unlike texts cost quadratically.
import { type ChangeObject, diffLines, diffWordsWithSpace } from 'diff';

export interface DiffPart {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
}

/** Words (or lines) taken out and put in. Up to here the most unlike texts of 100,000 characters take about 15 ms. */
const MOST_EDITS = 300;

/**
 * The parts of both texts in order. Texts that differ in more words than can be compared are compared by lines, and
 * when that is too much, too, one stands in place of the other.
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  const bound = { maxEditLength: MOST_EDITS };
  const changes = diffWordsWithSpace(before, after, bound) ?? diffLines(before, after, bound);
  if (changes) return changes.map(partOf);
  return [
    { text: before, change: 'removed' },
    { text: after, change: 'added' },
  ];
}

function partOf({ value, added, removed }: ChangeObject<string>): DiffPart {
  return { text: value, change: added ? 'added' : removed ? 'removed' : 'same' };
}
