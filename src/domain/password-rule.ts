// What a password must be. Length and nothing else: rules of composition make passwords worse (NIST SP 800-63B, 3.1.1).
import type { Fault } from './check.ts';
import { countCharacters } from './check.ts';
import { LENGTHS } from './limits.ts';

const TOO_LONG = `A password has at most ${LENGTHS.password.max} characters.`;

/** Checks a new password: long enough, and neither the member's name nor the e-mail address. */
export function checkPassword(
  password: string,
  owner: { readonly name: string; readonly email: string },
): Fault {
  const { min, max } = LENGTHS.password;
  const length = countCharacters(password);
  if (length < min) return `A password has at least ${min} characters. A short sentence is good.`;
  if (length > max) return TOO_LONG;
  const typed = password.toLowerCase();
  if (typed === owner.name.toLowerCase()) return 'The password must not be your name.';
  if (typed === owner.email.toLowerCase()) return 'The password must not be your e-mail address.';
  return undefined;
}

/** Checks a password that is to be compared: a longer one was never taken, and long texts are slow to normalise. */
export function checkGivenPassword(password: string): Fault {
  return countCharacters(password) > LENGTHS.password.max ? TOO_LONG : undefined;
}
