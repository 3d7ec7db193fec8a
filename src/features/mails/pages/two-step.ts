// Mails about the second factor: for the case that it was somebody else.
import { momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { type MailFacts, mailModel } from '../pages.ts';

interface TwoStepMail extends MailModel {
  readonly changed: string;
  readonly forgotHref: string;
  readonly settingsHref: string;
  /** '' when none is given. */
  readonly contact: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    'two-step-on': TwoStepMail;
    'two-step-off': TwoStepMail;
    'recovery-code-used': TwoStepMail;
    'recovery-codes-made': TwoStepMail;
  }
}

export function twoStepOnMail(facts: MailFacts, changedAt: Date): TwoStepMail {
  return twoStepMail(facts, `Two-step login on ${facts.settings.name} was turned on`, changedAt);
}

export function twoStepOffMail(facts: MailFacts, changedAt: Date): TwoStepMail {
  return twoStepMail(facts, `Two-step login on ${facts.settings.name} was turned off`, changedAt);
}

export function recoveryCodeUsedMail(facts: MailFacts, changedAt: Date): TwoStepMail {
  return twoStepMail(facts, `A recovery code was used on ${facts.settings.name}`, changedAt);
}

export function recoveryCodesMadeMail(facts: MailFacts, changedAt: Date): TwoStepMail {
  return twoStepMail(facts, `New recovery codes on ${facts.settings.name}`, changedAt);
}

function twoStepMail(facts: MailFacts, subject: string, changedAt: Date): TwoStepMail {
  const { settings, siteUrl } = facts;
  return {
    ...mailModel(facts, subject),
    changed: momentView(changedAt).full,
    forgotHref: siteUrl + paths.forgot(),
    settingsHref: siteUrl + paths.signIn(paths.twoStep()),
    contact: settings.contact,
  };
}
