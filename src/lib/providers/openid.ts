// Sites that speak OpenID Connect: found by their issuer's address, when the first person asks for them.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { boundedFetch } from './bounded-fetch.ts';
import { orFailure } from './or-failure.ts';
import type { OpenidSettings, Provider } from './index.ts';
import { textsOf } from './texts.ts';

export function openidProvider(settings: OpenidSettings, patience: number): Provider {
  const { key, name, logsInAnew } = settings;
  const configuration = lazily(() => discover(settings, patience));
  return {
    key,
    name,
    leave: (callback, { anew }) =>
      orFailure(async () => {
        const departure = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
        const href = buildAuthorizationUrl(await configuration(), {
          redirect_uri: callback,
          scope: 'openid email profile',
          state: departure.state,
          nonce: departure.nonce,
          code_challenge: await calculatePKCECodeChallenge(departure.verifier),
          code_challenge_method: 'S256',
          ...(anew && (logsInAnew ? { prompt: 'login', max_age: '0' } : { prompt: 'select_account' })),
        });
        return { ...departure, href: href.href };
      }),
    arrive: (returned, { state, nonce, verifier }, secondsAway) =>
      orFailure(async () => {
        const site = await configuration();
        const tokens = await authorizationCodeGrant(site, returned, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          ...(secondsAway !== undefined && logsInAnew && { maxAge: secondsAway }),
        });
        const claims = tokens.claims() ?? noClaims();
        // What the token does not say about the person, the site is asked for (OpenID Connect Core, 5.4).
        const asks = claims.email === undefined && site.serverMetadata().userinfo_endpoint !== undefined;
        const about = asks ? await fetchUserInfo(site, tokens.access_token, claims.sub) : claims;
        const [email] = textsOf(about.email);
        const names = textsOf(about.preferred_username, about.nickname, about.name);
        return {
          issuer: claims.iss,
          subject: claims.sub,
          // Nothing but `true` is: some sites send the word "true" for whatever somebody typed there.
          email: about.email_verified === true ? (email ?? null) : null,
          label: email ?? names[0] ?? claims.sub,
          names,
        };
      }),
  };
}

function discover({ issuer, clientId, clientSecret }: OpenidSettings, patience: number) {
  const server = new URL(issuer);
  return discovery(server, clientId, undefined, authentication(clientSecret), {
    timeout: patience,
    [customFetch]: boundedFetch,
    execute: [
      // Tokens come over TLS from the site itself; their signatures are checked all the same.
      enableNonRepudiationChecks,
      ...(server.protocol === 'http:' ? [allowInsecureRequests] : []),
    ],
  });
}

/** By whichever way of showing the secret the site takes; one that names none takes the header. */
function authentication(secret: string): ClientAuth {
  const [post, basic] = [ClientSecretPost(secret), ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') === true;
    (inBody ? post : basic)(server, ...rest);
  };
}

/** What was found is kept; a failure is not, so that the next who asks tries again. */
function lazily(find: () => Promise<Configuration>): () => Promise<Configuration> {
  let found: Promise<Configuration> | undefined;
  return () => {
    found ??= find().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

function noClaims(): never {
  throw new Error('the library took an answer without an ID token');
}
