// Tags as members type them: a list with commas, each known by its slug.
import type { Fault } from './check.ts';
import { countCharacters } from './check.ts';
import { LENGTHS } from './limits.ts';
import { cleanTitle } from './post-text.ts';
import { slugWords } from './slug.ts';

export const TAG_KINDS = ['company', 'model', 'person', 'subject'] as const;
export type TagKind = (typeof TAG_KINDS)[number];

/** As pages call one, and many, of a kind. */
export const TAG_KIND_NAMES: Readonly<Record<TagKind, { readonly one: string; readonly many: string }>> = {
  company: { one: 'Company', many: 'Companies' },
  model: { one: 'Model', many: 'Models' },
  person: { one: 'Person', many: 'People' },
  subject: { one: 'Subject', many: 'Subjects' },
};

/** A sentence or two, as they stand above a list. */
export const LONGEST_TAG_DESCRIPTION = 300;

/** "GPT-4o" is written in a dozen ways, and no name in more than that. */
const MOST_ALIASES = 20;

/** Longer than "reinforcement learning from human feedback", the longest subject anyone tagged. */
const LONGEST_TAG = 50;

/** Many times what a topic can have: how often somebody may have typed the same one, or nothing, between commas. */
const MOST_READ = 200;

export interface TypedTag {
  readonly slug: string;
  /** As typed: the name of a tag that is new. */
  readonly name: string;
}

/**
 * Reads "power, supply chain" (a leading # is understood): each tag once, in the order typed. The form may hold
 * anything, so there is a bound on how many are looked at, and on how much of one too long to be a tag.
 */
export function readTags(typed: string): TypedTag[] {
  const tags = new Map<string, TypedTag>();
  for (const part of typed.split(/[,;\n]/, MOST_READ)) {
    const name = cleanTitle(part).replace(/^#+ ?/, '');
    const slug = slugWords(isTooLong(name) ? name.slice(0, LONGEST_TAG) : name).join('-');
    if (slug !== '' && !tags.has(slug)) tags.set(slug, { slug, name });
  }
  return [...tags.values()];
}

/** Checks what readTags has read. */
export function checkTags(tags: readonly TypedTag[]): Fault {
  const { tagsPerTopic } = LENGTHS;
  if (tags.length > tagsPerTopic)
    return `A topic has up to ${tagsPerTopic} tags; these are ${tags.length}. Tags are separated by commas.`;
  const long = tags.find(({ name, slug }) => isTooLong(name) || slug.length > LONGEST_TAG);
  return long && `A tag has up to ${LONGEST_TAG} characters. Tags are separated by commas.`;
}

/** The slug of a tag's name or of an alias: "GPT-4o" → "gpt-4o". '' when there is no letter or digit in it. */
export function tagSlug(name: string): string {
  // A form may hold anything: what is far too long for a tag is not folded to its end.
  return slugWords(name.slice(0, 10 * LONGEST_TAG)).join('-');
}

/** Checks the aliases of a tag, as readTags has read them. */
export function checkAliases(aliases: readonly TypedTag[]): Fault {
  if (aliases.length > MOST_ALIASES)
    return `A tag has up to ${MOST_ALIASES} other names; these are ${aliases.length}.`;
  const long = aliases.find(({ name, slug }) => isTooLong(name) || slug.length > LONGEST_TAG);
  return long && `A name has up to ${LONGEST_TAG} characters. Names are separated by commas.`;
}

/** Checks what a tag is to be called. */
export function checkTagName(name: string): Fault {
  if (tagSlug(name) === '') return 'A name has letters or digits.';
  return isTooLong(name) ? `A name has up to ${LONGEST_TAG} characters.` : undefined;
}

function isTooLong(name: string): boolean {
  return countCharacters(name) > LONGEST_TAG;
}
