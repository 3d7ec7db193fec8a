// The part of the environment that names other sites to log in by: GitHub, Google, and OpenID providers in blocks of four.
import type { ProviderSettings } from './lib/providers/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const GITHUB = { key: 'github', name: 'GitHub', web: 'https://github.com', api: 'https://api.github.com' };
const GOOGLE = { key: 'google', name: 'Google', issuer: 'https://accounts.google.com' };

const BLOCK = /^OPENID_([A-Za-z0-9]{1,20})_(ISSUER|CLIENT_ID|CLIENT_SECRET|NAME)$/;
const PARTS = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'NAME'] as const;
/** It stands on buttons. */
const LONGEST_NAME = 40;

/** Reads which sites are offered, in this order. No value is repeated in a fault: a secret may stand in the wrong place. */
export function readProviders(env: Environment, faults: string[]): readonly ProviderSettings[] {
  const get = (name: string) => env[name]?.trim() ?? '';
  const providers: ProviderSettings[] = [];
  const github = readPair('GITHUB', get, faults);
  if (github) providers.push({ protocol: 'github', ...GITHUB, ...github });
  const google = readPair('GOOGLE', get, faults);
  // Google neither asks people to log in anew nor says when they did, but to apps that it has looked at.
  if (google) providers.push({ protocol: 'openid', ...GOOGLE, ...google, logsInAnew: false });
  for (const block of blocksOf(env, faults)) {
    const provider = readBlock(block, get, faults);
    if (provider) providers.push(provider);
  }
  refuseClashes(providers, faults);
  return providers;
}

type Get = (name: string) => string;

function readPair(
  prefix: string,
  get: Get,
  faults: string[],
): { readonly clientId: string; readonly clientSecret: string } | undefined {
  const [clientId, clientSecret] = [get(`${prefix}_CLIENT_ID`), get(`${prefix}_CLIENT_SECRET`)];
  if (clientId !== '' && clientSecret !== '') return { clientId, clientSecret };
  if (clientId !== clientSecret)
    faults.push(`${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET go together: set both, or neither.`);
  return undefined;
}

/** The keys of all blocks as they are written, in the order of the alphabet. */
function blocksOf(env: Environment, faults: string[]): string[] {
  const keys = new Set<string>();
  for (const name of Object.keys(env).filter((each) => each.startsWith('OPENID_') && env[each]?.trim())) {
    const [, key] = BLOCK.exec(name) ?? [];
    if (key !== undefined) keys.add(key);
    else
      faults.push(
        `${name} is no variable of this forum: give OPENID_KEY_${PARTS.join(', OPENID_KEY_')}, where KEY is up to 20 letters and digits.`,
      );
  }
  return [...keys].toSorted();
}

function readBlock(block: string, get: Get, faults: string[]): ProviderSettings | undefined {
  const prefix = `OPENID_${block}`;
  const missing = PARTS.map((part) => `${prefix}_${part}`).filter((name) => get(name) === '');
  if (missing.length > 0) faults.push(`${prefix} is half a block: set ${missing.join(' and ')}, too.`);
  const key = block.toLowerCase();
  const isReserved = key === GITHUB.key || key === GOOGLE.key;
  if (isReserved) faults.push(`${prefix}: the key "${key}" is taken. Choose another for this block.`);
  const [issuer, name] = [get(`${prefix}_ISSUER`), get(`${prefix}_NAME`)];
  const isSound = isIssuer(issuer);
  if (issuer !== '' && !isSound)
    faults.push(
      `${prefix}_ISSUER must be the https address that the provider names as its issuer, without a query.`,
    );
  if (name.length > LONGEST_NAME)
    faults.push(`${prefix}_NAME has more than ${LONGEST_NAME} characters: it stands on a button.`);
  if (missing.length > 0 || isReserved || !isSound) return undefined;
  return {
    protocol: 'openid',
    key,
    name,
    issuer,
    clientId: get(`${prefix}_CLIENT_ID`),
    clientSecret: get(`${prefix}_CLIENT_SECRET`),
    logsInAnew: true,
  };
}

/** Plain http only where nobody is in between: on this machine. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.search || url.hash || url.username || url.password) return false;
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}

/** Keys stand in addresses, in small letters; and whoever is known by an issuer is known by it alone. */
function refuseClashes(providers: readonly ProviderSettings[], faults: string[]): void {
  const issuerOf = (provider: ProviderSettings) =>
    new URL(provider.protocol === 'openid' ? provider.issuer : provider.web).href;
  providers.forEach((provider, at) => {
    const earlier = providers.slice(0, at);
    const prefix = `OPENID_${provider.key.toUpperCase()}`;
    if (earlier.some(({ key }) => key === provider.key))
      faults.push(`${prefix}: the key "${provider.key}" is taken. Choose another for this block.`);
    else if (earlier.some((other) => issuerOf(other) === issuerOf(provider)))
      faults.push(`${prefix}_ISSUER is another provider's, too: one of them is enough.`);
  });
}
