// The pages on which an e-mail address is confirmed.
import type { Viewer } from '../../../domain/viewer.ts';
import { LENGTHS } from '../../../domain/limits.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { OpenMailLink } from '../queries.ts';

export interface ConfirmPage {
  readonly head: Head;
  /** Null: the link opens nothing (any more). */
  readonly link: {
    readonly key: string;
    readonly name: string;
    readonly email: string;
    readonly next: string;
  } | null;
  /** Whether the address is confirmed by another account. */
  readonly taken: boolean;
  readonly againHref: string;
  readonly forgotHref: string;
}

export interface AskedPage {
  readonly head: Head;
  readonly email: string;
  readonly form: Form<'email'>;
  readonly refusal: string;
  readonly emailMax: number;
  /** Where development keeps its mails; '' elsewhere. */
  readonly mailsHref: string;
}

export interface ConfirmedPage {
  readonly head: Head;
  /** '' for who is logged in. */
  readonly signInHref: string;
  readonly onHref: string;
  readonly onText: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/confirm': ConfirmPage;
    'members/confirm-asked': AskedPage;
    'members/confirmed': ConfirmedPage;
  }
}

/** The page behind the link of the mail: one button, since looking at a page must change nothing. */
export function confirmPage(facts: {
  readonly link: OpenMailLink | undefined;
  readonly key: string;
  readonly next: string;
  readonly viewer: Viewer;
  readonly taken?: boolean;
}): ConfirmPage {
  const { link, key, next, viewer, taken = false } = facts;
  return {
    head: { title: 'Confirm your e-mail address', noindex: true, section: 'none' },
    link: link ? { key, name: link.name, email: link.email, next } : null,
    taken,
    againHref: viewer.kind === 'member' ? paths.confirm() : paths.signIn(paths.confirm()),
    forgotHref: paths.forgot(),
  };
}

export function askedPage(facts: {
  readonly email: string;
  readonly form: Form<'email'>;
  readonly refusal: string;
  readonly mailsHref: string;
}): AskedPage {
  return {
    head: { title: 'Confirm your e-mail address', noindex: true, section: 'none' },
    ...facts,
    emailMax: LENGTHS.email,
  };
}

/** @param facts.next where they came from when they signed up; the front page where nobody knows */
export function confirmedPage({
  viewer,
  next,
}: {
  readonly viewer: Viewer;
  readonly next: string;
}): ConfirmedPage {
  const isFront = next === paths.front();
  return {
    head: { title: 'Your address is confirmed', noindex: true, section: 'none' },
    signInHref: viewer.kind === 'member' ? '' : paths.signIn(isFront ? undefined : next),
    onHref: next,
    onText: isFront ? 'Front page' : 'Go on where you were',
  };
}
