import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkName, nameKey, skeletonOf } from '../../src/domain/member-name.ts';

describe('checkName', () => {
  const length = 'A name has 2 to 25 characters.';
  const characters = 'A name is made of the letters A to Z, digits, hyphens and underscores.';
  const beginning = 'A name begins with a letter or a digit.';
  const reserved = 'This name is reserved. Choose another.';

  test.each([
    ['kevin_h', undefined],
    ['diana_f', undefined],
    ['Mei-C', undefined],
    ['4o', undefined],
    ['a'.repeat(25), undefined],
    ['administrative', undefined],
    ['', length],
    ['a', length],
    ['a'.repeat(26), length],
    ['kévin', characters],
    ['kevin h', characters],
    ['kevin.h', characters],
    ['kevin\n', characters],
    ['кевин', characters],
    ['_kevin', beginning],
    ['-kevin', beginning],
    ['admin', reserved],
    ['ADMIN', reserved],
    ['Adm1n', reserved],
    ['ad-min_', reserved],
    ['m0derat0r', reserved],
    ['T0kenwire', reserved],
    ['former_member', reserved],
    ['tearn', reserved],
  ])('%j: %s', (name, expected) => {
    expect(checkName(name)).toBe(expected);
  });
});

describe('names that pass for each other', () => {
  test.each([
    ['kevin', 'KEVIN'],
    ['kevin', 'kev1n'],
    ['Ivan', 'lvan'],
    ['bob', 'b0b'],
    ['morgan', 'rnorgan'],
    ['wolf', 'vvolf'],
    ['kevin_h', 'kevin-h'],
    ['kevin_h', 'kevin__h'],
    ['kevin', 'kevin_'],
    ['sam', '5am'],
  ])('%s and %s', (one, other) => {
    expect(skeletonOf(one)).toBe(skeletonOf(other));
  });

  test.each([
    ['kevin_h', 'kevinh'],
    ['anna', 'hanna'],
    ['kevin1', 'kevin2'],
  ])('%s and %s do not', (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other));
  });

  test('names that differ only in case have one key', () => {
    expect(nameKey('Kevin_H')).toBe('kevin_h');
  });

  test('whatever the name: equal keys have equal skeletons, and a skeleton is never empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{1,24}$/), (name) => {
        expect(skeletonOf(name.toUpperCase())).toBe(skeletonOf(name));
        expect(skeletonOf(name)).not.toBe('');
      }),
    );
  });
});
