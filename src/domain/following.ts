// What a member wants to hear of something. Of a topic: every reply, answers to the member, or nothing. Of a tag, section,
// site, member or word: new topics, or nothing (then what has it is left out of the member's lists as well).
import type { Fault } from './check.ts';
import { countCharacters } from './check.ts';
import type { MemberId, SectionId, TagId, TopicId } from './ids.ts';
import { FOLLOWING } from './limits.ts';

export const FOLLOW_LEVELS = ['all', 'replies', 'nothing'] as const;
export type FollowLevel = (typeof FOLLOW_LEVELS)[number];

/** What can be followed and muted. A site is known by its canonical host, a word as readWord has it. */
export type FollowSubject =
  | { readonly kind: 'topic'; readonly id: TopicId }
  | { readonly kind: 'tag'; readonly id: TagId }
  | { readonly kind: 'section'; readonly id: SectionId }
  | { readonly kind: 'site'; readonly host: string }
  | { readonly kind: 'member'; readonly id: MemberId }
  | { readonly kind: 'word'; readonly word: string };
export type FollowKind = FollowSubject['kind'];

/** Beyond it a text is no word whatever stands in it: the form may hold anything, and folding it all would take its time. */
const MOST_READ = 10 * FOLLOWING.word.max;

/** The form in which a word or phrase is kept: case and widths of letters do not tell words apart. */
export function readWord(typed: string): string {
  return typed.slice(0, MOST_READ).normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Checks what readWord has read. */
export function checkWord(word: string): Fault {
  const { min, max } = FOLLOWING.word;
  if (word === '') return 'Type a word, or a few that stand together.';
  const length = countCharacters(word);
  if (length < min || length > max) return `A word or phrase has ${min} to ${max} characters.`;
  if (!/[\p{L}\p{N}]/u.test(word)) return 'A word has a letter or a digit.';
  return undefined;
}
