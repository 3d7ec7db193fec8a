// What moderators send about a tag.
import { countCharacters } from '../../domain/check.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import {
  checkAliases,
  checkTagName,
  LONGEST_TAG_DESCRIPTION,
  readTags,
  TAG_KINDS,
  tagSlug,
} from '../../domain/tags.ts';
import { type Form, formBody, formOf, readFlag, readLine } from '../../web/forms.ts';
import type { TagFacts, TagRow } from '../tags/index.ts';

export type TagField = 'kind' | 'name' | 'aliases' | 'description' | 'parent' | 'modifier';
export type TagForm = Form<TagField>;

export interface TagInput {
  readonly form: (faults?: Readonly<Partial<Record<TagField, string>>>) => TagForm;
  readonly ordinary: boolean;
  /** What the form was filled with. */
  readonly seen: string;
  /** The slug of the parent wanted; '' for none. */
  readonly parent: string;
  /** But for the parent; undefined when something is wrong. */
  readonly facts: Omit<TagFacts, 'parentId'> | undefined;
}

export function readTagForm(sent: unknown, slug: string): TagInput {
  const fields = formBody(sent);
  const typed = {
    kind: readLine(fields, 'kind'),
    name: readLine(fields, 'name'),
    aliases: readLine(fields, 'aliases'),
    description: readLine(fields, 'description'),
    parent: readLine(fields, 'parent'),
    modifier: readLine(fields, 'modifier'),
  };
  const kind = TAG_KINDS.find((one) => one === typed.kind);
  const name = cleanTitle(typed.name);
  const description = cleanTitle(typed.description);
  const aliases = readTags(typed.aliases).filter((alias) => alias.slug !== slug);
  const modifier = readModifier(typed.modifier);
  const ordinary = readFlag(fields, 'ordinary');
  const faults = {
    kind: kind ? undefined : 'Choose a kind.',
    name: checkTagName(name),
    aliases: checkAliases(aliases),
    description:
      countCharacters(description) > LONGEST_TAG_DESCRIPTION
        ? `A description has up to ${LONGEST_TAG_DESCRIPTION} characters.`
        : undefined,
    modifier: modifier === undefined ? 'Give a number from -1 to 1.' : undefined,
  };
  const sound = Object.values(faults).every((fault) => fault === undefined);
  return {
    form: (more = {}) => formOf(typed, { ...faults, ...more }),
    ordinary,
    seen: readLine(fields, 'was'),
    parent: tagSlug(typed.parent),
    facts:
      sound && kind && modifier !== undefined
        ? { kind, name, description, aliases: aliases.map((alias) => alias.slug), ordinary, modifier }
        : undefined,
  };
}

/** The form filled with what there is. */
export function tagForm(tag: TagRow, slugs: ReadonlyMap<number, string>): TagForm {
  const { kind, name, aliases, description, parentId, modifier } = tag;
  const parent = slugs.get(parentId ?? 0) ?? '';
  return formOf({ kind, name, aliases: aliases.join(', '), description, parent, modifier: String(modifier) });
}

/** "-0.3", "0,5"; undefined for what is no number from -1 to 1. */
function readModifier(text: string): number | undefined {
  if (!/^[+-]?\d?(?:[.,]\d{1,3})?$/.test(text) || !/\d/.test(text)) return undefined;
  const number = Number(text.replace(',', '.'));
  return Math.abs(number) <= 1 ? number : undefined;
}

/** The slug of the other tag of a merge, as it was typed: "#gpt-4", "GPT 4". */
export function readOtherTag(typed: unknown): { readonly typed: string; readonly slug: string } {
  const line = readLine(formBody({ into: typed }), 'into');
  return { typed: line, slug: tagSlug(line) };
}
