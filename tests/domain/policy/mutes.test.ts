import { expect, test } from 'vitest';
import { MOST_MUTES } from '../../../src/domain/limits.ts';
import { mayMute } from '../../../src/domain/policy/mutes.ts';
import type { ViewerName } from '../support.ts';
import { said, VIEWERS } from '../support.ts';

const most = `state: You have muted ${MOST_MUTES} sites, which is the most. Unmute one first.`;

test.each<[ViewerName, number, string]>([
  ['visitor', 0, 'rights: Log in to mute a site.'],
  ['unconfirmed', 0, 'allowed'],
  ['suspended', 0, 'allowed'],
  ['member', MOST_MUTES - 1, 'allowed'],
  ['member', MOST_MUTES, most],
])('%s with %i muted: %s', (name, muted, expected) => {
  expect(said(mayMute(VIEWERS[name], muted))).toBe(expected);
});
