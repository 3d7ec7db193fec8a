// Passkeys of a member: added, used, renamed, removed.
import { and, count, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { passkeyHandles, passkeys } from '../../../db/schema/index.ts';
import type { MemberId, PasskeyId } from '../../../domain/ids.ts';
import { mayAddPasskey, mayUsePasskey } from '../../../domain/policy/passkeys.ts';
import { mayGiveUpWayIn } from '../../../domain/policy/ways-in.ts';
import { type MadePasskey, type PasskeyUse, randomToken } from '../../../lib/webauthn.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { sendMail } from '../../mails/index.ts';
import { findWaysIn } from '../ways-in.ts';
import { lockMember } from '../lock-member.ts';

export interface NewPasskey {
  readonly memberId: MemberId;
  readonly made: MadePasskey;
  readonly label: string;
}

/** By which devices know the member; made when it is needed first, and the same from then on. */
export async function handleOf(tx: Tx, memberId: MemberId): Promise<string> {
  const [row] = await tx
    .insert(passkeyHandles)
    .values({ memberId, handle: randomToken() })
    .onConflictDoUpdate({
      target: passkeyHandles.memberId,
      set: { handle: sql`${passkeyHandles.handle}` },
    })
    .returning({ handle: passkeyHandles.handle });
  return row?.handle ?? notFound();
}

/** Adds one. A mail tells the member, in case it was somebody else. */
export async function addPasskey(tx: Tx, passkey: NewPasskey, now: Date): Promise<void> {
  const { memberId, label } = passkey;
  await lockMember(tx, memberId);
  authorize(mayAddPasskey(await countPasskeys(tx, memberId)));
  await insertPasskey(tx, passkey, now);
  await sendMail(tx, { to: memberId, mail: 'passkey-added', label, changedAt: now.toISOString() });
}

/** Gives a member who joins the first one, made for this handle. */
export async function addFirstPasskey(
  tx: Tx,
  { handle, ...passkey }: NewPasskey & { readonly handle: string },
  now: Date,
): Promise<void> {
  await tx.insert(passkeyHandles).values({ memberId: passkey.memberId, handle });
  await insertPasskey(tx, passkey, now);
}

async function insertPasskey(tx: Tx, { memberId, made, label }: NewPasskey, now: Date): Promise<void> {
  const { transports, ...facts } = made;
  const { rowCount } = await tx
    .insert(passkeys)
    .values({ ...facts, transports: [...transports], memberId, label, createdAt: now })
    .onConflictDoNothing();
  if (rowCount !== 1) throw new Problem('conflict', 'This passkey belongs to an account already.');
}

/**
 * Notes that one was used.
 * @returns 'copied' when it looks like a copy, which is noted, too; 'gone' when it was removed meanwhile
 */
export async function noteUse(
  tx: Tx,
  id: PasskeyId,
  { counter, backedUp }: PasskeyUse,
  now: Date,
): Promise<'used' | 'copied' | 'gone'> {
  const [row] = await tx
    .select({ counter: passkeys.counter })
    .from(passkeys)
    .where(eq(passkeys.id, id))
    .for('update');
  if (!row) return 'gone';
  const { allowed } = mayUsePasskey({ before: row.counter, said: counter });
  const noted = allowed ? { counter, backedUp, lastUsedAt: now } : { copiedAt: now };
  await tx.update(passkeys).set(noted).where(eq(passkeys.id, id));
  return allowed ? 'used' : 'copied';
}

/** Calls one of the member's another name. It takes no right: nobody else sees it. */
export async function renamePasskey(tx: Tx, memberId: MemberId, id: PasskeyId, label: string): Promise<void> {
  const { rowCount } = await tx.update(passkeys).set({ label }).where(isOf(memberId, id));
  if (rowCount !== 1) notFound(NOT_THERE);
}

/** Removes one of the member's, unless nothing else would log them in. A mail tells them. */
export async function removePasskey(tx: Tx, memberId: MemberId, id: PasskeyId, now: Date): Promise<void> {
  // Of two that are removed at once, the second finds itself the last.
  await lockMember(tx, memberId);
  const [row] = await tx.select({ label: passkeys.label }).from(passkeys).where(isOf(memberId, id));
  if (!row) notFound(NOT_THERE);
  authorize(mayGiveUpWayIn(await findWaysIn(tx, memberId)));
  await tx.delete(passkeys).where(isOf(memberId, id));
  await sendMail(tx, { to: memberId, mail: 'passkey-removed', ...row, changedAt: now.toISOString() });
}

const NOT_THERE = 'You have no such passkey, or have removed it.';

function isOf(memberId: MemberId, id: PasskeyId) {
  return and(eq(passkeys.id, id), eq(passkeys.memberId, memberId));
}

async function countPasskeys(tx: Tx, memberId: MemberId): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(passkeys).where(eq(passkeys.memberId, memberId));
  return row?.n ?? 0;
}
