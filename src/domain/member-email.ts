// The shape of an e-mail address. Whether it is somebody's, only a confirmed mail can tell.
import type { Fault } from './check.ts';
import { LENGTHS } from './limits.ts';

// The pattern of the HTML standard's e-mail field, with a dot in the domain: what browsers let pass, we let pass.
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const EMAIL = new RegExp(`^[a-z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})+$`, 'i');

/** Checks the shape of an e-mail address. */
export function checkEmail(address: string): Fault {
  if (address.length > LENGTHS.email) return `An e-mail address has at most ${LENGTHS.email} characters.`;
  if (!EMAIL.test(address) || address.indexOf('@') > LENGTHS.emailLocalPart) {
    return 'This is not an e-mail address: it should look like name@example.com.';
  }
  return undefined;
}

/** The form in which addresses are compared: providers that tell upper from lower case are a legend. */
export function emailKey(address: string): string {
  return address.trim().toLowerCase();
}
