// Challenges: what a browser is asked to sign with a passkey. Each is for one purpose and one session, and good for one
// answer, right or wrong.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { passkeyChallenges, type PasskeyPurpose, sessions } from '../../../db/schema/index.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { mayShowPasskey } from '../../../domain/policy/passkeys.ts';
import { randomToken } from '../../../lib/webauthn.ts';
import { Problem } from '../../../web/problem.ts';

export interface ChallengeFacts {
  readonly sessionHash: string;
  readonly purpose: PasskeyPurpose;
}

/** Makes one, and keeps its session as long. @param handle of whoever is to have a new passkey; null otherwise */
export async function makeChallenge(
  tx: Tx,
  { sessionHash, purpose, handle }: ChallengeFacts & { readonly handle: string | null },
  now: Date,
): Promise<string> {
  const needed = new Date(now.getTime() + WINDOWS.passkeyChallenge);
  const { rowCount } = await tx
    .update(sessions)
    .set({ expiresAt: sql`greatest(${sessions.expiresAt}, ${needed})` })
    .where(eq(sessions.idHash, sessionHash));
  if (rowCount !== 1) throw new Problem('conflict', 'Your session has ended meanwhile. Load the page again.');
  const challenge = randomToken();
  await tx.insert(passkeyChallenges).values({ challenge, sessionHash, purpose, handle, createdAt: now });
  return challenge;
}

/** Takes one back. @returns undefined when it was not asked of this session for this, has been taken, or is too old */
export async function takeChallenge(
  tx: Tx,
  { challenge, sessionHash, purpose }: ChallengeFacts & { readonly challenge: string },
  now: Date,
): Promise<{ readonly handle: string | null } | undefined> {
  const [taken] = await tx
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, challenge),
        eq(passkeyChallenges.sessionHash, sessionHash),
        eq(passkeyChallenges.purpose, purpose),
      ),
    )
    .returning({ handle: passkeyChallenges.handle, createdAt: passkeyChallenges.createdAt });
  return taken && mayShowPasskey(taken.createdAt, now).allowed ? taken : undefined;
}
