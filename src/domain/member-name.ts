// What a member's name may look like, and when two names are too alike to tell apart.
import type { Fault } from './check.ts';
import { LENGTHS } from './limits.ts';

// Names that would speak for the forum, for its machinery, or for nobody. Compared by skeleton, so that
// "Adm1n" and "mod-erator" are refused with them.
const RESERVED_NAMES = (
  'tokenwire abuse account accounts admin admins administration administrator admin-team advertising all anonymous ' +
  'anyone api appeal appeals automatic automod automoderator banned billing board bot ceo chair community company ' +
  'compliance contact copyright daemon deleted deleted-member digest dmca dpo ' +
  'editor editorial editors email everybody everyone feed feedback former-member forum forums founder ghost gdpr ' +
  'guest guests help helpdesk here home host hostmaster house inbox info information jobs legal log login mail ' +
  'mailer mailer-daemon mailbox maintenance management manager me member members mod moderation moderator ' +
  'moderators mods myself news newsletter newsroom nobody none noreply no-reply notification notifications null ' +
  'office official operator ops owner password payment payments permission police postmaster president press ' +
  'privacy removed root rss rules sales search secretary security self service settings setup signin signup ' +
  'site-owner somebody someone staff status submit superuser support suspended sysadmin sysop system team ' +
  'terms test trust unknown undefined verified visitor visitors webmaster wire you yourself'
).split(' ');

const RESERVED = new Set(RESERVED_NAMES.map(reservedForm));

/** Checks the shape of a name and that it is not reserved; whether it is taken is the database's to say. */
export function checkName(name: string): Fault {
  const { min, max } = LENGTHS.name;
  if (name.length < min || name.length > max) return `A name has ${min} to ${max} characters.`;
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    return 'A name is made of the letters A to Z, digits, hyphens and underscores.';
  }
  if (!/^[A-Za-z0-9]/.test(name)) return 'A name begins with a letter or a digit.';
  if (RESERVED.has(reservedForm(name))) return 'This name is reserved. Choose another.';
  return undefined;
}

/** The first of some names from elsewhere that makes one here, with what does not fit left out; '' when none does. */
export function suggestedName(names: readonly string[]): string {
  const fitted = names.map((name) =>
    name
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .replace(/[\s.@]+/g, '_')
      .replace(/[^A-Za-z0-9_-]+/g, '')
      .slice(0, LENGTHS.name.max)
      .replace(/^[_-]+|[_-]+$/g, ''),
  );
  return fitted.find((name) => checkName(name) === undefined) ?? '';
}

/** The form in which a name is looked up: case does not distinguish members. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/**
 * The form in which two names are compared for likeness: characters that print alike become one (after the idea of
 * Unicode UTS #39, within the characters that names may have). Equal skeletons mean that one name can pass for the other.
 */
export function skeletonOf(name: string): string {
  return nameKey(name)
    .replace(/0/g, 'o')
    .replace(/[1i]/g, 'l')
    .replace(/5/g, 's')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/[_-]+/g, '-')
    .replace(/-$/, '');
}

/** Stricter than the skeleton: hyphens and underscores do not make another name of a reserved one. */
function reservedForm(name: string): string {
  return skeletonOf(name.replace(/[_-]/g, ''));
}
