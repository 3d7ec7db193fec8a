// The pages on which both ends of a change of address agree to it.
import type { EmailChangeEnd } from '../../../db/schema/index.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { OpenEmailChange } from '../queries.ts';

export interface AgreePage {
  readonly head: Head;
  /** Null: the link opens nothing (any more). */
  readonly change: {
    readonly key: string;
    readonly name: string;
    readonly email: string;
    readonly isNew: boolean;
  } | null;
  readonly formHref: string;
  readonly accountHref: string;
}

export interface AgreedPage {
  readonly head: Head;
  /** Whether the address is changed; else the other end has yet to agree. */
  readonly changed: boolean;
  /** '' for who is logged in. */
  readonly signInHref: string;
  readonly frontHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/email-agree': AgreePage;
    'members/email-agreed': AgreedPage;
  }
}

/** One button, since looking at a page must change nothing. */
export function agreePage(facts: {
  readonly end: EmailChangeEnd | undefined;
  readonly found: OpenEmailChange | undefined;
  readonly key: string;
}): AgreePage {
  const { end, found, key } = facts;
  return {
    head: { title: 'Another e-mail address', noindex: true, section: 'none' },
    change: found ? { key, name: found.name, email: found.change.email, isNew: end === 'change-new' } : null,
    formHref: paths.confirmEmail(),
    accountHref: paths.account(),
  };
}

/** @param facts.done as it stands in the address: it says nothing that a stranger could not type there */
export function agreedPage({
  done,
  viewer,
}: {
  readonly done: unknown;
  readonly viewer: Viewer;
}): AgreedPage {
  const changed = done === 'changed';
  return {
    head: { title: changed ? 'Your address is changed' : 'Thank you', noindex: true, section: 'none' },
    changed,
    signInHref: viewer.kind === 'member' ? '' : paths.signIn(),
    frontHref: paths.front(),
  };
}
