import { describe, expect, test } from 'vitest';
import { publicDataOf } from '../../src/domain/events.ts';
import type { ActionId, PostId, RevisionId } from '../../src/domain/ids.ts';

const actionId = 7 as ActionId;
const revisionId = 3 as RevisionId;

describe('what of an event is public', () => {
  test.each([
    [
      'a reply',
      publicDataOf('reply-posted', { parentId: null, branchId: 5 as PostId, purpose: null }),
      { parentId: null, branchId: 5, purpose: null },
    ],
    ['an edit', publicDataOf('post-edited', { revisionId, silent: false }), { revisionId }],
    ['a silent edit', publicDataOf('post-edited', { revisionId, silent: true }), null],
    ['a hold', publicDataOf('post-held', { cause: 'first-links' }), null],
    ['an approval', publicDataOf('post-approved', { actionId }), null],
    [
      'a hide, with the log entry that gives the reason',
      publicDataOf('post-hidden', { actionId }),
      { actionId },
    ],
    [
      'a blanked revision, but not which',
      publicDataOf('revision-blanked', { actionId, revisionId }),
      { actionId },
    ],
    ['changed settings', publicDataOf('settings-changed', { actionId, names: ['contact'] }), null],
  ])('%s', (_, shown, expected) => {
    expect(shown).toEqual(expected);
  });
});
