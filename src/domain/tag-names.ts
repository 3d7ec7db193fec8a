// Which tags a title names. Names are compared as slugs, so that "GPT-5", "gpt 5" and "GPT-5's" are one. What is found is
// only suggested: it may miss a name, but one that it gives should be right.
import { IMPORT_LENGTHS } from './limits.ts';
import type { TagKind } from './tags.ts';
import { slugWords } from './slug.ts';

/** "Retrieval-augmented generation for long documents" is five words; no name is longer. */
const LONGEST_NAME = 5;
/** Longer titles are not read to their end: they come from imports, or from somebody whose form will be refused. */
const MOST_WORDS = 60;
/** In UTF-16 units, the longest title there is: to fold a megabyte of combining marks would take minutes. */
const MOST_READ = 2 * IMPORT_LENGTHS.title;
/** A name without its version: "Qwen" in "Qwen3.6". Shorter ones ("o" in "o3") are nobody's name. */
const SHORTEST_STEM = 3;

export interface NamedTag {
  readonly slug: string;
  readonly kind: TagKind;
  /** Its name is an everyday word too. */
  readonly ordinary: boolean;
  /** Every slug by which it is known. */
  readonly names: readonly string[];
  /** The highest tag above it, or its own id. */
  readonly familyId: number;
  /** Every slug by which it and those above it are known. */
  readonly familyNames: readonly string[];
}

interface Word {
  /** Without a possessive ending. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly possessive: boolean;
}

/** A run of words that may be a name. */
interface Place {
  readonly first: number;
  readonly last: number;
  /** What is left of a word without the version that is glued to it: only models are called so. */
  readonly stem: boolean;
  /** Without the s at its end: "GPUs" are called by GPU, but nobody's "Apples" by Apple. */
  readonly singular: boolean;
}

interface Found<Tag extends NamedTag> extends Place {
  readonly tag: Tag;
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:\.\p{N}+)*(?:['’]\p{L}+)*/gu;
/** Between the words of one name: "Hugging Face", "GPT-5", "Character.AI", "AT&T", "Weights & Biases". */
const JOINT = /^(?: |-|‑|\.|\/|&| & )$/u;
/** Before the first word of a sentence. */
const OPENING = /(?:^|[.!?:;–—|•·([{"“‘«»]|\s['-])\s*$/u;

/** The slugs under which a title's words may be known as a tag: what is asked of the database. */
export function namesIn(title: string): string[] {
  return [...placesOf(title, wordsOf(title)).keys()];
}

/**
 * Of these tags, those that the title names, in its order. The longest name goes first, and no word counts twice. A name
 * that is an everyday word ("Meta", "Apple") has to be written with a capital and needs one thing more, since by itself
 * it is that word more often than not:
 * - it stands inside a sentence that is written as sentences are, where only names have capitals;
 * - something else of its family is named ("Meta" beside "Llama");
 * - the article is on its site, or on that of its maker;
 * - it is a model's, and a version follows ("Gemini 3").
 * @param hosts where the article stands
 */
export function tagsNamed<Tag extends NamedTag>(
  title: string,
  tags: readonly Tag[],
  hosts: readonly string[] = [],
): Tag[] {
  const words = wordsOf(title);
  const found = findAll(title, words, tags);
  const owners = new Set(hosts.flatMap(ownersOf));
  const said = found.filter((one) => {
    // Of two words and more, as "Together AI", only one is everyday.
    if (!one.tag.ordinary || one.last > one.first) return true;
    if (!isCapitalised(words, one)) return false;
    return (
      isInsideSentence(title, words, one, found) ||
      found.some((other) => isRelative(words, one, other)) ||
      one.tag.familyNames.some((name) => owners.has(name)) ||
      (one.tag.kind === 'model' && hasVersion(title, words, one))
    );
  });
  const taken: Found<Tag>[] = [];
  for (const one of said.toSorted(byLength)) if (!taken.some((other) => overlap(one, other))) taken.push(one);
  return [...new Set(taken.toSorted((a, b) => a.first - b.first).map(({ tag }) => tag))];
}

/** Longer names first; of one word its whole goes before what is left without a version. */
function byLength(a: Place, b: Place): number {
  return b.last - b.first - (a.last - a.first) || Number(a.stem) - Number(b.stem) || a.first - b.first;
}

function wordsOf(title: string): Word[] {
  const words: Word[] = [];
  for (const { 0: written, index: from } of title.slice(0, MOST_READ).matchAll(WORD)) {
    const text = written.replace(/['’]s$/iu, '');
    words.push({ text, from, to: from + written.length, possessive: text !== written });
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

/** Every slug that a run of words may stand for, and where. */
function placesOf(title: string, words: readonly Word[]): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  const add = (text: string, place: Place) => {
    const slug = slugWords(text).join('-');
    if (slug !== '') places.set(slug, [...(places.get(slug) ?? []), place]);
  };
  for (const [first] of words.entries()) {
    let text = '';
    for (let last = first; last < Math.min(words.length, first + LONGEST_NAME); last += 1) {
      const word = words[last]!;
      const before = last === first ? undefined : words[last - 1]!;
      if (before && (before.possessive || !JOINT.test(title.slice(before.to, word.from)))) break;
      text += ` ${word.text}`;
      add(text, { first, last, stem: false, singular: false });
      if (/[^s]s$/iu.test(word.text)) add(text.slice(0, -1), { first, last, stem: false, singular: true });
    }
    const stem = /^(\p{L}+)\p{N}+(?:\.\p{N}+)*$/u.exec(words[first]!.text)?.[1] ?? '';
    if (stem.length >= SHORTEST_STEM) add(stem, { first, last: first, stem: true, singular: false });
  }
  return places;
}

function findAll<Tag extends NamedTag>(
  title: string,
  words: readonly Word[],
  tags: readonly Tag[],
): Found<Tag>[] {
  const places = placesOf(title, words);
  const found = tags.flatMap((tag) =>
    tag.names.flatMap((name) =>
      (places.get(name) ?? [])
        .filter(({ stem, singular }) => !(stem && tag.kind !== 'model') && !(singular && tag.ordinary))
        .map((place) => ({ ...place, tag })),
    ),
  );
  return found.filter((one) => !isSecondHalf(title, words, one, found));
}

/** "Claude" in "Jean-Claude" is half of another name; in "Microsoft-OpenAI" and "ex-OpenAI" it is not. */
function isSecondHalf(title: string, words: readonly Word[], place: Place, found: readonly Place[]): boolean {
  const before = words[place.first - 1];
  if (!before || title.slice(before.to, words[place.first]!.from) !== '-') return false;
  const known = found.some(({ first, last }) => first < place.first && last >= place.first - 1);
  return !known && /^\p{Lu}\p{Ll}/u.test(before.text);
}

function isCapitalised(words: readonly Word[], { first, last }: Place): boolean {
  return words.slice(first, last + 1).every(({ text }) => !/^\p{Ll}/u.test(text));
}

/**
 * Whether a capital says something here: not on the first word, and not in a title that gives all its words capitals.
 * Names that are no everyday words do not count among these.
 */
function isInsideSentence<Tag extends NamedTag>(
  title: string,
  words: readonly Word[],
  place: Place,
  found: readonly Found<Tag>[],
): boolean {
  if (OPENING.test(title.slice(0, words[place.first]!.from))) return false;
  const others = words.filter(
    ({ text, from }, index) =>
      /^\p{L}{4,}$/u.test(text) &&
      !OPENING.test(title.slice(0, from)) &&
      !found.some(({ first, last }) => first <= index && index <= last),
  );
  const small = others.filter(({ text }) => /^\p{Ll}/u.test(text)).length;
  return small > 0 && small >= others.length - small;
}

/** Another of the same family, somewhere else in the title; of two everyday words each vouches for the other. */
function isRelative(words: readonly Word[], one: Found<NamedTag>, other: Found<NamedTag>): boolean {
  if (one.tag.slug === other.tag.slug || one.tag.familyId !== other.tag.familyId || overlap(one, other))
    return false;
  return !other.tag.ordinary || isCapitalised(words, other);
}

function hasVersion(title: string, words: readonly Word[], { last, stem }: Place): boolean {
  const [name, next] = [words[last]!, words[last + 1]];
  if (stem) return true;
  return (
    next !== undefined &&
    /^v?\p{N}+(?:\.\p{N}+)*$/iu.test(next.text) &&
    /^[ -]$/.test(title.slice(name.to, next.from))
  );
}

function overlap(a: Place, b: Place): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** The names that a host may be known by: "ai.meta.com" is Meta's, "x.ai" is x.ai's and nobody's called "x". */
function ownersOf(host: string): string[] {
  const labels = host.toLowerCase().split('.');
  const wholes = labels
    .slice(0, -1)
    .map((_label, index) => slugWords(labels.slice(index).join(' ')).join('-'));
  return [...wholes, ...labels.slice(0, -1).filter((label) => label.length > 1)];
}
