import { describe, expect, test } from 'vitest';
import type { MemberId, SectionId, TopicId } from '../../../src/domain/ids.ts';
import { mayBlankRevision } from '../../../src/domain/policy/posts.ts';
import { maySetSection, maySetSectionBack, type SectionFacts } from '../../../src/domain/policy/topics.ts';
import type { ViewerName } from '../support.ts';
import { NOW, said, VIEWERS } from '../support.ts';

const [funding, regions] = [1 as SectionId, 2 as SectionId];

describe('mayBlankRevision', () => {
  const other = (VIEWERS.moderator.id + 1) as MemberId;
  test.each<[ViewerName, MemberId | null, Date | null, RegExp | string]>([
    ['visitor', other, null, /^rights: /],
    ['trusted', other, null, /^rights: /],
    ['moderator', other, null, 'allowed'],
    ['moderator', null, null, 'allowed'],
    ['moderator', VIEWERS.moderator.id, null, /^rights: This is your own text/],
    ['moderator', other, NOW, /^state: .*blanked already/],
  ])('%s, of %s, blanked %s: %s', (name, authorId, blankedAt, expected) => {
    expect(said(mayBlankRevision(VIEWERS[name], { authorId, blankedAt }, NOW))).toMatch(expected);
  });
});

describe('maySetSection', () => {
  const topic: SectionFacts = { state: 'visible', mergedIntoId: null, sectionId: funding };
  test.each<[ViewerName, Partial<SectionFacts>, SectionId | undefined, RegExp | string]>([
    ['member', {}, regions, /^rights: /],
    ['moderator', {}, undefined, 'allowed'],
    ['moderator', {}, regions, 'allowed'],
    ['moderator', { state: 'hidden' }, regions, 'allowed'],
    ['moderator', { state: 'held' }, regions, /^state: .*awaits approval/],
    ['moderator', { mergedIntoId: 1 as TopicId }, regions, /^state: .*merged/],
    ['moderator', {}, funding, /^state: .*in this section already/],
  ])('%s, %j to %s: %s', (name, change, wanted, expected) => {
    expect(said(maySetSection(VIEWERS[name], { ...topic, ...change }, NOW, wanted))).toMatch(expected);
  });

  test.each<[ViewerName, SectionId, RegExp | string]>([
    ['member', regions, /^rights: /],
    ['moderator', regions, 'allowed'],
    ['moderator', funding, /^state: .*yet another section/],
  ])('back: %s, in %s now: %s', (name, sectionId, expected) => {
    expect(said(maySetSectionBack(VIEWERS[name], { sectionId, given: regions }, NOW))).toMatch(expected);
  });
});
