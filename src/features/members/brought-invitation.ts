// The invitation that somebody brings to the page on which they join, in its address and then in its forms.
import type { FastifyRequest } from 'fastify';
import { openSealedKey } from '../../lib/sealed-key.ts';
import { formBody, readText } from '../../web/forms.ts';
import { findStandingInvitation } from './invitation-queries.ts';
import type { SecretsOptions } from './link-options.ts';

export interface BroughtInvitation {
  /** As it came; '' when none did. */
  readonly key: string;
  /** Undefined for what is none of ours. */
  readonly id: string | undefined;
  /** Who made it, while it lets somebody in. */
  readonly by: string | undefined;
}

/**
 * @param secrets the forum's, and its earlier ones, whose invitations have ended
 * @param sent the query of an address, or the body of a form
 */
export async function readInvitation(
  { server }: FastifyRequest,
  [secret]: SecretsOptions['secrets'],
  sent: unknown,
): Promise<BroughtInvitation> {
  const key = readText(formBody(sent), 'key');
  const id = openSealedKey(secret, 'invitation', key);
  const standing = id && (await findStandingInvitation(server.db, id, server.clock.now()));
  return { key, id, by: standing ? standing.invitedBy : undefined };
}
