// Other sites that say who somebody is: GitHub by OAuth 2, everybody else by OpenID Connect. What openid-client needs to
// know and to check stands in this folder, and nowhere else.
import { githubProvider } from './github.ts';
import { openidProvider } from './openid.ts';

interface Registration {
  /** Of our own: stands in addresses. */
  readonly key: string;
  /** "GitHub" */
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface OpenidSettings extends Registration {
  readonly protocol: 'openid';
  readonly issuer: string;
  /** Whether it lets people log in anew when asked to, and says when they did. */
  readonly logsInAnew: boolean;
}

export interface GithubSettings extends Registration {
  readonly protocol: 'github';
  /** Where people log in, and where programs ask. */
  readonly web: string;
  readonly api: string;
}

export type ProviderSettings = OpenidSettings | GithubSettings;

/** What is kept while somebody is at the other site. Whoever comes back has to fit to it. */
export interface Departure {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who somebody is at another site. Its pair of issuer and subject is theirs for good; the rest may change any day. */
export interface ProvidedIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** The address that the site has made sure of; null: it has none, or did not say so. */
  readonly email: string | null;
  /** By what they know it again: "octocat", or an address. */
  readonly label: string;
  /** What they call themselves there, best first. */
  readonly names: readonly string[];
}

export interface Provider {
  readonly key: string;
  readonly name: string;
  /**
   * Where to send somebody, and what to keep until they are back.
   * @param anew whether they are to show there that it is them, even if the site knows their browser
   * @throws ProviderFailure
   */
  leave(
    callback: string,
    options: { readonly anew: boolean },
  ): Promise<Departure & { readonly href: string }>;
  /**
   * Who has come back.
   * @param returned the address they came back to, with all that the site has added
   * @param secondsAway given: only a login there is taken that is not older
   * @throws ProviderFailure
   */
  arrive(returned: URL, departure: Departure, secondsAway?: number): Promise<ProvidedIdentity>;
}

/** As long as somebody waits for a page that may never come. */
const PATIENCE_SECONDS = 5;

/** @param patience seconds that a site has for one answer */
export function createProviders(
  settings: readonly ProviderSettings[],
  patience = PATIENCE_SECONDS,
): ReadonlyMap<string, Provider> {
  const all = settings.map((each) =>
    each.protocol === 'github' ? githubProvider(each, patience) : openidProvider(each, patience),
  );
  return new Map(all.map((provider) => [provider.key, provider]));
}
