// Places by the beginning of an address.
import { expect, test } from 'vitest';
import { addressPrefix } from '../../src/lib/address-prefix.ts';

test.for([
  ['192.0.2.77', '192.0.2.x'],
  ['192.0.2.0', '192.0.2.x'],
  ['::ffff:192.0.2.77', '192.0.2.x'],
  ['2001:db8:7:1234:5678:9abc:def0:1', '2001:db8:7::/48'],
  ['2001:DB8:7::1', '2001:db8:7::/48'],
  ['::1', '::/48'],
] as const)('%s lies in %s', ([address, prefix]) => {
  expect(addressPrefix(address)).toBe(prefix);
});
