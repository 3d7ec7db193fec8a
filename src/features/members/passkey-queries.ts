// What is known of passkeys.
import { asc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { passkeyHandles, passkeys } from '../../db/schema/index.ts';
import type { MemberId, PasskeyId } from '../../domain/ids.ts';

/** A passkey, as its member may know it. */
export interface OwnPasskey {
  readonly id: PasskeyId;
  readonly credentialId: string;
  readonly transports: readonly string[];
  readonly label: string;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly copiedAt: Date | null;
}

/** A member's passkeys in the order in which they were added. */
export async function listPasskeys(db: Reader, memberId: MemberId): Promise<OwnPasskey[]> {
  const { id, credentialId, transports, label, backedUp, createdAt, lastUsedAt, copiedAt } = passkeys;
  return db
    .select({ id, credentialId, transports, label, backedUp, createdAt, lastUsedAt, copiedAt })
    .from(passkeys)
    .where(eq(passkeys.memberId, memberId))
    .orderBy(asc(id));
}

/** A passkey, as its signatures are checked. */
export interface StoredPasskey {
  readonly id: PasskeyId;
  readonly memberId: MemberId;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  /** By which the device knows the member. */
  readonly handle: string;
}

/** The passkey that a device calls by this id. */
export async function findPasskey(db: Reader, credentialId: string): Promise<StoredPasskey | undefined> {
  const { id, memberId, publicKey } = passkeys;
  const [row] = await db
    .select({ id, memberId, credentialId: passkeys.credentialId, publicKey, handle: passkeyHandles.handle })
    .from(passkeys)
    .innerJoin(passkeyHandles, eq(passkeyHandles.memberId, memberId))
    .where(eq(passkeys.credentialId, credentialId));
  return row;
}
