import { describe, expect, test } from 'vitest';
import { mayWrite } from '../../../src/domain/policy/writing.ts';
import { DAY, FOREVER, HOUR } from '../../../src/domain/times.ts';
import { aMember, ago, NOT_WRITING, NOW, said, VIEWERS } from '../support.ts';

describe('mayWrite', () => {
  test.each([
    ['visitor', NOT_WRITING.visitor],
    ['unconfirmed', NOT_WRITING.unconfirmed],
    ['silenced', NOT_WRITING.silenced],
    ['suspended', NOT_WRITING.suspended],
    ['suspendedModerator', NOT_WRITING.suspended],
    ['newcomer', 'allowed'],
    ['member', 'allowed'],
    ['moderator', 'allowed'],
    ['admin', 'allowed'],
  ] as const)('%s: %s', (name, expected) => {
    expect(said(mayWrite(VIEWERS[name], NOW))).toBe(expected);
  });

  test.each([
    ['a silence that ends this moment', { silencedUntil: NOW }, true],
    ['a silence that ends in a millisecond', { silencedUntil: ago(-1) }, false],
    ['a silence that ended', { silencedUntil: ago(DAY) }, true],
    ['a suspension that ends this moment', { suspendedUntil: NOW }, true],
    ['a suspension that ends in a millisecond', { suspendedUntil: ago(-1) }, false],
  ])('%s', (_, sanction, allowed) => {
    expect(mayWrite(aMember(sanction), NOW).allowed).toBe(allowed);
  });

  test('a suspension weighs more than a silence, and one without end is said to be for good', () => {
    const member = aMember({ silencedUntil: ago(-HOUR), suspendedUntil: FOREVER });
    expect(said(mayWrite(member, NOW))).toBe(
      'rights: Your account is suspended for good. You can still read.',
    );
  });
});
