// How the tags of the industry are written down.
import { tagSlug, type TagKind } from '../../../domain/tags.ts';

export interface SeedTag {
  readonly slug: string;
  readonly name: string;
  readonly kind: TagKind;
  readonly description: string;
  /** Other slugs that lead to it. */
  readonly aliases: readonly string[];
  /** Its name is an everyday word too. */
  readonly ordinary: boolean;
  /** The slug of the tag that it stands below. */
  readonly parent?: string;
}

interface More {
  /** Names with commas between: "GPT 5, gpt5". */
  readonly also?: string;
  readonly of?: string;
  readonly ordinary?: true;
}

/** Writes down tags of one kind: their slug is made of their name, as it is of typed ones. */
export function seedsOf(kind: TagKind) {
  return (
    name: string,
    description: string,
    { also = '', of, ordinary = undefined }: More = {},
  ): SeedTag => ({
    slug: tagSlug(name),
    name,
    kind,
    description,
    aliases: [...new Set(also.split(',').map(tagSlug))].filter(
      (alias) => !['', tagSlug(name)].includes(alias),
    ),
    ordinary: ordinary ?? false,
    ...(of !== undefined && { parent: tagSlug(of) }),
  });
}
