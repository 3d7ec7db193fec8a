import { describe, expect, test } from 'vitest';
import { mayInvite, mayUseInvitation } from '../../../src/domain/policy/invitations.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { ago, NOT_WRITING, NOW, said, VIEWERS } from '../support.ts';

const FREE = { mode: 'open', open: 0, madeToday: 0 } as const;

describe('inviting', () => {
  test.each<[Exclude<keyof typeof VIEWERS, 'visitor'>, string]>([
    ['unconfirmed', NOT_WRITING.unconfirmed],
    ['newcomer', 'rights: New members cannot invite others yet. Your page says what is missing.'],
    ['member', 'allowed'],
    ['trusted', 'allowed'],
    ['silenced', NOT_WRITING.silenced],
    ['suspended', 'rights: Your account is suspended until 3 April 2026, 13:00 UTC. You can still read.'],
    ['moderator', 'allowed'],
    ['admin', 'allowed'],
  ])('%s: %s', (name, expected) => {
    expect(said(mayInvite(VIEWERS[name], FREE, NOW))).toBe(expected);
  });

  test.each<[keyof typeof VIEWERS, Partial<Parameters<typeof mayInvite>[1]>, string]>([
    [
      'admin',
      { mode: 'closed' },
      'rights: This forum takes no new members at present, invited ones neither.',
    ],
    ['member', { mode: 'invitation' }, 'allowed'],
    ['member', { open: 4 }, 'allowed'],
    [
      'member',
      { open: 5 },
      'state: 5 of your invitations are still open. Take one back, or wait until one is used.',
    ],
    ['trusted', { open: 14 }, 'allowed'],
    [
      'trusted',
      { open: 15 },
      'state: 15 of your invitations are still open. Take one back, or wait until one is used.',
    ],
    ['moderator', { open: 99 }, 'allowed'],
    ['member', { madeToday: 19 }, 'allowed'],
    ['moderator', { madeToday: 20 }, 'pace: 20 invitations a day is all there is. Go on tomorrow.'],
  ])('%s with %j: %s', (name, facts, expected) => {
    expect(said(mayInvite(VIEWERS[name] as Member, { ...FREE, ...facts }, NOW))).toBe(expected);
  });
});

describe('an invitation', () => {
  test.each([
    ['that is open', {}, 'allowed'],
    ['used', { used: true }, 'state: This invitation has been used.'],
    ['that runs out now', { expiresAt: NOW }, 'state: This invitation has run out.'],
    [
      'of somebody barred',
      { inviterBarredUntil: ago(-1) },
      'state: This invitation cannot be used at present.',
    ],
    ['of somebody barred until now', { inviterBarredUntil: NOW }, 'allowed'],
  ])('%s: %s', (_, facts, expected) => {
    const invitation = { expiresAt: ago(-1), used: false, inviterBarredUntil: null, ...facts };
    expect(said(mayUseInvitation(invitation, NOW))).toBe(expected);
  });
});
