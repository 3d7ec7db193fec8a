import { describe, expect, test } from 'vitest';
import { maySignIn, maySignUp } from '../../../src/domain/policy/members.ts';
import { said, VIEWERS } from '../support.ts';

describe('accounts', () => {
  test.each([
    ['visitor', 'open', 'allowed'],
    ['visitor', 'closed', 'rights: This forum takes no new members at present.'],
    ['member', 'open', 'state: You have an account and are logged in.'],
  ] as const)('%s signs up while that is %s: %s', (name, mode, expected) => {
    expect(said(maySignUp(VIEWERS[name], mode))).toBe(expected);
  });

  test('logging in is for those who are not', () => {
    expect(said(maySignIn(VIEWERS.visitor))).toBe('allowed');
    expect(said(maySignIn(VIEWERS.suspended))).toBe('state: You are logged in already.');
  });
});
