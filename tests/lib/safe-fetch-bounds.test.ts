// Servers that mean harm: endless, slow, packed small and enormous, lying about their size, silent.
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SafeFetchOptions } from '../../src/lib/safe-fetch/index.ts';
import { type Loopback, openFetch, resolver, serve, serveRaw } from './loopback.ts';

const HTML = { accept: 'text/html' };
const TIMEOUT = { ok: false, fault: 'timeout', reason: 'The site took too long to answer.' };
const TOO_LARGE = { ok: false, fault: 'too-large', reason: 'The page is too large.' };

function fetchOf(server: Loopback, options: Partial<SafeFetchOptions> = {}) {
  onTestFinished(() => server.close());
  const safeFetch = openFetch({ allowed: new Set([server.place]), ...options });
  onTestFinished(() => safeFetch.close());
  return safeFetch;
}

/** A site whose answer is `answer`; it is given up after a moment, so that tests do not take five seconds. */
async function ask(answer: RequestListener, patience = 300) {
  const server = await serve(answer);
  return fetchOf(server, { patience })(server.origin, HTML);
}

async function askRaw(
  talk: (socket: Socket) => void,
  options: Partial<SafeFetchOptions> = { patience: 300 },
) {
  const server = await serveRaw(talk);
  return fetchOf(server, options)(server.origin, HTML);
}

/** Writes for as long as somebody reads. @returns how much was written */
function pour(socket: NodeJS.WritableStream, chunk: Buffer | string): () => number {
  let poured = 0;
  const more = () => {
    do poured += chunk.length;
    while (socket.write(chunk));
  };
  socket.on('drain', more);
  more();
  return () => poured;
}

describe('size', () => {
  test('a body without an end is cut off', async () => {
    let poured = () => 0;
    const answer = await ask((_request, response) => {
      poured = pour(response, Buffer.alloc(65_536));
    }, 30_000);
    expect(answer).toEqual(TOO_LARGE);
    // What lies in buffers between the two is a few megabytes at most.
    expect(poured()).toBeLessThan(20_000_000);
  });

  test('exactly as much as was asked for is taken, a byte more is not', async () => {
    const server = await serve((request, response) =>
      response.end(Buffer.alloc(Number(request.url?.slice(1)))),
    );
    const safeFetch = fetchOf(server);
    expect(await safeFetch(`${server.origin}/1000`, { ...HTML, most: 1_000 })).toMatchObject({ ok: true });
    expect(await safeFetch(`${server.origin}/1001`, { ...HTML, most: 1_000 })).toEqual(TOO_LARGE);
    expect(await safeFetch(`${server.origin}/2000000`, HTML)).toMatchObject({ ok: true });
    expect(await safeFetch(`${server.origin}/2000001`, HTML)).toEqual(TOO_LARGE);
  });

  test('what says that it is too large is not read', async () => {
    const answer = await ask((_request, response) => {
      response.writeHead(200, { 'content-length': '9000000000' });
      response.write('a beginning');
    }, 30_000);
    expect(answer).toEqual(TOO_LARGE);
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(200_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(200_000_000))],
  ])('a bomb packed with %s is stopped while it is unpacked', async (coding, bomb) => {
    expect(bomb.length).toBeLessThan(200_000);
    const before = process.memoryUsage().arrayBuffers;
    const answer = await ask((_request, response) => {
      response.setHeader('content-encoding', coding).end(bomb);
    }, 30_000);
    expect(answer).toEqual(TOO_LARGE);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });

  test('a bomb that never ends is stopped, too', async () => {
    const beginning = gzipSync(Buffer.alloc(10_000_000)).subarray(0, -8);
    const answer = await ask((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(beginning);
    }, 30_000);
    expect(answer).toEqual(TOO_LARGE);
  });

  test('headers without an end are cut off', async () => {
    const answer = await askRaw(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        pour(socket, `x-padding: ${'a'.repeat(4_000)}\r\n`);
      },
      { patience: 30_000 },
    );
    expect(answer).toMatchObject({ ok: false, fault: 'too-large' });
  });

  test('trailers without an end are cut off', async () => {
    const answer = await askRaw(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n');
        pour(socket, `x-padding: ${'a'.repeat(4_000)}\r\n`);
      },
      { patience: 30_000 },
    );
    expect(answer).toMatchObject({ ok: false });
  });

  test('interim answers without an end do not go on for ever', async () => {
    const answer = await askRaw((socket) => {
      pour(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n');
    });
    expect(answer).toMatchObject({ ok: false });
  });
});

describe('time', () => {
  test('a server that says nothing is given up', async () => {
    expect(await askRaw(() => undefined)).toEqual(TIMEOUT);
  });

  test('headers that come by drops are given up', async () => {
    const answer = await askRaw((socket) => {
      const dripping = setInterval(() => socket.write('x'), 20);
      socket.once('close', () => clearInterval(dripping));
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
    });
    expect(answer).toEqual(TIMEOUT);
  });

  test.each(['', 'gzip'])('a body that comes by drops is given up (%s)', async (coding) => {
    const answer = await ask((_request, response) => {
      const dripping = setInterval(() => response.write(coding === '' ? 'x' : gzipSync('x')), 20);
      response.once('close', () => clearInterval(dripping));
      response.setHeader('content-encoding', coding).writeHead(200);
    });
    expect(answer).toEqual(TIMEOUT);
  });

  test('redirects have no more time together than one page', async () => {
    const answer = await ask((request, response) => {
      setTimeout(() => response.writeHead(302, { location: `${request.url}x` }).end(), 100);
    });
    expect(answer).toEqual(TIMEOUT);
  });

  test('TLS that is never answered is given up, and its connection ended', async () => {
    let greeted = 0;
    let ended: Promise<unknown> = Promise.resolve();
    const server = await serveRaw((socket) => {
      socket.on('data', (chunk: Buffer) => (greeted += chunk.length));
      ended = once(socket, 'close');
    });
    const allowed = new Set([`slow.example:${server.port}`]);
    const safeFetch = fetchOf(server, { patience: 300, allowed, lookup: resolver(['127.0.0.1']) });
    expect(await safeFetch(`https://slow.example:${server.port}/`, HTML)).toEqual(TIMEOUT);
    expect(greeted).toBeGreaterThan(0);
    expect(await ended).toEqual([false]);
  });

  test('a name that is never resolved is given up', async () => {
    const safeFetch = openFetch({ patience: 300, lookup: () => undefined });
    expect(await safeFetch('http://silent.example/', HTML)).toEqual(TIMEOUT);
  });
});

describe('lies', () => {
  test.each([
    ['a length that is too long', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\nabc'],
    ['chunks that are none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['nothing', ''],
    ['headers that break off', 'HTTP/1.1 200 OK\r\ncontent-ty'],
  ])('%s is a fault', async (_what, text) => {
    expect(await askRaw((socket) => socket.end(text))).toMatchObject({ ok: false, fault: 'connection' });
  });

  test('a length that is too short takes what it says', async () => {
    const answer = await askRaw((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcdef'));
    expect(answer.ok ? answer.body.toString() : answer.fault).toMatch(/^(?:abc|connection)$/);
  });

  test('nobody there is a fault', async () => {
    const server = await serveRaw();
    const safeFetch = fetchOf(server);
    await server.close();
    expect(await safeFetch(server.origin, HTML)).toEqual({
      ok: false,
      fault: 'connection',
      reason: 'The site could not be reached.',
    });
  });
});

test('closing ends what is under way', async () => {
  let arrived: () => void = () => undefined;
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const server = await serveRaw(() => arrived());
  const safeFetch = fetchOf(server);
  const fetching = safeFetch(server.origin, HTML);
  await arrival;
  await safeFetch.close();
  expect(await fetching).toEqual({ ok: false, fault: 'connection', reason: 'The forum is stopping.' });
});
