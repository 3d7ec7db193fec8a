// The tags that a forum about this industry begins with. Sentences of our own; those above others go first.
import { companies } from './companies.ts';
import { models } from './models.ts';
import { people } from './people.ts';
import type { SeedTag } from './seed-tag.ts';
import { subjects } from './subjects.ts';

export type { SeedTag } from './seed-tag.ts';
export const SEED_TAGS: readonly SeedTag[] = [...companies, ...models, ...people, ...subjects];
