// Fetching from servers that behave: what is sent, what comes back, where redirects may lead.
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SafeFetchOptions } from '../../src/lib/safe-fetch/index.ts';
import { CERTIFICATE, openFetch, resolver, serve, serveRaw, serveTls } from './loopback.ts';

const HTML = { accept: 'text/html' };

async function site(answer: RequestListener, options: Partial<SafeFetchOptions> = {}) {
  const server = await serve(answer);
  onTestFinished(() => server.close());
  const safeFetch = openFetch({ allowed: new Set([server.place]), ...options });
  onTestFinished(() => safeFetch.close());
  return { server, safeFetch };
}

describe('a request', () => {
  test('names the forum, asks for what is wanted, and tells nothing else', async () => {
    const { server, safeFetch } = await site((_request, response) => {
      response.setHeader('set-cookie', 'tracked=1').end('ok');
    });
    await safeFetch(`${server.origin}/first`, HTML);
    await safeFetch(`${server.origin}/a?b=c#d`, { ...HTML, headers: { 'if-none-match': '"1"' } });
    expect(server.requests[1]).toEqual({
      path: '/a?b=c',
      headers: {
        host: server.place,
        connection: 'close',
        accept: 'text/html',
        'accept-encoding': 'gzip, br, deflate',
        'if-none-match': '"1"',
        'user-agent': 'Tokenwire/0.1 (+https://forum.example/about)',
      },
    });
    expect(server.connections()).toBe(2);
  });

  test('goes where its address says, whatever proxy the environment names', async () => {
    const proxy = await serveRaw();
    onTestFinished(() => proxy.close());
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];
    for (const name of names) process.env[name] = proxy.origin;
    onTestFinished(() => names.forEach((name) => delete process.env[name]));
    const { server, safeFetch } = await site((_request, response) => response.end('ok'));
    expect(await safeFetch(server.origin, HTML)).toMatchObject({ ok: true, status: 200 });
    expect(proxy.connections()).toBe(0);
  });

  test.each([
    ['a header that cannot be sent', { accept: 'text/html', headers: { 'if-none-match': 'a\r\nb: c' } }],
    ['an accept that cannot be sent', { accept: 'text/\u0000' }],
  ])('with %s fails without an exception', async (_what, order) => {
    const { server, safeFetch } = await site((_request, response) => response.end('ok'));
    expect(await safeFetch(server.origin, order)).toMatchObject({ ok: false, fault: 'connection' });
  });
});

describe('an answer', () => {
  test.each([200, 204, 206, 300, 304, 400, 403, 404, 410, 429, 500, 503])(
    'of %i comes back with its status',
    async (status) => {
      const { server, safeFetch } = await site((_request, response) => response.writeHead(status).end());
      expect(await safeFetch(`${server.origin}/x`, HTML)).toMatchObject({
        ok: true,
        status,
        url: `${server.origin}/x`,
      });
    },
  );

  test.each([
    ['nothing', undefined, (text: string) => Buffer.from(text)],
    ['gzip', 'gzip', gzipSync],
    ['GZIP in capitals', 'GZIP', gzipSync],
    ['brotli', 'br', brotliCompressSync],
    ['deflate', 'deflate', deflateSync],
  ])('packed with %s is unpacked', async (_name, coding, pack) => {
    const { server, safeFetch } = await site((_request, response) => {
      if (coding !== undefined) response.setHeader('content-encoding', coding);
      response.setHeader('x-two', ['a', 'b']).end(pack('grün '.repeat(1_000)));
    });
    const answer = await safeFetch(server.origin, HTML);
    expect(answer).toMatchObject({ ok: true, headers: { 'x-two': 'a, b' } });
    expect(answer.ok && answer.body.toString()).toBe('grün '.repeat(1_000));
  });

  test.each([
    ['an unknown coding', 'zstd', Buffer.from('x')],
    ['codings on top of each other', 'gzip, gzip', gzipSync(gzipSync('x'))],
    ['what is not what it says', 'gzip', Buffer.from('plain')],
    ['half of it', 'gzip', gzipSync('x'.repeat(1_000)).subarray(0, 20)],
  ])('with %s is a fault', async (_name, coding, bytes) => {
    const { server, safeFetch } = await site((_request, response) =>
      response.setHeader('content-encoding', coding).end(bytes),
    );
    expect(await safeFetch(server.origin, HTML)).toMatchObject({
      ok: false,
      fault: 'connection',
      reason: 'The site’s answer could not be read.',
    });
  });
});

describe('over TLS', () => {
  const lookup = resolver(['127.0.0.1']);

  async function tlsSite(name: string) {
    const server = await serveTls((_request, response) => response.end('secret'));
    onTestFinished(() => server.close());
    const safeFetch = openFetch({ lookup, allowed: new Set([`${name}:${server.port}`]) });
    onTestFinished(() => safeFetch.close());
    return safeFetch(`https://${name}:${server.port}/`, HTML);
  }

  test('a certificate that is known and of that name is taken', async () => {
    const known = getCACertificates('default');
    setDefaultCACertificates([...known, CERTIFICATE]);
    onTestFinished(() => setDefaultCACertificates(known));
    expect(await tlsSite('news.example')).toMatchObject({ ok: true, status: 200 });
    expect(await tlsSite('other.example')).toMatchObject({ ok: false, fault: 'connection' });
  });

  test('one that nobody vouches for is not', async () => {
    expect(await tlsSite('news.example')).toEqual({
      ok: false,
      fault: 'connection',
      reason: 'The site could not show that it is the one it says it is.',
    });
  });
});

describe('redirects', () => {
  const to =
    (location: string): RequestListener =>
    (request, response) => {
      if (request.url === '/') response.writeHead(302, { location }).end('moved');
      else response.end(`page ${request.url}`);
    };

  test.each([301, 302, 303, 307, 308])('of %i are followed, also by a relative address', async (status) => {
    const { server, safeFetch } = await site((request, response) => {
      if (request.url === '/page?a=1') response.end('there');
      else response.writeHead(status, { location: '/page?a=1#part' }).end();
    });
    const answer = await safeFetch(`${server.origin}/`, HTML);
    expect(answer).toMatchObject({ ok: true, status: 200, url: `${server.origin}/page?a=1` });
    expect(answer.ok && answer.body.toString()).toBe('there');
    expect(server.requests.every(({ headers }) => headers.referer === undefined)).toBe(true);
  });

  test('are followed four times, not five', async () => {
    const { server, safeFetch } = await site((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('at last');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect(await safeFetch(`${server.origin}/4`, HTML)).toMatchObject({ ok: true, status: 200 });
    expect(await safeFetch(`${server.origin}/5`, HTML)).toMatchObject({ ok: false, fault: 'redirects' });
  });

  test('in a circle end', async () => {
    const { server, safeFetch } = await site(to('/'));
    expect(await safeFetch(server.origin, HTML)).toMatchObject({ ok: false, fault: 'redirects' });
    expect(server.requests).toHaveLength(5);
  });

  test.each([
    ['file:///etc/passwd', 'address'],
    ['data:text/html,hello', 'address'],
    ['javascript:alert(1)', 'address'],
    ['ftp://files.example/', 'address'],
    ['gopher://127.0.0.1:70/_x', 'address'],
    ['http://', 'address'],
    ['http://name:secret@example.com/', 'address'],
    ['http://example.com:22/', 'address'],
    ['http://example.com:8080/', 'address'],
  ])('to %s are not followed', async (location, fault) => {
    const { server, safeFetch } = await site(to(location));
    expect(await safeFetch(server.origin, HTML)).toMatchObject({ ok: false, fault });
    expect(server.requests).toHaveLength(1);
  });

  test('without an address are answers like others', async () => {
    const { server, safeFetch } = await site((_request, response) => response.writeHead(302).end('where?'));
    expect(await safeFetch(server.origin, HTML)).toMatchObject({ ok: true, status: 302 });
  });
});
