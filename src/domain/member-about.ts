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
  return checkLength(about, LENGTHS.about);
}

/** Checks a line that cleanTitle has been over. */
export function checkAffiliation(affiliation: string): Fault {
  return checkLength(affiliation, LENGTHS.affiliation);
}

/** Checks a line that cleanTitle has been over. */
export function checkPronouns(pronouns: string): Fault {
  return checkLength(pronouns, LENGTHS.pronouns);
}

const NO_LINK = 'This is not the address of a page: it should begin with https:// or http://.';

/** Checks the address of a page; '' is none. */
export function checkLink(typed: string): Fault {
  if (typed === '') return undefined;
  if (typed.length > LENGTHS.address) return checkLength(typed, LENGTHS.address);
  const url = URL.parse(typed);
  if (!url || !/^https?:$/.test(url.protocol)) return NO_LINK;
  // "https://known.example@evil.example" shows one place and leads to another.
  if (url.username !== '' || url.password !== '')
    return 'An address with a name or password in it is not shown.';
  return checkLength(url.href, LENGTHS.address);
}

/** The address as it is stored and shown: what is not ASCII in it is written so that nothing in it can deceive. */
export function cleanLink(typed: string): string {
  return URL.parse(typed)?.href ?? '';
}

function checkLength(text: string, max: number): Fault {
  const over = countCharacters(text) - max;
  return over > 0 ? `This is too long by ${over}: it may have ${max} characters.` : undefined;
}
