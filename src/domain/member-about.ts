// What members say of themselves on their page: plain text, cleaned like titles, since others see it beside a name.
import type { Fault } from './check.ts';
import { countCharacters } from './check.ts';
import { LENGTHS } from './limits.ts';
import { cleanTitle } from './post-text.ts';

/** The text in its lines, each without what cannot be seen; empty lines are dropped. */
export function cleanAbout(typed: string): string {
  return typed
    .split('\n')
    .map(cleanTitle)
    .filter((line) => line !== '')
    .join('\n');
}

/** Checks a text that cleanAbout has been over. */
export function checkAbout(about: string): Fault {
  return checkLength('What you say about you', about, LENGTHS.about);
}

/** Checks a line that cleanTitle has been over. */
export function checkAffiliation(affiliation: string): Fault {
  return checkLength('The affiliation', affiliation, LENGTHS.affiliation);
}

/** Checks a line that cleanTitle has been over. */
export function checkPronouns(pronouns: string): Fault {
  return checkLength('What stands as pronouns', pronouns, LENGTHS.pronouns);
}

const NO_LINK = 'The link is not the address of a page: it should begin with https:// or http://.';

/** Checks the address of a page; '' is none. */
export function checkLink(typed: string): Fault {
  if (typed === '') return undefined;
  if (typed.length > LENGTHS.address) return checkLength('The link', typed, LENGTHS.address);
  const url = URL.parse(typed);
  if (!url || !/^https?:$/.test(url.protocol)) return NO_LINK;
  // "https://known.example@evil.example" shows one place and leads to another.
  if (url.username !== '' || url.password !== '')
    return 'An address with a name or password in it is not shown.';
  return checkLength('The link', url.href, LENGTHS.address);
}

/** The address as it is stored and shown: what is not ASCII in it is written so that nothing in it can deceive. */
export function cleanLink(typed: string): string {
  return URL.parse(typed)?.href ?? '';
}

/** @param what the field, as a sentence begins with it */
function checkLength(what: string, text: string, max: number): Fault {
  const over = countCharacters(text) - max;
  return over > 0 ? `${what} is too long by ${over}: it may have ${max} characters.` : undefined;
}
