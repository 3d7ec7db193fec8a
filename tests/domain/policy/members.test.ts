import { describe, expect, test } from 'vitest';
import { maySignIn, maySignUp } from '../../../src/domain/policy/members.ts';
import { said, VIEWERS } from '../support.ts';

describe('accounts', () => {
  test.each([
    ['visitor', 'open', false, 'allowed'],
    ['visitor', 'open', true, 'allowed'],
    ['visitor', 'invitation', true, 'allowed'],
    [
      'visitor',
      'invitation',
      false,
      'rights: New members come here by invitation. Ask somebody who is a member for one.',
    ],
    ['visitor', 'closed', false, 'rights: This forum takes no new members at present.'],
    ['visitor', 'closed', true, 'rights: This forum takes no new members at present.'],
    ['member', 'open', true, 'state: You have an account and are logged in.'],
  ] as const)('%s signs up while that is %s, invited %s: %s', (name, mode, invited, expected) => {
    expect(said(maySignUp(VIEWERS[name], mode, invited))).toBe(expected);
  });

  test('logging in is for those who are not', () => {
    expect(said(maySignIn(VIEWERS.visitor))).toBe('allowed');
    expect(said(maySignIn(VIEWERS.suspended))).toBe('state: You are logged in already.');
  });
});
