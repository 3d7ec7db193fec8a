// The codes that authenticator apps show (RFC 6238), made the one way that all of these apps know.
import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;
const FORM = { algorithm: 'SHA1', digits: 6, period: STEP_SECONDS } as const;
/** A clock that is half a minute off, or a code typed as it ends; RFC 6238 (5.2) advises against more. */
const STEPS_ASIDE = 1;
/** What RFC 4226 (section 4, R6) recommends. */
const KEY_BYTES = 20;

/** A new random key, in base32 as people type it into an app. */
export function newCodeKey(): string {
  return new Secret({ size: KEY_BYTES }).base32;
}

/** The address by which an app takes the key over. */
export function codeKeyAddress(
  key: string,
  { issuer, account }: { readonly issuer: string; readonly account: string },
): string {
  return new TOTP({ ...FORM, issuer, label: account, secret: key }).toString();
}

/**
 * The time step that a code belongs to; undefined when it is no code of this key at this time. The step is to be kept:
 * a code of it or of an earlier one must not be taken again.
 */
export function stepOfCode(code: string, key: string, now: Date): number | undefined {
  // The library compares bytes, and throws where six characters are more than six of these.
  if (!/^\d{6}$/.test(code)) return undefined;
  const timestamp = now.getTime();
  const { digits, algorithm, period } = FORM;
  const secret = Secret.fromBase32(key);
  const found = TOTP.validate({
    token: code,
    secret,
    digits,
    algorithm,
    period,
    timestamp,
    window: STEPS_ASIDE,
  });
  return found === null ? undefined : Math.floor(timestamp / (STEP_SECONDS * 1_000)) + found;
}
