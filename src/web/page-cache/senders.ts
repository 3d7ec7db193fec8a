// By whom a request is counted, known before it is one of Fastify's: learnt from those that were. What an address is behind
// trusted proxies is decided in one place, and is the same whenever the same came by the same way.
import type { IncomingMessage } from 'node:http';

const MOST_KNOWN = 10_000;

export class Senders {
  readonly #known = new Map<string, string>();

  learn(raw: IncomingMessage, sender: string): void {
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(wayOf(raw), sender);
  }

  /** Undefined: nobody has come that way lately. */
  find(raw: IncomingMessage): string | undefined {
    return this.#known.get(wayOf(raw));
  }
}

function wayOf({ socket, headers }: IncomingMessage): string {
  const { remoteAddress = '' } = socket;
  const forwarded = headers['x-forwarded-for'];
  return forwarded === undefined ? remoteAddress : `${remoteAddress} ${String(forwarded)}`;
}
