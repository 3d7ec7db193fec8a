// What arrives on the port and is no request, or only half of one: it is refused or cut off, others are served
// meanwhile, and afterwards the server is as it was.
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { vi } from 'vitest';
import { paths } from '../../src/web/paths.ts';
import { expect, test } from '../support/forum.ts';
import { answersIn, ask, exchange, portOf, written } from './raw-socket.ts';
import { faultsOf } from './routes-answers.ts';
import { FORM_TYPE } from './socket-requests.ts';

const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n';
const LAST = `${HEALTH}Connection: close\r\n\r\n`;
const SIGN_IN = `POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: ${FORM_TYPE}\r\n`;

async function isServing(app: FastifyInstance): Promise<boolean> {
  return (await ask(portOf(app), LAST))?.status === 200;
}

/** What is said to bytes, in statuses; none when the connection is closed without a word. */
async function statuses(app: FastifyInstance, bytes: string | Buffer): Promise<number[]> {
  return answersIn(await exchange(portOf(app), bytes)).map(({ status }) => status);
}

const CLOSE = 'Connection: close\r\n';
const UNREADABLE: readonly (readonly [name: string, bytes: string | Buffer, expected: number])[] = [
  ['a TLS hello', Buffer.from('1603010200010001fc0303', 'hex'), 400],
  ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['an SSH greeting', 'SSH-2.0-OpenSSH_9.6\r\n', 400],
  ['NUL bytes', Buffer.alloc(1_000), 400],
  ['line ends and nothing else', '\r\n'.repeat(10) + 'x\r\n\r\n', 400],
  ['a method that is none', `G@T / HTTP/1.1\r\nHost: x\r\n${CLOSE}\r\n`, 400],
  ['a space in the address', `GET /a b HTTP/1.1\r\nHost: x\r\n${CLOSE}\r\n`, 400],
  ['a NUL in the address', `GET /a\0b HTTP/1.1\r\nHost: x\r\n${CLOSE}\r\n`, 400],
  [
    'bytes that are no ASCII in the address',
    Buffer.from(`GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n${CLOSE}\r\n`, 'latin1'),
    400,
  ],
  ['no host', `GET / HTTP/1.1\r\n${CLOSE}\r\n`, 400],
  ['a version to come', `GET / HTTP/9.9\r\nHost: x\r\n${CLOSE}\r\n`, 400],
  ['a header without a colon', `${HEALTH}nonsense\r\n${CLOSE}\r\n`, 400],
  ['a header with a space before its colon', `${HEALTH}X-A : b\r\n${CLOSE}\r\n`, 400],
  ['a NUL in a header', `${HEALTH}X-A: a\0b\r\n${CLOSE}\r\n`, 400],
  ['a bare CR in a header', `${HEALTH}X-A: a\rX-B: b\r\n${CLOSE}\r\n`, 400],
  ['a folded header', `${HEALTH}X-A: a\r\n b\r\n${CLOSE}\r\n`, 400],
  ['a header of 64 kB', `${HEALTH}X-A: ${'x'.repeat(64_000)}\r\n${CLOSE}\r\n`, 431],
  ['10,000 headers', `${HEALTH}${'a: b\r\n'.repeat(10_000)}${CLOSE}\r\n`, 431],
  ['an address of 64 kB', `GET /${'x'.repeat(64_000)} HTTP/1.1\r\n${CLOSE}\r\n`, 431],
  ['two lengths', `${SIGN_IN}Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc`, 400],
  ['a length in words', `${SIGN_IN}Content-Length: ten\r\n\r\n`, 400],
  ['a negative length', `${SIGN_IN}Content-Length: -1\r\n\r\n`, 400],
  ['a length beyond all numbers', `${SIGN_IN}Content-Length: 99999999999999999999999\r\n\r\n`, 400],
  [
    'a length and chunks',
    `${SIGN_IN}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${LAST}`,
    400,
  ],
  [
    'an encoding hidden by a tab',
    `${SIGN_IN}Content-Length: 5\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n${LAST}`,
    400,
  ],
  ['two encodings', `${SIGN_IN}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, 400],
  ['an encoding nobody knows', `${SIGN_IN}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 400],
  ['a chunk whose size is none', `${SIGN_IN}Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n`, 400],
  ['a chunk beyond all sizes', `${SIGN_IN}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nab`, 400],
  ['a chunk longer than it says', `${SIGN_IN}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n`, 400],
  [
    'a chunk with 64 kB of extensions',
    `${SIGN_IN}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(64_000)}\r\na\r\n0\r\n\r\n`,
    413,
  ],
];

test.for(UNREADABLE)('%s is refused and cut off', async ([, bytes, expected], { app }) => {
  const answers = answersIn(await exchange(portOf(app), bytes));
  expect(answers.map(({ status }) => status)).toEqual([expected]);
  for (const answer of answers) expect(faultsOf(answer, '/')).toEqual([]);
  expect(await isServing(app)).toBe(true);
});

test('a body longer than it says is not read on as a request of somebody else', async ({ app }) => {
  const smuggled = `${SIGN_IN}Content-Length: 3\r\n\r\na=bGET /admin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
  // What follows the body is a request of its own, with its own (no) cookie, as HTTP has it.
  expect(await statuses(app, smuggled)).toEqual([422, 303]);
});

test('what hangs up in the middle of a body is let go', async ({ app }) => {
  const half = `${SIGN_IN}Content-Length: 1000\r\n\r\nname=a`;
  const bytes = await exchange(portOf(app), half, { hangUp: true });
  expect(answersIn(bytes).map(({ status }) => status)).toEqual([400]);
  expect(await isServing(app)).toBe(true);
});

test('chunks without end are cut off at the greatest size of a form', async ({ app }) => {
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  const bytes = await exchange(
    portOf(app),
    `${SIGN_IN}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(200)}`,
  );
  // The server may have closed before we had read its answer.
  expect([[], [413]]).toContainEqual(answersIn(bytes).map(({ status }) => status));
  expect(await isServing(app)).toBe(true);
});

test('chunks of one byte are read as any body', async ({ app }) => {
  const body = 'name=a&password=b'.repeat(200);
  const chunks = [...body].map((byte) => `1\r\n${byte}\r\n`).join('');
  expect(
    await statuses(app, `${SIGN_IN}${CLOSE}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`),
  ).toEqual([422]);
});

test('a packed body is not unpacked, but refused, however small', async ({ app }) => {
  const send = (coding: string, body: Buffer | string) => {
    const headers = [
      ['Content-Encoding', coding],
      ['Content-Type', FORM_TYPE],
      ['Sec-Fetch-Site', 'same-origin'],
    ] as const;
    return ask(portOf(app), written('POST', paths.signIn(), headers, body));
  };
  const form = 'name=a&password=b';
  for (const body of [gzipSync(form), gzipSync(Buffer.alloc(50_000_000, 'a')), form])
    expect((await send('gzip', body))?.status).toBe(415);
  expect((await send('br, gzip', form))?.status).toBe(415);
  expect((await send('Identity', form))?.status).toBe(422);
});

test('a thousand requests on one connection are answered in their order', async ({ app }) => {
  const requests = Array.from({ length: 1_000 }, (_, n) =>
    n % 2 ? HEALTH : HEALTH.replace('/healthz', '/nothing'),
  );
  const answers = await statuses(app, `${requests.join('\r\n')}\r\n${LAST}`);
  expect(answers).toEqual([...requests.map((_, n) => (n % 2 ? 200 : 404)), 200]);
});

test('five hundred connections that say nothing keep nobody out', async ({ app }) => {
  // Other tests of the same application may keep theirs.
  const before = await openConnections(app);
  const sockets = await Promise.all(Array.from({ length: 500 }, () => opened(app)));
  expect(await isServing(app)).toBe(true);
  for (const socket of sockets) socket.destroy();
  await vi.waitFor(async () => expect(await openConnections(app)).toBeLessThanOrEqual(before), 20_000);
});

function opened(app: FastifyInstance): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: portOf(app), host: '127.0.0.1' });
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

function openConnections(app: FastifyInstance): Promise<number> {
  return new Promise((resolve, reject) => {
    app.server.getConnections((error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}
