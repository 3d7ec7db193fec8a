// Headers every response carries (DESIGN section 10): nothing inline runs, nothing foreign loads, no framing.
import fp from 'fastify-plugin';

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "manifest-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers for a site of that address; over https browsers are told to stay there. */
export function safetyHeaders(siteUrl: string): Record<string, string> {
  return {
    'content-security-policy': CSP,
    // no-referrer would make forms send `Origin: null`, which the Origin rule refuses.
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    ...(siteUrl.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
}

export const securityHeaders = fp(
  async (app) => {
    const headers = safetyHeaders(app.config.siteUrl);
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(headers);
    });
  },
  { name: 'security-headers' },
);
