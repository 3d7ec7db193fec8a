// The section of the account page on other sites: those connected, and those that can be.
import type { ProviderSettings } from '../../../lib/providers/index.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { OwnIdentity } from '../identity-queries.ts';
import { type ProviderLink, providerName } from './providers.ts';

export interface IdentitiesSection {
  /** Whether there is anything to say. */
  readonly shown: boolean;
  readonly connected: readonly {
    readonly id: number;
    readonly provider: string;
    readonly label: string;
    readonly since: MomentView;
    readonly lastUsed: MomentView;
  }[];
  readonly others: readonly (ProviderLink & { readonly another: boolean })[];
  readonly formHref: string;
  /** Why something was not done; '' otherwise. */
  readonly refusal: string;
  /** What went wrong on the way to another site and back; '' otherwise. */
  readonly trouble: string;
}

export interface IdentitiesFacts {
  readonly identities: readonly OwnIdentity[];
  readonly providers: readonly ProviderSettings[];
  readonly identitiesRefusal?: string;
  readonly trouble?: string;
}

export function identitiesSection(facts: IdentitiesFacts): IdentitiesSection {
  const { identities, providers, identitiesRefusal = '', trouble = '' } = facts;
  return {
    shown: identities.length > 0 || providers.length > 0,
    connected: identities.map(({ id, providerKey, label, createdAt, lastUsedAt }) => ({
      id,
      provider: providerName(providers, providerKey),
      label,
      since: momentView(createdAt),
      lastUsed: momentView(lastUsedAt),
    })),
    others: providers.map(({ key, name }) => ({
      href: paths.identityConnect(key),
      name,
      another: identities.some(({ providerKey }) => providerKey === key),
    })),
    formHref: paths.identityDisconnect(),
    refusal: identitiesRefusal,
    trouble,
  };
}
