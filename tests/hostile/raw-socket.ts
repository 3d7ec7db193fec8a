// One request as bytes over a TCP connection of its own, and the answer taken apart: what no HTTP client would send can
// be sent, and nothing of the answer is smoothed over.
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

export interface Answer {
  readonly status: number;
  /** In the order of their coming, repeated ones repeated, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly header: (name: string) => string | undefined;
  /** Unchunked and decompressed. */
  readonly body: string;
  /** From the first byte sent to the last one received. */
  readonly ms: number;
}

export interface SendOptions {
  /** Ends our side when all is sent, as one does who goes away in the middle of a body. */
  readonly hangUp?: boolean;
  /** What the answer takes at most: a limit against hanging. */
  readonly limitMs?: number;
}

const HANGS_AFTER_MS = 120_000;

/**
 * Sends bytes and reads until the server closes: the request should say `Connection: close`.
 * @throws when the server does not close within the limit.
 */
export function exchange(port: number, request: string | Buffer, options: SendOptions = {}): Promise<Buffer> {
  const { hangUp = false, limitMs = HANGS_AFTER_MS } = options;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const limit = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end of the answer after ${limitMs} ms; so far: ${String(Buffer.concat(chunks))}`));
    }, limitMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that refuses early closes while we are still sending: what it said counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(limit);
      resolve(Buffer.concat(chunks));
    });
    if (hangUp) socket.end(request);
    else socket.write(request);
  });
}

/** Sends one request and takes its answer apart; undefined when the server closed without one. */
export async function ask(
  port: number,
  request: string | Buffer,
  options: SendOptions = {},
): Promise<Answer | undefined> {
  const begin = performance.now();
  const bytes = await exchange(port, request, options);
  const ms = performance.now() - begin;
  return answersIn(bytes, /^HEAD /i.test(request.toString('latin1').slice(0, 5)), ms)[0];
}

/** The answers that stand one behind the other in what was received, interim ones (1xx) left out. */
export function answersIn(bytes: Buffer, toHead = false, ms = 0): Answer[] {
  const answers: Answer[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) throw new Error(`this is no answer: ${rest.subarray(0, 200).toString('latin1')}`);
    const [statusLine = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
    const header = (name: string) => headers.find(([each]) => each === name)?.[1];
    const without = toHead || status < 200 || status === 204 || status === 304;
    const { body, length } = without
      ? { body: Buffer.alloc(0), length: 0 }
      : readBody(rest.subarray(end + 4), header);
    // What cannot be read as a request is answered with a body, even when it was to be a HEAD.
    rest = toHead && status >= 200 ? Buffer.alloc(0) : rest.subarray(end + 4 + length);
    if (status >= 200) answers.push({ status, headers, header, body: decoded(body, header), ms });
  }
  return answers;
}

type Header = Answer['header'];

function readBody(bytes: Buffer, header: Header): { readonly body: Buffer; readonly length: number } {
  if (header('transfer-encoding') === 'chunked') return unchunked(bytes);
  const length = Number(header('content-length') ?? bytes.length);
  return { body: bytes.subarray(0, length), length };
}

function unchunked(bytes: Buffer): { readonly body: Buffer; readonly length: number } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (lineEnd < 0 || Number.isNaN(size)) throw new Error('the answer breaks off in the middle of a chunk');
    at = lineEnd + 2 + size + 2;
    if (size === 0) return { body: Buffer.concat(chunks), length: at };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
  }
}

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
  zstd: zstdDecompressSync,
};

function decoded(body: Buffer, header: Header): string {
  const decode = DECODERS[header('content-encoding') ?? ''];
  return (decode && body.length > 0 ? decode(body) : body).toString('utf8');
}

/** A request as text: `Connection: close` and the length of the body are added unless `headers` say otherwise. */
export function written(
  method: string,
  path: string,
  headers: readonly (readonly [name: string, value: string])[] = [],
  body: string | Buffer = '',
): Buffer {
  const bytes = Buffer.from(body);
  const has = (name: string) => headers.some(([each]) => each.toLowerCase() === name);
  const framed = has('content-length') || has('transfer-encoding');
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(has('host') ? [] : ['Host: 127.0.0.1']),
    ...(has('connection') ? [] : ['Connection: close']),
    ...(framed || (bytes.length === 0 && method === 'GET') ? [] : [`Content-Length: ${bytes.length}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** Where an application listens. */
export function portOf(app: { readonly server: { address(): unknown } }): number {
  const address = app.server.address() as { readonly port: number } | null;
  if (address === null) throw new Error('the application does not listen');
  return address.port;
}
