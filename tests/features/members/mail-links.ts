// Links as they arrive by mail.
import type { KeptMail } from '../../../src/lib/mailer.ts';

/** Path and query of the first link to a page in a mail. */
export function linkIn(mail: KeptMail | undefined, page: '/confirm' | '/confirm/email' | '/reset'): string {
  const link = new RegExp(`https?://[^/\\s]+(${page}\\?key=\\S+)`).exec(mail?.text ?? '')?.[1];
  if (link === undefined) throw new Error(`The mail "${mail?.subject ?? 'none'}" has no link to ${page}`);
  return link;
}

/** A key with one character of it changed. */
export function forged(link: string): string {
  const last = link.at(-2) === 'a' ? 'b' : 'a';
  return link.slice(0, -2) + last + link.slice(-1);
}
