// The passwords that are tried first by whoever guesses: the 49,000 commonest of zxcvbn-ts, by how often they were found.
import { dictionary } from '@zxcvbn-ts/language-common';

/** Shorter ones never get as far as this, and are most of the list. */
const SHORTEST = 8;

const COMMON: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter((password) => password.length >= SHORTEST),
);

/** Whether a password is one of the commonest, in whatever case it is written. */
export function isCommonPassword(password: string): boolean {
  return COMMON.has(password.toLowerCase());
}
