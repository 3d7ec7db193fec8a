// Server-side request forgery: whatever somebody types or answers, nothing private is asked.
import { describe, expect, onTestFinished, test } from 'vitest';
import { isPublic } from '../../src/lib/safe-fetch/addresses.ts';
import { judgedConnector } from '../../src/lib/safe-fetch/connecting.ts';
import { openFetch, resolver, serve, serveRaw } from './loopback.ts';

const HTML = { accept: 'text/html' };
const PRIVATE = {
  ok: false,
  fault: 'private',
  reason: 'The address is not on the public internet.',
};

describe('addresses of numbers', () => {
  test.each([
    ...[
      '8.8.8.8',
      '93.184.216.34',
      '1.1.1.1',
      '172.15.255.255',
      '172.32.0.0',
      '100.63.255.255',
      '100.128.0.0',
    ],
    ...['192.167.255.255', '169.253.255.255', '223.255.255.255'],
    ...['2606:4700::1111', '2001:4860:4860::8888', '2a00:1450:4001:80b::200e'],
    ...['::ffff:8.8.8.8', '64:ff9b::8.8.8.8'],
  ])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  test.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254'],
    ...[
      '169.254.169.254',
      '168.63.129.16',
      '::ffff:168.63.129.16',
      '169.254.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.1',
      '192.0.0.170',
      '192.0.2.1',
    ],
    ...['192.88.99.1', '192.168.0.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1'],
    ...['224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::127.0.0.1',
      '::7f00:1',
      '::808:808',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::ffff:10.0.0.1',
    ],
    ...[
      '::ffff:169.254.169.254',
      '::ffff:0:127.0.0.1',
      '::ffff:0:8.8.8.8',
      '64:ff9b::127.0.0.1',
      '64:ff9b::a00:1',
    ],
    ...[
      '64:ff9b::169.254.169.254',
      '64:ff9b:1::127.0.0.1',
      '64:ff9b:1::8.8.8.8',
      '2002:7f00:1::',
      '2002:808:808::',
    ],
    ...[
      '2001::1',
      '2001:0:808:808::',
      '2001:2::1',
      '2001:10::1',
      '2001:db8::1',
      '3fff::1',
      '100::1',
      '4000::1',
    ],
    ...['5f00::1', 'fc00::1', 'fd00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1'],
    ...['ff02::1', 'ff0e::1', '', 'localhost', '300.1.1.1', 'example.com'],
  ])('%j is not', (address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('every spelling of a private address', () => {
  test.each([
    ...[
      '127.0.0.1',
      '127.1',
      '127.0.1',
      '0177.0.0.1',
      '0x7f.0.0.1',
      '0x7f000001',
      '2130706433',
      '017700000001',
    ],
    ...[
      '127.0.0.1.',
      '１２７.0.0.1',
      '127。0。0。1',
      '%31%32%37.0.0.1',
      '0',
      '0.0.0.0',
      '0x0',
      '10.1',
      '0xa000001',
    ],
    ...[
      '100.64.0.1',
      '169.254.169.254',
      '2852039166',
      '0xa9fea9fe',
      '0251.0376.0251.0376',
      '172.16.1',
      '192.168.257',
    ],
    ...['192.0.0.170', '198.18.0.1', '224.0.0.1', '255.255.255.255', '4294967295'],
    ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::127.0.0.1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
    ...['[0:0:0:0:0:ffff:127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'],
    ...[
      '[2001:0:7f00:1::]',
      '[fd00::1]',
      '[fd00:ec2::254]',
      '[fe80::1]',
      '[fec0::1]',
      '[ff02::1]',
      '[100::1]',
    ],
  ])('http://%s/ is refused', async (host) => {
    const safeFetch = openFetch();
    expect(await safeFetch(`http://${host}/`, HTML)).toEqual(PRIVATE);
    expect(await safeFetch(`https://${host}:443/`, HTML)).toEqual(PRIVATE);
  });

  test.each([
    '[fe80::1%25eth0]',
    '[fe80::1%eth0]',
    '127.0.0.1:80@example.com',
    'a b',
    '256.1.1.1',
    '',
    '[::1',
    'x:99999',
  ])('http://%s/ is no address', async (host) => {
    expect(await openFetch()(`http://${host}/`, HTML)).toMatchObject({ ok: false, fault: 'address' });
  });

  test.each(['localhost', 'LOCALHOST.', 'ip6-localhost', 'app.localhost'])(
    'http://%s/, which the system knows as its own, is not asked',
    async (name) => {
      const answer = await openFetch()(`http://${name}/`, HTML);
      // Not every system knows them all.
      expect(['private', 'name']).toContain(answer.ok ? 'read' : answer.fault);
      expect(await openFetch()('http://localhost/', HTML)).toEqual(PRIVATE);
    },
  );

  test.each([
    ['an IPv4 address', ['127.0.0.1']],
    ['metadata of clouds', ['169.254.169.254']],
    ['an IPv6 address', ['::1', 'fd00::1']],
    ['an address in a zone', ['fe80::1%lo']],
    ['a mapped address', ['::ffff:127.0.0.1']],
    ['an address behind NAT64', ['64:ff9b::7f00:1']],
    ['nothing', []],
  ])('a name that resolves to %s is refused', async (_what, addresses) => {
    const safeFetch = openFetch({ lookup: resolver(addresses) });
    expect(await safeFetch('http://rebinding.example/', HTML)).toEqual(PRIVATE);
    expect(await safeFetch('https://rebinding.example/', HTML)).toEqual(PRIVATE);
  });

  test('a name without an address is said to have none', async () => {
    const lookup = (_name: string, _options: object, callback: (error: NodeJS.ErrnoException) => void) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    const safeFetch = openFetch({ lookup: lookup as never });
    expect(await safeFetch('http://nowhere.example/', HTML)).toMatchObject({ ok: false, fault: 'name' });
  });
});

describe('a private server', () => {
  test.each(['', 'http', 'https'])('sees nobody when an allowed one redirects to it (%s)', async (scheme) => {
    const inside = await serveRaw();
    onTestFinished(() => inside.close());
    const target =
      scheme === '' ? `//127.0.0.1:${inside.port}/` : `${scheme}://[::ffff:127.0.0.1]:${inside.port}/`;
    const outside = await serve((_request, response) => response.writeHead(302, { location: target }).end());
    onTestFinished(() => outside.close());
    const safeFetch = openFetch({ allowed: new Set([outside.place]) });
    // The port alone is reason enough.
    expect(await safeFetch(outside.origin, HTML)).toMatchObject({ ok: false, fault: 'address' });
    expect(inside.connections()).toBe(0);
  });

  test.each([
    'http://127.0.0.1/',
    'https://2130706433/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data',
  ])('on a usual port is not redirected to: %s', async (location) => {
    const outside = await serve((_request, response) => response.writeHead(301, { location }).end());
    onTestFinished(() => outside.close());
    const safeFetch = openFetch({ allowed: new Set([outside.place]) });
    expect(await safeFetch(outside.origin, HTML)).toEqual(PRIVATE);
  });

  test('is not reached by a name that answers differently each time', async () => {
    // What was judged is what is used: nobody is asked between the two.
    const lookup = resolver(['127.0.0.1'], ['93.184.216.34']);
    expect(await openFetch({ lookup })('http://changing.example/', HTML)).toEqual(PRIVATE);
    expect(lookup.asked()).toBe(1);
  });

  test('is not reached by a name that was public a moment ago', async () => {
    const changing = await serve((_request, response) =>
      response.writeHead(302, { location: 'http://changing.example/' }).end(),
    );
    onTestFinished(() => changing.close());
    const lookup = resolver(['127.0.0.1']);
    const allowed = new Set([`changing.example:${changing.port}`]);
    const safeFetch = openFetch({ lookup, allowed });
    expect(await safeFetch(`http://changing.example:${changing.port}/`, HTML)).toEqual(PRIVATE);
    expect([lookup.asked(), changing.connections()]).toEqual([2, 1]);
  });

  test.each(['http:', 'https:'])('that was connected to all the same gets no byte (%s)', async (protocol) => {
    const inside = await serveRaw();
    onTestFinished(() => inside.close());
    // Literal addresses are not looked up: only the connected socket tells.
    const connect = judgedConnector({
      lookup: resolver(['93.184.216.34']),
      allowed: false,
      signal: new AbortController().signal,
    });
    const options = { hostname: '127.0.0.1', host: inside.place, protocol, port: String(inside.port) };
    const outcome = await new Promise((resolve) => {
      connect(options, (error, socket) => resolve(error ?? socket));
    });
    expect(outcome).toMatchObject({ fault: 'private' });
    await inside.close();
    expect([inside.connections(), inside.bytes()]).toEqual([1, 0]);
  });
});

describe('ports', () => {
  test.each([
    'http://example.com:22/',
    'http://example.com:8080/',
    'https://example.com:8443/',
    'http://example.com:25/',
  ])('%s is refused', async (address) => {
    expect(await openFetch({ lookup: resolver(['93.184.216.34']) })(address, HTML)).toEqual({
      ok: false,
      fault: 'address',
      reason: 'The address names an unusual port.',
    });
  });
});
