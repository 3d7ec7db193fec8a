// Which tags a title names: a table of cases, with tags of the industry and the traps of everyday words.
import { describe, expect, test } from 'vitest';
import { namesIn, tagsNamed } from '../../src/domain/tag-names.ts';
import { SEED_TAGS, type SeedTag } from '../../src/features/tags/seed/index.ts';

const bySlug = new Map(SEED_TAGS.map((tag) => [tag.slug, tag]));

function familyOf(tag: SeedTag): SeedTag[] {
  const above = tag.parent === undefined ? undefined : bySlug.get(tag.parent);
  return above ? [tag, ...familyOf(above)] : [tag];
}

const TAGS = SEED_TAGS.map((tag) => {
  const family = familyOf(tag);
  return {
    ...tag,
    names: [tag.slug, ...tag.aliases],
    familyId: SEED_TAGS.indexOf(family.at(-1)!),
    familyNames: family.flatMap(({ slug, aliases }) => [slug, ...aliases]),
  };
});

const named = (title: string, ...hosts: string[]) => tagsNamed(title, TAGS, hosts).map(({ slug }) => slug);

describe('names', () => {
  test.each<[string, ...string[]]>([
    ['OpenAI raises again', 'openai'],
    ['What openai said', 'openai'],
    ["OpenAI’s plan and Anthropic's answer", 'openai', 'anthropic'],
    ['GPT-5 is here', 'gpt-5'],
    ['gpt 5 is here', 'gpt-5'],
    ['GPT5’s first week', 'gpt-5'],
    ['GPT-5.5 is another model', 'gpt'],
    ['Llama 3.1 on a phone', 'llama-3'],
    ['Trying Llama3.1', 'llama-3'],
    ['Qwen3.6-27B against Qwen3', 'qwen', 'qwen3'],
    ['Llama.cpp gets faster', 'llama-cpp'],
    ['Claude Opus 4.8 and Claude', 'claude-opus', 'claude'],
    ['Claude Code in the terminal', 'claude-code'],
    ['HuggingFace and Hugging Face are one', 'hugging-face'],
    ['Weights & Biases was sold', 'weights-biases'],
    ['Character.AI bans minors', 'character-ai'],
    ['x.ai and the grid', 'xai'],
    ['GPUs for rent', 'gpus'],
    ['A GPU for rent', 'gpus'],
    ['Microsoft-OpenAI talks; an ex-OpenAI founder', 'microsoft', 'openai'],
    ['Open weights: a data-centre in a box', 'open-weights', 'data-centres'],
    ['Was Clément Delangue right?', 'clement-delangue'],
  ])('%s', (title, ...tags) => {
    expect(named(title)).toEqual(tags);
  });

  test.each([
    ['not inside words', 'Chatbotters, OpenAIR and microsoftware'],
    ['not across a sentence', 'That was open. Weights fell'],
    ['not the half of a person’s name', 'Jean-Claude opens a bakery'],
    ['not inside a version', 'Windows 365.2 and o1.5'],
    ['not across a possessive', 'He read Stability’s AI report'],
  ])('%s: %s', (_why, title) => {
    expect(named(title)).toEqual([]);
  });
});

describe('everyday words', () => {
  test.each<[string, string, ...string[]]>([
    ['small letters are the word', 'An apple a day, and a meta analysis of gemini season'],
    ['the first word has a capital anyway', 'Apple trees in Kent'],
    ['so has what follows a colon or a quote', 'Fruit: Apple prices rise, “Oracle of Delphi” found'],
    ['in a sentence a capital is a name', 'Why the phones of Apple wait', 'apple'],
    ['and so is its possessive', 'The court reads Meta’s letters', 'meta'],
    ['a plural is the word', 'How many Apples are sold in the morning'],
    ['where all words have capitals none tells', 'Five Apple Trees That Grow In Any Garden'],
    ['where all are in capitals none tells', 'THE RUNWAY IS CLOSED'],
    ['another of its family does', 'Meta Releases Llama 4', 'meta', 'llama-4'],
    ['two everyday words of one family vouch for each other', 'Meta Opens Llama', 'meta', 'llama'],
    ['two of different families do not', 'Apple Gemini', ...[]],
    ['a version makes a model', 'Gemini 3 arrives', 'gemini'],
    ['and does not make a company', 'Apple 3 arrives'],
    ['a name of two words is no everyday word', 'Together AI raises again', 'together-ai'],
    ['nor is its plural form a name of the one word', 'Together we stand'],
  ])('%s: %s', (_why, title, ...tags) => {
    expect(named(title)).toEqual(tags);
  });

  test.each<[string, string, ...string[]]>([
    ['Apple Is Late', 'apple.com', 'apple'],
    ['Llama Is Late', 'ai.meta.com', 'llama'],
    ['Apple Is Late', 'apples.example', ...[]],
    ['Cohere Is Late', 'docs.cohere.com', 'cohere'],
    ['an apple', 'apple.com', ...[]],
  ])('%s, on %s', (title, host, ...tags) => {
    expect(named(title, host)).toEqual(tags);
  });
});

test('a title asks for so many names and no more, however long it is', () => {
  expect(namesIn('').length).toBe(0);
  expect(namesIn('\u{1F680} — “”').length).toBe(0);
  expect(namesIn('words '.repeat(5_000)).length).toBeLessThan(20);
  const long = Array.from({ length: 5_000 }, (_word, index) => `w${index}x`).join(' ');
  expect(namesIn(long).length).toBeLessThan(400);
});

describe('the seeds', () => {
  test('every name leads to one tag, and every parent is there', () => {
    const names = TAGS.flatMap((tag) => tag.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(SEED_TAGS.filter(({ parent }) => parent !== undefined && !bySlug.has(parent))).toEqual([]);
    for (const { name, description } of SEED_TAGS)
      expect([name, description]).toEqual([name, expect.stringMatching(/\.$/)]);
  });
});
