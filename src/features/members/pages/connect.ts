// The page of who comes from another site with the address of an account here, and of members who connect one.
import type { ProviderSettings } from '../../../lib/providers/index.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';
import type { WaitingIdentity } from '../../../web/session-store.ts';
import type { Head } from '../../../web/views.ts';
import { providerName } from './providers.ts';

export interface ConnectPage {
  readonly head: Head;
  /** "GitHub" */
  readonly provider: string;
  readonly label: string;
  /** '' when the site vouches for none. */
  readonly email: string;
  /** The member's name; '' for who has to log in first. */
  readonly name: string;
  readonly signInHref: string;
  readonly forgotHref: string;
  readonly accountHref: string;
  readonly formHref: string;
  /** Why it was not connected; '' otherwise. */
  readonly refusal: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/connect': ConnectPage;
  }
}

export function connectPage(facts: {
  readonly waiting: WaitingIdentity;
  readonly providers: readonly ProviderSettings[];
  readonly viewer: Viewer;
  readonly refusal?: string;
}): ConnectPage {
  const { waiting, providers, viewer, refusal = '' } = facts;
  const provider = providerName(providers, waiting.key);
  const isMember = viewer.kind === 'member';
  return {
    head: { title: isMember ? `Connect ${provider}` : 'You have an account here', noindex: true },
    provider,
    label: waiting.label,
    email: waiting.email ?? '',
    name: isMember ? viewer.name : '',
    signInHref: paths.signIn(paths.connectIdentity()),
    forgotHref: paths.forgot(),
    accountHref: paths.account(),
    formHref: paths.connectIdentity(),
    refusal,
  };
}
