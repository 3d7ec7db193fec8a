// Mails about accounts at other sites that open one here: for the case that it was somebody else.
import { momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { type MailFacts, mailModel } from '../pages.ts';

interface IdentityMail extends MailModel {
  /** "GitHub" */
  readonly provider: string;
  readonly label: string;
  readonly changed: string;
  readonly settingsHref: string;
  readonly forgotHref: string;
  /** '' when none is given. */
  readonly contact: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    'identity-connected': IdentityMail;
    'identity-disconnected': IdentityMail;
  }
}

export function identityMail(
  facts: MailFacts,
  order: {
    readonly mail: 'identity-connected' | 'identity-disconnected';
    readonly provider: string;
    readonly label: string;
    readonly changedAt: string;
  },
): IdentityMail {
  const { settings, siteUrl } = facts;
  const { mail, provider, label, changedAt } = order;
  const what = mail === 'identity-connected' ? 'connected to' : 'disconnected from';
  return {
    ...mailModel(facts, `${provider} was ${what} your account on ${settings.name}`),
    provider,
    label,
    changed: momentView(new Date(changedAt)).full,
    settingsHref: siteUrl + paths.signIn(paths.account()),
    forgotHref: siteUrl + paths.forgot(),
    contact: settings.contact,
  };
}
