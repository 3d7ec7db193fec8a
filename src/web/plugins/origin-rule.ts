// Against requests forged by other sites: browsers say where a request comes from, so pages need no token and stay
// cacheable. SameSite=Lax stands behind it.
import fp from 'fastify-plugin';
import { Problem } from '../problem.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the request carries a token of ours that is its right, whoever sends it: no session is asked then. */
    isTokenRequest?: (request: FastifyRequest) => boolean;
  }
}

export interface OriginFacts {
  readonly method: string;
  readonly secFetchSite: string | undefined;
  readonly origin: string | undefined;
  /** The origin this site is reached at. */
  readonly own: string;
}

/** Sec-Fetch-Site, when sent, decides; else Origin must be ours; neither, or "null", is refused (DESIGN section 10). */
export function isFromThisSite({ method, secFetchSite, origin, own }: OriginFacts): boolean {
  if (SAFE_METHODS.has(method)) return true;
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin' || secFetchSite === 'none';
  return origin === own;
}

export const originRule = fp(
  async (app) => {
    const { production, siteUrl } = app.config;
    app.addHook('onRequest', async (request) => {
      const facts = {
        method: request.method,
        secFetchSite: single(request.headers['sec-fetch-site']),
        origin: single(request.headers.origin),
        // In development the forum is reached as localhost, 127.0.0.1 or through a forwarded port.
        own: production ? siteUrl : `${request.protocol}://${request.host}`,
      };
      if (request.routeOptions.config.isTokenRequest?.(request)) return;
      if (!isFromThisSite(facts)) {
        throw new Problem(
          'denied',
          'This form was sent from another site, so it was not carried out. Open the page here and send it again.',
        );
      }
    });
  },
  { name: 'origin-rule' },
);

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}
