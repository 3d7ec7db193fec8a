// Mailboxes that anybody opens for ten minutes: an account behind one can be recovered by nobody, and is rarely alone.
import { createRequire } from 'node:module';

/** Read when the first address is given: the list is long, and needed by nobody who reads. */
let domains: ReadonlySet<string> | undefined;

/** Whether an e-mail address is at a domain that gives addresses away, or below one. */
export function isDisposable(address: string): boolean {
  const known = (domains ??= readDomains());
  const labels = address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .split('.');
  return labels.some((_label, index) => known.has(labels.slice(index).join('.')));
}

function readDomains(): ReadonlySet<string> {
  const { disposableEmailBlocklistSet } = createRequire(import.meta.url)(
    'disposable-email-domains-js',
  ) as typeof import('disposable-email-domains-js');
  return disposableEmailBlocklistSet();
}
