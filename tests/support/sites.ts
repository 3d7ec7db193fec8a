// Other people's websites, on loopback: tests give them names of the public web, and nothing else is ever reached.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { createSafeFetch, type SafeFetch } from '../../src/lib/safe-fetch/index.ts';

/** HTML, or whatever else a server answers. */
export type SitePage =
  | string
  | {
      readonly status?: number;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
    };

export interface Site {
  /** http://news.example:PORT */
  readonly origin: string;
  /** By path; tests change them as publishers do. What is not there answers 404, /robots.txt too. */
  readonly pages: Map<string, SitePage>;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** The User-Agent of the last request. */
  askedBy(): string | undefined;
  /** The name is not there any more, as if it had not been paid for. */
  vanish(): void;
}

export interface Sites {
  readonly safeFetch: SafeFetch;
  serve(host: string, pages: Readonly<Record<string, SitePage>>): Promise<Site>;
  /** Ends all of them. */
  close(): Promise<void>;
}

/** A fetch that reaches these sites, and no other place. */
export function openSites(userAgent: string): Sites {
  const allowed = new Set<string>();
  const names = new Set<string>();
  const servers: Server[] = [];
  const lookup: LookupFunction = (hostname, _options, callback) => {
    if (names.has(hostname)) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), []);
  };
  return {
    safeFetch: createSafeFetch({ userAgent, allowed, lookup }),
    async serve(host, given) {
      const pages = new Map(Object.entries(given));
      const asked: string[] = [];
      let askedBy: string | undefined;
      const server = createServer(({ url = '/', headers }, response) => {
        asked.push(url);
        askedBy = headers['user-agent'];
        const page = pages.get(url) ?? { status: 404, body: 'not here' };
        const {
          status = 200,
          type = 'text/html; charset=utf-8',
          headers: more,
          body,
        } = typeof page === 'string' ? { body: page } : page;
        response.writeHead(status, { 'content-type': type, ...more }).end(body);
      });
      servers.push(server.listen(0, '127.0.0.1'));
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      names.add(host);
      allowed.add(`${host}:${port}`);
      return {
        origin: `http://${host}:${port}`,
        pages,
        asked,
        askedBy: () => askedBy,
        vanish: () => void names.delete(host),
      };
    },
    async close() {
      names.clear();
      allowed.clear();
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      }
    },
  };
}
