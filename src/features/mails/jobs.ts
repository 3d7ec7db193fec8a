// Writes and sends the mails that were ordered. A mail that cannot be handed on is tried again by the queue, and after the
// last time stays parked in its table. If the process ends between the two, a mail arrives twice: better than never.
import { eq } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { members, queueMessages } from '../../db/schema/index.ts';
import { findStatement, listOwnTexts } from '../../db/statements.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { JobHandler, MailOrder } from '../../jobs/catalogue.ts';
import type { ViewRenderer, WrittenMail } from '../../web/views.ts';
import { deliver, type MailServices } from './deliver.ts';
import {
  addressInUseMail,
  confirmEmailMail,
  type MailFacts,
  passwordChangedMail,
  resetPasswordMail,
} from './pages.ts';
import { agreeToNewEmailMail, confirmNewEmailMail, emailChangedMail, newLoginMail } from './pages/account.ts';
import { decisionMail, messageMail } from './pages/decisions.ts';
import { passkeyAddedMail, passkeyRemovedMail } from './pages/passkeys.ts';
import { identityMail } from './pages/identities.ts';
import {
  accountDeletedMail,
  addressBarredMail,
  deletionAskedMail,
  exportFailedMail,
  exportReadyMail,
} from './pages/own-data.ts';
import {
  recoveryCodesMadeMail,
  recoveryCodeUsedMail,
  twoStepOffMail,
  twoStepOnMail,
} from './pages/two-step.ts';

export type { MailServices } from './deliver.ts';

const TO_UNCONFIRMED: ReadonlySet<MailOrder['mail']> = new Set([
  'confirm-email',
  'address-barred',
  'reset-password',
]);

type Ordered<Name extends MailOrder['mail']> = Extract<MailOrder, { readonly mail: Name }>;

/** Writes a mail; undefined when there is nothing (any more) that it would say. */
export type MailWriter<Name extends MailOrder['mail']> = (
  db: Reader,
  order: Ordered<Name>,
  facts: MailFacts,
  views: ViewRenderer,
) => Promise<WrittenMail | undefined>;

/** Mails about what only features above this one know: they write them, and worker.ts hands the writers down. */
export interface MailWriters {
  readonly notice: MailWriter<'notice'>;
  readonly week: MailWriter<'week'>;
  readonly gathered: MailWriter<'gathered'>;
}

export function mailSender(services: MailServices, writers: MailWriters): JobHandler<'send-mail'> {
  const { views, site, siteUrl, secret } = services;
  return async (db, order) => {
    const member =
      order.mail === 'account-deleted'
        ? { name: order.name, email: null, confirmedAt: null }
        : await findAddressee(db, order.to);
    const to = order.address ?? member?.email;
    if (!member || !to) return;
    // An address that nobody has confirmed may be anybody's: it gets what it is asked by, and nothing else.
    if (order.address === undefined && !member.confirmedAt && !TO_UNCONFIRMED.has(order.mail)) return;
    await deliver(services, to, { mail: order.mail, memberId: order.to }, () => {
      const { settings } = site.current();
      const facts = { member: member.name, settings, siteUrl, secret };
      if (order.mail === 'decision' || order.mail === 'message')
        return writeOfModerators(db, order, facts, views);
      if (order.mail === 'notice') return writers.notice(db, order, facts, views);
      if (order.mail === 'week') return writers.week(db, order, facts, views);
      if (order.mail === 'gathered') return writers.gathered(db, order, facts, views);
      return write(order, facts, views);
    });
  };
}

type OfModerators = Ordered<'decision' | 'message'>;

/** Mails that say what is there when they are sent: a decision may have been undone meanwhile. */
async function writeOfModerators(
  db: Reader,
  order: OfModerators,
  facts: MailFacts,
  views: ViewRenderer,
): Promise<WrittenMail | undefined> {
  if (order.mail === 'message') {
    const { queueItemId: itemId, body } = queueMessages;
    const [message] = await db
      .select({ itemId, body })
      .from(queueMessages)
      .where(eq(queueMessages.id, order.messageId));
    return message && views.renderMail('message', messageMail(facts, message));
  }
  const statement = await findStatement(db, order.actionId, order.to);
  if (!statement) return undefined;
  // What awaited approval was read by nobody: the mail brings it back, so that nothing is lost.
  const texts = statement.kind === 'refuse' ? await listOwnTexts(db, order.actionId, order.to) : [];
  return views.renderMail('decision', decisionMail(facts, statement, texts));
}

function write(
  order: Exclude<MailOrder, OfModerators | Ordered<keyof MailWriters>>,
  facts: MailFacts,
  views: ViewRenderer,
): WrittenMail {
  switch (order.mail) {
    case 'confirm-email':
      return views.renderMail('confirm-email', confirmEmailMail(facts, order));
    case 'address-barred':
      return views.renderMail('address-barred', addressBarredMail(facts, new Date(order.until)));
    case 'address-in-use':
      return views.renderMail('address-in-use', addressInUseMail(facts, order));
    case 'reset-password':
      return views.renderMail('reset-password', resetPasswordMail(facts, order.linkId));
    case 'password-changed':
      return views.renderMail('password-changed', passwordChangedMail(facts, new Date(order.changedAt)));
    case 'confirm-new-email':
      return views.renderMail('confirm-new-email', confirmNewEmailMail(facts, order.linkId));
    case 'agree-to-new-email':
      return views.renderMail('agree-to-new-email', agreeToNewEmailMail(facts, order));
    case 'email-changed':
      return views.renderMail('email-changed', emailChangedMail(facts, new Date(order.changedAt)));
    case 'new-login':
      return views.renderMail('new-login', newLoginMail(facts, order));
    case 'passkey-added':
      return views.renderMail('passkey-added', passkeyAddedMail(facts, order));
    case 'passkey-removed':
      return views.renderMail('passkey-removed', passkeyRemovedMail(facts, order));
    case 'export-ready':
      return views.renderMail('export-ready', exportReadyMail(facts, new Date(order.expiresAt)));
    case 'export-failed':
      return views.renderMail('export-failed', exportFailedMail(facts));
    case 'deletion-asked':
      return views.renderMail('deletion-asked', deletionAskedMail(facts, new Date(order.dueAt)));
    case 'account-deleted':
      return views.renderMail('account-deleted', accountDeletedMail(facts));
    case 'two-step-on':
      return views.renderMail('two-step-on', twoStepOnMail(facts, new Date(order.changedAt)));
    case 'two-step-off':
      return views.renderMail('two-step-off', twoStepOffMail(facts, new Date(order.changedAt)));
    case 'identity-connected':
      return views.renderMail('identity-connected', identityMail(facts, order));
    case 'identity-disconnected':
      return views.renderMail('identity-disconnected', identityMail(facts, order));
    case 'recovery-codes-made':
      return views.renderMail('recovery-codes-made', recoveryCodesMadeMail(facts, new Date(order.changedAt)));
    case 'recovery-code-used':
      return views.renderMail('recovery-code-used', recoveryCodeUsedMail(facts, new Date(order.changedAt)));
  }
}

async function findAddressee(db: Reader, id: MemberId) {
  const { name, email, confirmedAt } = members;
  const [row] = await db.select({ name, email, confirmedAt }).from(members).where(eq(members.id, id));
  return row;
}
