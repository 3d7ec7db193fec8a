// Servers on loopback that note who came: how many connected, and what they sent.
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type LookupFunction, type Server, type Socket } from 'node:net';
import { createSafeFetch, type SafeFetch, type SafeFetchOptions } from '../../src/lib/safe-fetch/index.ts';

export interface Loopback {
  readonly port: number;
  /** 127.0.0.1:PORT, as safe-fetch is told that it may go there. */
  readonly place: string;
  readonly origin: string;
  connections(): number;
  /** Bytes that were sent to it. */
  bytes(): number;
  /** Header and path of each request that was read, oldest first. */
  readonly requests: readonly { readonly path: string; readonly headers: NodeJS.Dict<string | string[]> }[];
  close(): Promise<void>;
}

/** An HTTP server, the pages of which `answer` writes. */
export function serve(answer: RequestListener): Promise<Loopback> {
  const requests: Loopback['requests'][number][] = [];
  const server = createHttpServer((request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  return watch(server, requests);
}

/** The same over TLS, by CERTIFICATE. */
export function serveTls(answer: RequestListener): Promise<Loopback> {
  return watch(createHttpsServer({ key: KEY, cert: CERTIFICATE }, answer), []);
}

/** A server that speaks whatever `talk` says; by default it takes connections and is silent. */
export function serveRaw(talk: (socket: Socket) => void = () => undefined): Promise<Loopback> {
  return watch(createServer(talk), []);
}

async function watch(server: Server | HttpServer, requests: Loopback['requests']): Promise<Loopback> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const place = `127.0.0.1:${port}`;
  return {
    port,
    place,
    origin: `http://${place}`,
    connections: () => sockets.length,
    bytes: () => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Resolves names to the addresses given for each question, the last of them from then on. */
export function resolver(...answers: readonly (readonly string[])[]): LookupFunction & { asked(): number } {
  let asked = 0;
  const lookup: LookupFunction = (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return Object.assign(lookup, { asked: () => asked });
}

/** A fetch for one test; closed by whoever opened it. */
export function openFetch(options: Partial<SafeFetchOptions> = {}): SafeFetch {
  return createSafeFetch({ userAgent: 'Tokenwire/0.1 (+https://forum.example/about)', ...options });
}

/** Of news.example; nobody has it but these tests. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSyTn96yjwF6w6Yzq
EfkNWH/mFyKIrsfy/5J5DTy1F7uhRANCAASg030Ybkvsx5fXrmQ2xQ2sjcHxzGCD
hEg40jnOZNlguNBY0pi/ga3yAhgknANd3iLp4MFKM+wWZcb09sVcR+pL
-----END PRIVATE KEY-----`;

export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBazCCARCgAwIBAgIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxuZXdzLmV4
YW1wbGUwIBcNMjAwMTAxMDAwMDAwWhgPMjA5OTEyMzEwMDAwMDBaMBcxFTATBgNV
BAMMDG5ld3MuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKDTfRhu
S+zHl9euZDbFDayNwfHMYIOESDjSOc5k2WC40FjSmL+BrfICGCScA13eIungwUoz
7BZlxvT2xVxH6kujSzBJMA8GA1UdEwEB/wQFMAMBAf8wFwYDVR0RBBAwDoIMbmV3
cy5leGFtcGxlMB0GA1UdDgQWBBT9XYcHqXN3txyBgByUVBLiiUi8+zAKBggqhkjO
PQQDAgNJADBGAiEA+gJnvz+4gRFIehC4KfiqrK8F462ad005Ycq6VThMlzICIQDP
zFauJrB9wxy5WLmmzGR19fP0aOLf5EfBvJBWXpP8hw==
-----END CERTIFICATE-----`;
