import { expect, test } from 'vitest';
import type { MemberId } from '../../../src/domain/ids.ts';
import { mayAddLinks } from '../../../src/domain/policy/edits.ts';
import type { Member } from '../../../src/domain/viewer.ts';

const newcomer: Member = {
  kind: 'member',
  id: 1 as MemberId,
  name: 'newcomer',
  role: 'member',
  joinedAt: new Date('2026-04-01T00:00:00Z'),
  confirmedAt: new Date('2026-04-01T00:00:00Z'),
  silencedUntil: null,
  suspendedUntil: null,
  leavingAt: null,
  trust: 'new',
};
const facts = { hasLink: true, earlierPostsWithLink: 0, limitsInForce: true };

test.for([
  ['a new member', newcomer, facts, false],
  ['a new member who adds no link', newcomer, { ...facts, hasLink: false }, true],
  ['a new member with one such post', newcomer, { ...facts, earlierPostsWithLink: 1 }, false],
  ['a new member with two such posts', newcomer, { ...facts, earlierPostsWithLink: 2 }, true],
  ['a new member of a small forum', newcomer, { ...facts, limitsInForce: false }, true],
  ['a member', { ...newcomer, trust: 'member' as const }, facts, true],
  ['a new moderator', { ...newcomer, role: 'moderator' as const }, facts, true],
] as const)('%s', ([, member, given, allowed]) => {
  expect(mayAddLinks(member, given).allowed).toBe(allowed);
});
