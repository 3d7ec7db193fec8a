// GitHub: OAuth 2 without OpenID. There is no token that says who somebody is; its API is asked.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  Configuration,
  customFetch,
  fetchProtectedResource,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { boundedFetch } from './bounded-fetch.ts';
import { ProviderFailure } from './failure.ts';
import type { GithubSettings, Provider } from './index.ts';
import { orFailure } from './or-failure.ts';
import { textsOf } from './texts.ts';

/** Under which its numbers of accounts are filed. */
const ISSUER = 'https://github.com';

export function githubProvider(settings: GithubSettings, patience: number): Provider {
  const { key, name, api } = settings;
  const site = configure(settings, patience);
  return {
    key,
    name,
    leave: (callback, { anew }) =>
      orFailure(async () => {
        const departure = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
        const href = buildAuthorizationUrl(site, {
          redirect_uri: callback,
          scope: 'user:email',
          state: departure.state,
          code_challenge: await calculatePKCECodeChallenge(departure.verifier),
          code_challenge_method: 'S256',
          // More than to be asked which account it is, GitHub does not offer.
          ...(anew && { prompt: 'select_account' }),
        });
        return { ...departure, href: href.href };
      }),
    arrive: (returned, { state, verifier }) =>
      orFailure(async () => {
        const checks = { expectedState: state, pkceCodeVerifier: verifier };
        const { access_token: token } = await authorizationCodeGrant(site, returned, checks);
        const ask = (path: string) => askApi(site, token, new URL(api + path));
        return identityOf(await ask('/user'), await ask('/user/emails'));
      }),
  };
}

function configure({ web, clientId, clientSecret }: GithubSettings, patience: number): Configuration {
  const server = {
    // As it names itself to those who come back; it is checked where it does.
    issuer: `${web}/login/oauth`,
    authorization_endpoint: `${web}/login/oauth/authorize`,
    token_endpoint: `${web}/login/oauth/access_token`,
  };
  const site = new Configuration(server, clientId, undefined, ClientSecretPost(clientSecret));
  site.timeout = patience;
  site[customFetch] = boundedFetch;
  if (web.startsWith('http:')) allowInsecureRequests(site);
  return site;
}

async function askApi(site: Configuration, token: string, address: URL): Promise<unknown> {
  const headers = new Headers({
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  });
  const response = await fetchProtectedResource(site, token, address, 'GET', null, headers);
  if (!response.ok)
    throw new ProviderFailure(
      response.status >= 500 ? 'away' : 'refused',
      `${address.pathname} answered with status ${response.status}`,
    );
  try {
    return await response.json();
  } catch {
    throw new ProviderFailure('refused', `${address.pathname} answered no JSON`);
  }
}

function identityOf(account: unknown, addresses: unknown) {
  const { id, login } = (account ?? {}) as { readonly id?: unknown; readonly login?: unknown };
  const [handle] = textsOf(login);
  if (!Number.isSafeInteger(id) || handle === undefined)
    throw new ProviderFailure('refused', '/user answered no account');
  return {
    issuer: ISSUER,
    subject: String(id),
    email: primaryAddress(addresses),
    label: handle,
    names: [handle],
  };
}

/** The address that mails of GitHub go to, if it has made sure of it. */
function primaryAddress(addresses: unknown): string | null {
  if (!Array.isArray(addresses)) throw new ProviderFailure('refused', '/user/emails answered no list');
  const all = addresses as readonly { readonly email?: unknown; primary?: unknown; verified?: unknown }[];
  const found = all.find((each) => each?.primary === true && each.verified === true);
  return textsOf(found?.email)[0] ?? null;
}
