import { expect, test } from 'vitest';
import { isFromThisSite, type OriginFacts } from '../../../src/web/plugins/origin-rule.ts';

const own = 'https://forum.example';

test.each<[Partial<OriginFacts>, boolean]>([
  [{ method: 'GET' }, true],
  [{ method: 'HEAD', secFetchSite: 'cross-site' }, true],
  [{ method: 'GET', origin: 'https://evil.example' }, true],
  [{ secFetchSite: 'same-origin' }, true],
  [{ secFetchSite: 'none' }, true],
  [{ secFetchSite: 'same-site' }, false],
  [{ secFetchSite: 'cross-site' }, false],
  // The browser's word goes before the header that an old one would be judged by.
  [{ secFetchSite: 'cross-site', origin: own }, false],
  [{ secFetchSite: 'same-origin', origin: 'null' }, true],
  [{ secFetchSite: 'same-origin,cross-site' }, false],
  [{ secFetchSite: '' }, false],
  [{ origin: own }, true],
  [{ origin: 'null' }, false],
  [{ origin: 'https://forum.example.evil.example' }, false],
  [{ origin: 'http://forum.example' }, false],
  [{ origin: 'https://forum.example:8443' }, false],
  [{}, false],
  [{ method: 'DELETE' }, false],
  [{ method: 'PUT', origin: own }, true],
])('%o → %s', (facts, expected) => {
  expect(isFromThisSite({ method: 'POST', secFetchSite: undefined, origin: undefined, own, ...facts })).toBe(
    expected,
  );
});
