// Mailboxes that anybody opens for ten minutes: an account behind one can be recovered by nobody, and is rarely alone.
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';

const DOMAINS: ReadonlySet<string> = disposableEmailBlocklistSet();

/** Whether an e-mail address is at a domain that gives addresses away, or below one. */
export function isDisposable(address: string): boolean {
  const labels = address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .split('.');
  return labels.some((_label, index) => DOMAINS.has(labels.slice(index).join('.')));
}
