// What the library throws, as the failure it stands for.
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { ProviderFailure } from './failure.ts';

/** Answers of the site itself that say: try later (RFC 6749, 4.1.2.1). */
const LATER = new Set(['server_error', 'temporarily_unavailable']);

/** @throws ProviderFailure when `ask` fails, whatever the reason */
export async function orFailure<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof AuthorizationResponseError) {
    const kind = error.error === 'access_denied' ? 'cancelled' : LATER.has(error.error) ? 'away' : 'refused';
    return new ProviderFailure(kind, `it sent them back with ${named(error.error)}`);
  }
  if (error instanceof ResponseBodyError)
    return new ProviderFailure(error.status >= 500 ? 'away' : 'refused', `it answered ${named(error.error)}`);
  if (!(error instanceof Error)) return new ProviderFailure('refused', 'unknown');
  if (error.cause instanceof ProviderFailure) return error.cause;
  if (error.cause instanceof Response) {
    const { status } = error.cause;
    return new ProviderFailure(status >= 500 ? 'away' : 'refused', `it answered with status ${status}`);
  }
  if (error instanceof ClientError) {
    // Its sentences are constants of the library; what it found stands in the cause, which is not repeated.
    const kind = error.code === 'OAUTH_TIMEOUT' ? 'away' : 'refused';
    return new ProviderFailure(kind, `${error.message} (${error.code ?? 'no code'})`);
  }
  const { code } = (error.cause ?? {}) as { readonly code?: unknown };
  return new ProviderFailure('away', `it could not be reached: ${named(code)}`);
}

/** A word of somebody else's choice, if it is one. */
function named(word: unknown): string {
  return typeof word === 'string' && /^[\w.-]{1,40}$/.test(word) ? word : 'an error without a name';
}
