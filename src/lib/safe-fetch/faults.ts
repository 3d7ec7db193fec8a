// What can go wrong between asking for a page and having it, each with a sentence for the person who gave the address.

export type FetchFault =
  'address' | 'private' | 'name' | 'connection' | 'timeout' | 'too-large' | 'redirects';

export interface FailedFetch {
  readonly ok: false;
  readonly fault: FetchFault;
  /** A sentence. */
  readonly reason: string;
}

/** Ends a fetch from wherever it is noticed; index.ts turns it into an answer. */
export class Refusal extends Error {
  readonly fault: FetchFault;
  constructor(fault: FetchFault, reason: string) {
    super(reason);
    this.fault = fault;
  }
}

/** The answer for whatever was thrown on the way: refusals of ours, and errors of sockets, TLS, HTTP and zlib. */
export function failureOf(error: unknown): FailedFetch {
  const refusal = error instanceof Refusal ? error : refusalFor(error);
  return { ok: false, fault: refusal.fault, reason: refusal.message };
}

function refusalFor(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND') return new Refusal('name', 'There is no website of this name.');
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new Refusal('too-large', 'The site’s answer is too large.');
  if (/^(?:CERT_|ERR_TLS|ERR_SSL|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/.test(code))
    return new Refusal('connection', 'The site could not show that it is the one it says it is.');
  if (/^(?:Z_|ERR_|HPE_|UND_ERR_)/.test(code))
    return new Refusal('connection', 'The site’s answer could not be read.');
  return new Refusal('connection', 'The site could not be reached.');
}

/** For what took longer than the whole may take. */
export function tooSlow(): Refusal {
  return new Refusal('timeout', 'The site took too long to answer.');
}

/** For what is larger than was asked for, packed or unpacked. */
export function tooLarge(): Refusal {
  return new Refusal('too-large', 'The page is too large.');
}

/** For addresses that are not on the public internet, however they are spelt. */
export function notPublic(): Refusal {
  return new Refusal('private', 'The address is not on the public internet.');
}
