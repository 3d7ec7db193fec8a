// Mails about an account that is used or changed: for the case that it was somebody else.
import { WINDOWS } from '../../../domain/limits.ts';
import { spellDuration } from '../../../domain/times.ts';
import { sealedKey } from '../../../lib/sealed-key.ts';
import { momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { type MailFacts, mailModel } from '../pages.ts';

interface NewLoginMail extends MailModel {
  readonly device: string;
  /** "192.0.2.x" */
  readonly place: string;
  readonly time: string;
  readonly sessionsHref: string;
  readonly passwordHref: string;
  readonly contact: string;
}

interface ConfirmNewEmailMail extends MailModel {
  readonly confirmHref: string;
  /** "48 hours" */
  readonly lasts: string;
}

interface AgreeToNewEmailMail extends MailModel {
  readonly newEmail: string;
  readonly agreeHref: string;
  readonly lasts: string;
  readonly accountHref: string;
}

interface EmailChangedMail extends MailModel {
  /** "3 April 2026, 14:30 UTC" */
  readonly changed: string;
  /** Address of those who run the forum; '' when none is given. */
  readonly contact: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    'new-login': NewLoginMail;
    'confirm-new-email': ConfirmNewEmailMail;
    'agree-to-new-email': AgreeToNewEmailMail;
    'email-changed': EmailChangedMail;
  }
}

export function newLoginMail(
  facts: MailFacts,
  { device, place, at }: { readonly device: string; readonly place: string; readonly at: string },
): NewLoginMail {
  const { settings, siteUrl } = facts;
  return {
    ...mailModel(facts, `New login to your account on ${settings.name}`),
    device,
    place,
    time: momentView(new Date(at)).full,
    sessionsHref: siteUrl + paths.sessions(),
    passwordHref: siteUrl + paths.account(),
    contact: settings.contact,
  };
}

export function confirmNewEmailMail(facts: MailFacts, linkId: string): ConfirmNewEmailMail {
  const { settings, siteUrl, secret } = facts;
  return {
    ...mailModel(facts, `Confirm your new e-mail address on ${settings.name}`),
    confirmHref: siteUrl + paths.confirmEmail({ key: sealedKey(secret, 'change-new', linkId) }),
    lasts: spellDuration(WINDOWS.confirmLink),
  };
}

export function agreeToNewEmailMail(
  facts: MailFacts,
  { linkId, newEmail }: { readonly linkId: string; readonly newEmail: string },
): AgreeToNewEmailMail {
  const { settings, siteUrl, secret } = facts;
  return {
    ...mailModel(facts, `Another e-mail address for your account on ${settings.name}`),
    newEmail,
    agreeHref: siteUrl + paths.confirmEmail({ key: sealedKey(secret, 'change-old', linkId) }),
    lasts: spellDuration(WINDOWS.confirmLink),
    accountHref: siteUrl + paths.account(),
  };
}

export function emailChangedMail(facts: MailFacts, changedAt: Date): EmailChangedMail {
  const { settings } = facts;
  return {
    ...mailModel(facts, `Your e-mail address on ${settings.name} was changed`),
    changed: momentView(changedAt).full,
    contact: settings.contact,
  };
}
