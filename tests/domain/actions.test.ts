import { expect, test } from 'vitest';
import { ACTION_KINDS, ACTIONS, withRule } from '../../src/domain/actions.ts';
import { DEFAULT_REASONS, readReasons } from '../../src/domain/canned-reasons.ts';
import { DEFAULT_RULES } from '../../src/domain/house-texts.ts';

test('what undoes an action is about the same kind of thing', () => {
  for (const kind of ACTION_KINDS) {
    const { undoneBy, subject } = ACTIONS[kind];
    if (undoneBy !== null) expect([kind, ACTIONS[undoneBy].subject]).toEqual([kind, subject]);
  }
  expect(ACTIONS.hide.undoneBy).toBe('restore');
  expect(ACTIONS.suspend.undoneBy).toBe('lift');
  expect(ACTIONS['blank-revision'].undoneBy).toBeNull();
});

test('every restriction stands in the log; keeping, approving, proposing and noting are none', () => {
  expect(ACTION_KINDS.filter((kind) => !ACTIONS[kind].inLog)).toEqual([
    'keep',
    'approve',
    'propose-ban',
    'decline-ban',
    'note',
  ]);
});

test('labels tell the kinds apart', () => {
  expect(new Set(ACTION_KINDS.map((kind) => ACTIONS[kind].label)).size).toBe(ACTION_KINDS.length);
});

test('canned reasons name rules that the default house rules have, and every rule has one', () => {
  const rules = [...DEFAULT_RULES.matchAll(/^# (\d+)\. /gm)].map((match) => Number(match[1]));
  expect(rules).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect([...new Set(readReasons(DEFAULT_REASONS).map(({ rule }) => rule))].sort()).toEqual(rules);
});

test('a reason names its rule, when there is one', () => {
  expect(withRule('Spam or promotion', 4)).toBe('Spam or promotion (rule 4)');
  expect(withRule('As asked by the author', null)).toBe('As asked by the author');
});
