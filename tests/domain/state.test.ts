import { expect, test } from 'vitest';
import { stateOf } from '../../src/domain/state.ts';
import { NOW } from './support.ts';

test.each([
  [{ hidden: false, heldAt: null, withdrawnAt: null }, 'visible'],
  [{ hidden: false, heldAt: null, withdrawnAt: NOW }, 'withdrawn'],
  [{ hidden: false, heldAt: NOW, withdrawnAt: null }, 'held'],
  [{ hidden: false, heldAt: NOW, withdrawnAt: NOW }, 'held'],
  [{ hidden: true, heldAt: null, withdrawnAt: null }, 'hidden'],
  [{ hidden: true, heldAt: null, withdrawnAt: NOW }, 'hidden'],
  [{ hidden: true, heldAt: NOW, withdrawnAt: null }, 'hidden'],
  [{ hidden: true, heldAt: NOW, withdrawnAt: NOW }, 'hidden'],
])('%j is %s', (facts, expected) => {
  expect(stateOf(facts)).toBe(expected);
});
