// Mails about a member's data: a copy that was ordered, and an account that is to be deleted.
import { spellUntil } from '../../../domain/times.ts';
import { momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { type MailFacts, mailModel } from '../pages.ts';

interface ExportReadyMail extends MailModel {
  readonly privacyHref: string;
  /** "3 April 2026, 14:30 UTC" */
  readonly until: string;
}

interface ExportFailedMail extends MailModel {
  readonly privacyHref: string;
}

interface DeletionAskedMail extends MailModel {
  readonly due: string;
  readonly keepHref: string;
  readonly forgotHref: string;
}

interface AddressBarredMail extends MailModel {
  /** "until 3 May 2026, 14:30 UTC" */
  readonly until: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    'export-ready': ExportReadyMail;
    'export-failed': ExportFailedMail;
    'deletion-asked': DeletionAskedMail;
    'account-deleted': MailModel;
    'address-barred': AddressBarredMail;
  }
}

export function exportReadyMail(facts: MailFacts, expiresAt: Date): ExportReadyMail {
  return {
    ...mailModel(facts, `Your data on ${facts.settings.name} is ready`),
    privacyHref: facts.siteUrl + paths.privacySettings(),
    until: momentView(expiresAt).full,
  };
}

export function exportFailedMail(facts: MailFacts): ExportFailedMail {
  return {
    ...mailModel(facts, `The copy of your data on ${facts.settings.name} could not be made`),
    privacyHref: facts.siteUrl + paths.privacySettings(),
  };
}

export function deletionAskedMail(facts: MailFacts, dueAt: Date): DeletionAskedMail {
  return {
    ...mailModel(facts, `Your account on ${facts.settings.name} will be deleted`),
    due: momentView(dueAt).full,
    keepHref: facts.siteUrl + paths.signIn(paths.privacySettings()),
    forgotHref: facts.siteUrl + paths.forgot(),
  };
}

export function accountDeletedMail(facts: MailFacts): MailModel {
  return mailModel(facts, `Your account on ${facts.settings.name} has been deleted`);
}

export function addressBarredMail(facts: MailFacts, until: Date): AddressBarredMail {
  const subject = `Your address cannot be used on ${facts.settings.name} yet`;
  return { ...mailModel(facts, subject), until: spellUntil(until) };
}
