// The fetch that other sites are asked with. An admin has named them, so their addresses may be internal ones; but what they
// answer is bounded, in time (by the signal that comes with the request) and in size, and no redirect is followed.
import type { CustomFetch } from 'openid-client';
import { ProviderFailure } from './failure.ts';

/** Keys and metadata of real providers have a few kilobytes. */
const MOST_BYTES = 512 * 1_024;

export const boundedFetch: CustomFetch = async (address, options) => {
  // Typed wider by the library than what it sends: forms, and nothing.
  const response = await fetch(address, { ...(options as RequestInit), redirect: 'manual' });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new ProviderFailure('refused', `it answered more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  const { status, headers } = response;
  return new Response(size === 0 ? null : Buffer.concat(chunks), { status, headers });
};
