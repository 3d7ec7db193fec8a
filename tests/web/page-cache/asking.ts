// Asking for pages over a real connection, and whether the answer was a kept one.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { vi } from 'vitest';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** As it was sent. */
  readonly body: Buffer;
}

/** GETs a page as a browser without an account, unless `headers` say otherwise. */
export function ask(
  app: FastifyInstance,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const options = { port, path, method, headers: { 'accept-encoding': 'br', ...headers } };
    http
      .request({ host: '127.0.0.1', ...options }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      })
      .on('error', reject)
      .end();
  });
}

/** Only what is made says in development how long that took. */
export function isKept({ headers }: Answer): boolean {
  return headers['server-timing'] === undefined;
}

/** Asks until the page is a kept one: others may just have changed something, or the machine be slow to hear of it. */
export function untilKept(...asked: Parameters<typeof ask>): Promise<Answer> {
  return vi.waitFor(
    async () => {
      const answer = await ask(...asked);
      if (!isKept(answer)) throw new Error(`${asked[1]} is made anew each time`);
      return answer;
    },
    { timeout: 20_000, interval: 20 },
  );
}
