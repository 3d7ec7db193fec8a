// GET and POST /setup: the form, and what stands there for whoever comes without the token.
import { LENGTHS } from '../../../domain/limits.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { SetupForm } from '../setup-form.ts';

export interface SetupPage {
  readonly head: Head;
  readonly form: SetupForm;
  readonly token: string;
  readonly formHref: string;
  readonly passwordHint: string;
  readonly lengths: { readonly name: number; readonly tagline: number; readonly memberName: number };
}

export interface SetupClosedPage {
  readonly head: Head;
  /** A token came along, and it is not the right one. */
  readonly wrongToken: boolean;
}

declare module '../../../web/views.ts' {
  interface Views {
    'admin/setup': SetupPage;
    'admin/setup-closed': SetupClosedPage;
  }
}

export function setupPage(form: SetupForm, token: string): SetupPage {
  return {
    head: { title: 'Set up this forum', noindex: true },
    form,
    token,
    formHref: paths.setup(),
    passwordHint: `${LENGTHS.password.min} characters or more. A sentence is good.`,
    lengths: { name: LENGTHS.siteName, tagline: LENGTHS.tagline, memberName: LENGTHS.name.max },
  };
}

export function setupClosedPage(wrongToken: boolean): SetupClosedPage {
  return { head: { title: 'This forum is not set up yet', noindex: true }, wrongToken };
}
