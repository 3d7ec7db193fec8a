// The sections a new forum begins with, and what admins may make of them at run time.
import type { Fault } from './check.ts';
import { countCharacters } from './check.ts';
import { LENGTHS } from './limits.ts';
import { hasWords } from './post-text.ts';
import { slugWords } from './slug.ts';

export interface SectionDefault {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
}

/** A section's address. Unlike a topic's it stands under /s/ alone, so no word is taken; it is made once, and stays. */
export function sectionSlugOf(name: string): string {
  const slug = slugWords(name).join('-');
  return slug === '' ? 'section' : slug;
}

export const DEFAULT_SECTIONS: readonly SectionDefault[] = [
  {
    slug: 'funding',
    name: 'Funding',
    description: 'Rounds, valuations, earnings, acquisitions, and who pays.',
  },
  {
    slug: 'infrastructure',
    name: 'Infrastructure',
    description: 'Chips, data centres, power, and the clouds that rent them out.',
  },
  {
    slug: 'models-research',
    name: 'Models & research',
    description: 'Releases, papers, benchmarks, and whether they hold up.',
  },
  {
    slug: 'tooling-enterprise',
    name: 'Tooling & enterprise',
    description: 'What is built with models, what it costs to run, and what breaks.',
  },
  {
    slug: 'policy-security',
    name: 'Policy & security',
    description: 'Laws, courts, regulators, attacks, and defences.',
  },
  { slug: 'regions', name: 'Regions', description: 'News that belongs to one country or part of the world.' },
  {
    slug: 'work-skills',
    name: 'Work & skills',
    description: 'Hiring, layoffs, training, and how work changes.',
  },
];

/** Checks a section's name that cleanTitle has been over. */
export function checkSectionName(name: string): Fault {
  const max = LENGTHS.sectionName;
  const length = countCharacters(name);
  if (length > max) return `The name is too long by ${length - max}: it may have ${max} characters.`;
  // Without one, its address would have nothing to be made of.
  return hasWords(name) ? undefined : 'A name needs letters or digits.';
}

/** Checks the line under a section's name. */
export function checkSectionDescription(description: string): Fault {
  const max = LENGTHS.sectionDescription;
  const length = countCharacters(description);
  return length > max ? `The line is too long by ${length - max}: it may have ${max} characters.` : undefined;
}
