// The passwords that are tried first by whoever guesses: the 49,000 commonest of zxcvbn-ts, by how often they were found,
// and what guessing programs make of them.
import { dictionary } from '@zxcvbn-ts/language-common';

const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** Below this a word is too short to be what a password is about. */
const SHORTEST_WORD = 5;

/**
 * Whether a password is one of the commonest, in whatever case it is written, also with digits and signs around it
 * ("Sunshine2026!") or written twice: that is what is tried next.
 */
export function isCommonPassword(password: string): boolean {
  const whole = password.toLowerCase();
  const word = whole.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [whole, halfOf(whole), word, halfOf(word)].some(
    (guess) => guess.length >= SHORTEST_WORD && COMMON.has(guess),
  );
}

/** What is written twice; '' when nothing is. */
function halfOf(text: string): string {
  const half = text.slice(0, text.length / 2);
  return half + half === text ? half : '';
}
