// What members call their passkeys: one line, seen by them alone and in a mail to them.
import { countCharacters, type Fault } from './check.ts';
import { LENGTHS } from './limits.ts';
import { hasWords } from './post-text.ts';

/** Checks a label that cleanTitle has been over. */
export function checkPasskeyLabel(label: string): Fault {
  const max = LENGTHS.passkeyLabel;
  if (!hasWords(label)) return 'Give it a name by which you will know it again, such as that of the device.';
  if (countCharacters(label) > max) return `A name for it may have ${max} characters.`;
  return undefined;
}
