// The passwords that are tried first by whoever guesses: the 49,000 commonest of zxcvbn-ts, by how often they were found.
import { createRequire } from 'node:module';

/** Shorter ones never get as far as this, and are most of the list. */
const SHORTEST = 8;

/** Read when the first password is chosen: a process that only shows pages has no room to give for it. */
let common: ReadonlySet<string> | undefined;

/** Whether a password is one of the commonest, in whatever case it is written. */
export function isCommonPassword(password: string): boolean {
  common ??= readCommon();
  return common.has(password.toLowerCase());
}

function readCommon(): ReadonlySet<string> {
  const { dictionary } = createRequire(import.meta.url)(
    '@zxcvbn-ts/language-common',
  ) as typeof import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter((password) => password.length >= SHORTEST));
}
