// What an edit changes of a tag: for the log, for undoing it, and for telling whether somebody else was faster.
import { createHash } from 'node:crypto';
import { LENGTHS } from '../../domain/limits.ts';
import { TAG_KIND_NAMES } from '../../domain/tags.ts';
import { excerpt } from '../../lib/html.ts';
import type { TagFacts, TagRow } from '../tags/index.ts';

export interface TagChange {
  readonly field: keyof TagFacts;
  readonly from: unknown;
  readonly to: unknown;
}

const LABELS: Readonly<Record<keyof TagFacts, string>> = {
  kind: 'Kind',
  name: 'Name',
  aliases: 'Other names',
  description: 'Description',
  parentId: 'Belongs to',
  ordinary: 'Everyday word',
  modifier: 'Weight',
};
const FIELDS = Object.keys(LABELS) as (keyof TagFacts)[];

export function factsOf(tag: TagRow): TagFacts {
  const { kind, name, description, aliases, parentId, ordinary, modifier } = tag;
  return { kind, name, description, aliases, parentId, ordinary, modifier };
}

export function changedFacts(before: TagFacts, after: TagFacts): TagChange[] {
  return FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).map(
    (field) => ({ field, from: before[field], to: after[field] }),
  );
}

/** Stands for all that was said of a tag when a form was filled with it. */
export function markOf(tag: TagRow): string {
  const facts = factsOf(tag);
  const said = JSON.stringify(FIELDS.map((field) => facts[field]));
  return createHash('sha256').update(said).digest('base64url');
}

/** In sentences: "Kind: Subject → Company." @param slugs of the tags that parents are, by id */
export function spellChanges(changes: readonly TagChange[], slugs: ReadonlyMap<number, string>): string {
  const sentences = changes.map(({ field, from, to }) => {
    const spell = (value: unknown) => spellFact(field, value, slugs);
    return `${LABELS[field]}: ${spell(from)} → ${spell(to)}.`;
  });
  return excerpt(sentences.join(' '), LENGTHS.actionReason);
}

function spellFact(field: keyof TagFacts, value: unknown, slugs: ReadonlyMap<number, string>): string {
  switch (field) {
    case 'kind':
      return TAG_KIND_NAMES[value as TagFacts['kind']].one;
    case 'aliases':
      return (value as readonly string[]).join(', ') || 'none';
    case 'parentId':
      return value === null ? 'none' : `#${slugs.get(Number(value)) ?? 'a tag that is gone'}`;
    case 'ordinary':
      return value === true ? 'yes' : 'no';
    default:
      return String(value) || 'none';
  }
}
