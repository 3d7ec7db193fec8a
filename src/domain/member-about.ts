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

function checkLength(text: string, max: number): Fault {
  const over = countCharacters(text) - max;
  return over > 0 ? `This is too long by ${over}: it may have ${max} characters.` : undefined;
}
