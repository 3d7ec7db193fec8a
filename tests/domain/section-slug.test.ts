import { expect, test } from 'vitest';
import { sectionSlugOf } from '../../src/domain/sections.ts';

test.each([
  ['Models & research', 'models-research'],
  ['History', 'history'],
  ['Feed', 'feed'],
  ['Löhne', 'lohne'],
  ['&&&', 'section'],
])('%s → %s', (name, slug) => {
  expect(sectionSlugOf(name)).toBe(slug);
});
