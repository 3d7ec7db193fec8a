// Connections that take their time: each is cut off when the time for a request is up, and nobody has to wait for it.
// The times are those of the application made short; that the application has them is a test of its own.
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { paths } from '../../src/web/paths.ts';
import { expect, test } from '../support/forum.ts';
import { answersIn, ask, portOf, written } from './raw-socket.ts';
import { FORM_TYPE } from './socket-requests.ts';

const SHORT_MS = 1_500;
const TRICKLE_MS = 20;
const POST = `POST ${paths.signIn()} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: ${FORM_TYPE}\r\n`;

test('the application has a time for everything that a connection may do', ({ app }) => {
  const { requestTimeout, headersTimeout, timeout, keepAliveTimeout } = app.server;
  expect({ requestTimeout, headersTimeout, timeout, keepAliveTimeout }).toEqual({
    requestTimeout: 30_000,
    headersTimeout: 10_000,
    timeout: 60_000,
    keepAliveTimeout: 72_000,
  });
});

/** What is sent at once, and what comes after it bit by bit. */
const SLOW: Readonly<Record<string, readonly [begin: string, more: string]>> = {
  'nothing at all': ['', ''],
  'headers that trickle': ['GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ', 'x'],
  'a body that trickles': [`${POST}Content-Length: 100000\r\n\r\nname=`, 'x'],
  'a body that stops half-way': [`${POST}Content-Length: 100000\r\n\r\nname=`, ''],
  'chunks that trickle': [`${POST}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
  'chunks that never end': [`${POST}Transfer-Encoding: chunked\r\n\r\n5\r\nname=\r\n`, ''],
};

test('slow requests are cut off, and others are served meanwhile', async ({ forum }) => {
  const app = await forum.build();
  await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    let open = true;
    const slow = Promise.all(
      Object.entries(SLOW).map(async ([name, [begin, more]]) => {
        const answers = answersIn(await trickled(app, begin, more));
        open = false;
        return [name, answers.map(({ status }) => status)];
      }),
    );
    for (let n = 0; n < 5; n += 1)
      expect((await ask(portOf(app), written('GET', paths.front())))?.status).toBe(200);
    expect(open).toBe(true);
    // Node reads them whenever it looks which requests are late.
    app.server.headersTimeout = SHORT_MS;
    app.server.requestTimeout = SHORT_MS;
    expect(await slow).toEqual(Object.keys(SLOW).map((name) => [name, [408]]));
  } finally {
    await app.close();
  }
});

test('who asks and never takes the answer is let go', async ({ forum }) => {
  const app = await forum.build();
  app.server.setTimeout(SHORT_MS / 5);
  await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    const ended = new Promise((resolve) =>
      app.server.once('connection', (side) => side.once('close', resolve)),
    );
    const socket = connect({ port: portOf(app), host: '127.0.0.1' });
    socket.pause();
    socket.on('error', () => undefined);
    // More answers than the buffers of both sides hold.
    socket.write('GET /rules HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'.repeat(800));
    await ended;
    socket.destroy();
    app.server.setTimeout(60_000);
    expect((await ask(portOf(app), written('GET', paths.front())))?.status).toBe(200);
  } finally {
    await app.close();
  }
});

/** Sends the beginning at once and the rest in bits, for as long as the server listens; what it said in the end. */
function trickled(app: FastifyInstance, begin: string, more: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port: portOf(app), host: '127.0.0.1' });
    const tap = setInterval(() => {
      if (more !== '') socket.write(more);
    }, TRICKLE_MS);
    socket.write(begin);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(tap);
      resolve(Buffer.concat(chunks));
    });
  });
}
