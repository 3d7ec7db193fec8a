// What an account may be opened with, wherever that is typed: the rules of domain/, and the lists that it cannot hold.
import type { Fault } from '../../domain/check.ts';
import { checkEmail } from '../../domain/member-email.ts';
import { checkPassword } from '../../domain/password-rule.ts';
import { isCommonPassword } from '../../lib/common-passwords.ts';
import { isDisposable } from '../../lib/disposable-mail.ts';

/** Checks a password that somebody wants to have from now on. */
export function checkNewPassword(
  password: string,
  owner: { readonly name: string; readonly email: string },
): Fault {
  const fault = checkPassword(password, owner);
  if (fault !== undefined || !isCommonPassword(password)) return fault;
  return 'This is one of the passwords that are guessed first. Three words that do not belong together are better.';
}

/** Checks an e-mail address that somebody wants to have from now on. */
export function checkNewEmail(address: string): Fault {
  const fault = checkEmail(address);
  if (fault !== undefined || !isDisposable(address)) return fault;
  return 'This address is given to everybody for a few minutes. Give one that stays yours: the way back into your account leads there.';
}
