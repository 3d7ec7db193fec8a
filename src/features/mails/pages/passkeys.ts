// Mails about passkeys: for the case that it was somebody else.
import { momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { type MailFacts, mailModel } from '../pages.ts';

interface PasskeyMail extends MailModel {
  /** What the member calls it. */
  readonly label: string;
  /** "3 April 2026, 14:30 UTC" */
  readonly changed: string;
  readonly passkeysHref: string;
  readonly forgotHref: string;
  /** '' when none is given. */
  readonly contact: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    'passkey-added': PasskeyMail;
    'passkey-removed': PasskeyMail;
  }
}

interface PasskeyChange {
  readonly label: string;
  readonly changedAt: string;
}

export function passkeyAddedMail(facts: MailFacts, change: PasskeyChange): PasskeyMail {
  return passkeyMail(facts, `A passkey was added to your account on ${facts.settings.name}`, change);
}

export function passkeyRemovedMail(facts: MailFacts, change: PasskeyChange): PasskeyMail {
  return passkeyMail(facts, `A passkey was removed from your account on ${facts.settings.name}`, change);
}

function passkeyMail(facts: MailFacts, subject: string, { label, changedAt }: PasskeyChange): PasskeyMail {
  const { settings, siteUrl } = facts;
  return {
    ...mailModel(facts, subject),
    label,
    changed: momentView(new Date(changedAt)).full,
    passkeysHref: siteUrl + paths.passkeys(),
    forgotHref: siteUrl + paths.forgot(),
    contact: settings.contact,
  };
}
