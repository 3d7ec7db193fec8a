// What mails say, and the pages on which development shows them.
import { WINDOWS } from '../../domain/limits.ts';
import type { Settings } from '../../domain/settings.ts';
import { spellDuration } from '../../domain/times.ts';
import type { SafeHtml } from '../../lib/html.ts';
import type { KeptMail } from '../../lib/mailer.ts';
import { sealedKey } from '../../lib/sealed-key.ts';
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head, MailModel } from '../../web/views.ts';

export interface MailFacts {
  /** Name of the member it goes to. */
  readonly member: string;
  readonly settings: Settings;
  readonly siteUrl: string;
  /** Seals the keys in links. */
  readonly secret: string;
}

interface ConfirmEmailMail extends MailModel {
  readonly tagline: string;
  readonly confirmHref: string;
  /** "48 hours" */
  readonly lasts: string;
  readonly rulesHref: string;
  /** Whether an answer to the mail reaches somebody. */
  readonly answered: boolean;
}

interface AddressInUseMail extends MailModel {
  /** Whether a new account was opened; else one that is there is to get the address. */
  readonly signedUp: boolean;
  /** Name of the account that wants the address, too. */
  readonly newcomer: string;
  readonly signInHref: string;
  readonly forgotHref: string;
}

interface ResetPasswordMail extends MailModel {
  readonly resetHref: string;
  readonly lasts: string;
}

interface PasswordChangedMail extends MailModel {
  /** "3 April 2026, 14:30 UTC" */
  readonly changed: string;
  readonly forgotHref: string;
  /** Address of those who run the forum; '' when none is given. */
  readonly contact: string;
}

export interface MailboxPage {
  readonly head: Head;
  readonly mails: readonly {
    readonly href: string;
    readonly subject: string;
    readonly to: string;
    readonly moment: MomentView;
  }[];
}

export interface KeptMailPage {
  readonly head: Head;
  readonly mailboxHref: string;
  readonly subject: string;
  readonly to: string;
  readonly senderName: string;
  /** '' when answers go to the sender. */
  readonly replyTo: string;
  readonly moment: MomentView;
  readonly text: string;
  readonly bodyHtml: SafeHtml;
}

declare module '../../web/views.ts' {
  interface Views {
    'dev/mails': MailboxPage;
    'dev/mail': KeptMailPage;
  }
  interface Mails {
    'confirm-email': ConfirmEmailMail;
    'address-in-use': AddressInUseMail;
    'reset-password': ResetPasswordMail;
    'password-changed': PasswordChangedMail;
  }
}

export function confirmEmailMail(
  facts: MailFacts,
  { linkId, next }: { readonly linkId: string; readonly next?: string },
): ConfirmEmailMail {
  const { settings, siteUrl, secret } = facts;
  return {
    ...mailModel(facts, `Confirm your e-mail address on ${settings.name}`),
    tagline: settings.tagline,
    confirmHref: siteUrl + paths.confirm({ key: sealedKey(secret, 'confirm', linkId), next }),
    lasts: spellDuration(WINDOWS.confirmLink),
    rulesHref: siteUrl + paths.rules(),
    answered: settings.contact !== '',
  };
}

export function addressInUseMail(
  facts: MailFacts,
  { newcomer, wantedBy = 'sign-up' }: { readonly newcomer: string; readonly wantedBy?: 'sign-up' | 'change' },
): AddressInUseMail {
  const { settings, siteUrl } = facts;
  const signedUp = wantedBy === 'sign-up';
  const subject = signedUp
    ? `Your address was used to sign up on ${settings.name}`
    : `Your address was given for another account on ${settings.name}`;
  return {
    ...mailModel(facts, subject),
    signedUp,
    newcomer,
    signInHref: siteUrl + paths.signIn(),
    forgotHref: siteUrl + paths.forgot(),
  };
}

export function resetPasswordMail(facts: MailFacts, linkId: string): ResetPasswordMail {
  const { settings, siteUrl, secret } = facts;
  return {
    ...mailModel(facts, `A new password for ${settings.name}`),
    resetHref: siteUrl + paths.reset({ key: sealedKey(secret, 'reset', linkId) }),
    lasts: spellDuration(WINDOWS.resetLink),
  };
}

export function passwordChangedMail(facts: MailFacts, changedAt: Date): PasswordChangedMail {
  const { settings, siteUrl } = facts;
  return {
    ...mailModel(facts, `Your password on ${settings.name} was changed`),
    changed: momentView(changedAt).full,
    forgotHref: siteUrl + paths.forgot(),
    contact: settings.contact,
  };
}

/** What all mails say. */
export function mailModel({ member, settings, siteUrl }: MailFacts, subject: string): MailModel {
  return { subject, member, site: { name: settings.name, href: siteUrl + paths.front() } };
}

export function mailboxPage(mails: readonly KeptMail[]): MailboxPage {
  return {
    head: { title: 'Mails', noindex: true },
    mails: mails.map(({ n, subject, to, at }) => ({
      href: paths.devMail(n),
      subject,
      to,
      moment: momentView(at),
    })),
  };
}

/** @param bodyHtml the HTML part, sanitised. */
export function keptMailPage(mail: KeptMail, bodyHtml: SafeHtml): KeptMailPage {
  const { subject, to, senderName, replyTo = '', at, text } = mail;
  return {
    head: { title: subject, noindex: true },
    mailboxHref: paths.devMails(),
    subject,
    to,
    senderName,
    replyTo,
    moment: momentView(at),
    text,
    bodyHtml,
  };
}
