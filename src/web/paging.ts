// Where a page of a list begins, as its address says it.
import { Problem } from './problem.ts';

/**
 * Reads a parameter such as `?after=`: undefined on the first page.
 * @param read undefined for what no page of ours ever wrote.
 * @throws Problem invalid, with the way back, when the address was tampered with or cut.
 */
export function pageStart<Start>(
  text: unknown,
  read: (text: unknown) => Start | undefined,
): Start | undefined {
  if (text === undefined) return undefined;
  const start = read(text);
  if (start === undefined) {
    throw new Problem(
      'invalid',
      'The address of this page was cut off or changed. Start from the first page.',
    );
  }
  return start;
}
