// Links that were sent by mail: each opens one thing, once, for a while.
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { mailLinks, type MailLinkPurpose } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { emailKey } from '../../../domain/member-email.ts';
import { findMailLink } from '../queries.ts';

const LASTS: Readonly<Record<MailLinkPurpose, number>> = {
  confirm: WINDOWS.confirmLink,
  reset: WINDOWS.resetLink,
  'change-new': WINDOWS.confirmLink,
  'change-old': WINDOWS.confirmLink,
};

export interface NewMailLink {
  readonly memberId: MemberId;
  readonly purpose: MailLinkPurpose;
  /** Where it will be sent. */
  readonly email: string;
}

/** Adds a link in place of the member's last one of the same purpose. @returns its id */
export async function addMailLink(
  tx: Tx,
  { memberId, purpose, email }: NewMailLink,
  now: Date,
): Promise<string> {
  const link = {
    id: randomBytes(16).toString('base64url'),
    emailKey: emailKey(email),
    createdAt: now,
    expiresAt: new Date(now.getTime() + LASTS[purpose]),
  };
  await tx
    .insert(mailLinks)
    .values({ memberId, purpose, ...link })
    .onConflictDoUpdate({ target: [mailLinks.memberId, mailLinks.purpose], set: link });
  return link.id;
}

/** Spends a link. @returns whose it was; undefined when it opens nothing (any more) */
export async function takeMailLink(
  tx: Tx,
  id: string,
  purpose: MailLinkPurpose,
  now: Date,
): Promise<{ readonly memberId: MemberId; readonly emailKey: string } | undefined> {
  if (!(await findMailLink(tx, id, purpose, now))) return undefined;
  // Of two who open it at once, one deletes it.
  const [link] = await tx
    .delete(mailLinks)
    .where(eq(mailLinks.id, id))
    .returning({ memberId: mailLinks.memberId, emailKey: mailLinks.emailKey });
  return link;
}

/** Ends all links of a member. */
export async function dropMailLinks(tx: Tx, memberId: MemberId): Promise<void> {
  await tx.delete(mailLinks).where(eq(mailLinks.memberId, memberId));
}
