// The pages on which a lost password is replaced.
import { LENGTHS, WINDOWS } from '../../../domain/limits.ts';
import { spellDuration } from '../../../domain/times.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { OpenMailLink } from '../queries.ts';

export interface ForgotPage {
  readonly head: Head;
  /** Asked for: what follows does not depend on whether there is such an account. */
  readonly sent: boolean;
  readonly form: Form<'name'>;
  /** "2 hours" */
  readonly lasts: string;
  readonly signInHref: string;
}

export interface ResetPage {
  readonly head: Head;
  /** Null: the link opens nothing (any more). */
  readonly link: { readonly key: string; readonly name: string } | null;
  readonly form: Form<'password'>;
  readonly lasts: string;
  readonly forgotHref: string;
  readonly passwordMin: number;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/forgot': ForgotPage;
    'members/reset': ResetPage;
  }
}

export function forgotPage(facts: { readonly form: Form<'name'>; readonly sent: boolean }): ForgotPage {
  return {
    head: { title: 'Forgotten password', noindex: true, section: 'none' },
    ...facts,
    lasts: spellDuration(WINDOWS.resetLink),
    signInHref: paths.signIn(),
  };
}

export function resetPage(facts: {
  readonly link: OpenMailLink | undefined;
  readonly key: string;
  readonly form: Form<'password'>;
}): ResetPage {
  const { link, key, form } = facts;
  return {
    head: { title: 'A new password', noindex: true, section: 'none' },
    link: link ? { key, name: link.name } : null,
    form,
    lasts: spellDuration(WINDOWS.resetLink),
    forgotHref: paths.forgot(),
    passwordMin: LENGTHS.password.min,
  };
}
