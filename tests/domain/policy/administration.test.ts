import { describe, expect, test } from 'vitest';
import type { RoleChange } from '../../../src/domain/policy/administration.ts';
import {
  mayAddSection,
  mayAdminister,
  mayChangeRole,
  mayChangeSettings,
  mayRemoveSection,
} from '../../../src/domain/policy/administration.ts';
import type { ViewerName } from '../support.ts';
import { NOT_WRITING, NOW, OTHER, said, SELF, VIEWERS } from '../support.ts';

const onlyAdmins = 'rights: Only admins can do this.';

describe('mayAdminister and mayChangeSettings', () => {
  test.each<[ViewerName, string]>([
    ['visitor', onlyAdmins],
    ['trusted', onlyAdmins],
    ['moderator', onlyAdmins],
    ['suspendedAdmin', NOT_WRITING.suspended],
    ['admin', 'allowed'],
  ])('%s: %s', (name, expected) => {
    expect(said(mayAdminister(VIEWERS[name], NOW))).toBe(expected);
    expect(said(mayChangeSettings(VIEWERS[name], NOW))).toBe(expected);
  });
});

describe('sections', () => {
  test.each<[ViewerName, number, string]>([
    ['moderator', 0, onlyAdmins],
    ['admin', 49, 'allowed'],
    ['admin', 50, 'state: There are 50 sections already: remove one first.'],
  ])('%s adds one to %d: %s', (name, sections, expected) => {
    expect(said(mayAddSection(VIEWERS[name], sections, NOW))).toBe(expected);
  });

  test.each<[ViewerName, boolean, number, string]>([
    ['moderator', true, 7, onlyAdmins],
    ['admin', true, 2, 'allowed'],
    ['admin', true, 1, 'state: A forum needs at least one section.'],
    ['admin', false, 7, 'state: There are topics in this section: move them first.'],
  ])('%s removes one (empty: %s) of %d: %s', (name, empty, sections, expected) => {
    expect(said(mayRemoveSection(VIEWERS[name], { empty, sections }, NOW))).toBe(expected);
  });
});

describe('mayChangeRole', () => {
  const promotion: RoleChange = { memberId: OTHER, from: 'member', to: 'moderator', admins: 1 };

  test.each<[ViewerName, Partial<RoleChange>, string]>([
    ['moderator', {}, onlyAdmins],
    ['admin', {}, 'allowed'],
    ['admin', { memberId: SELF }, 'rights: Nobody changes their own role: ask another admin.'],
    ['admin', { to: 'member' }, 'state: The member has this role already.'],
    ['admin', { from: 'admin', admins: 2 }, 'allowed'],
    ['admin', { from: 'admin', admins: 1 }, 'state: A forum needs at least one admin.'],
  ])('%s with %j: %s', (name, change, expected) => {
    expect(said(mayChangeRole(VIEWERS[name], { ...promotion, ...change }, NOW))).toBe(expected);
  });
});
