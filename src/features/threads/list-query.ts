// What the address of a list says: its order, how far back it reaches, tags to have and to leave out, and the page's size.
import { PAGE_SIZES, type PageSize } from '../../domain/appearance.ts';
import { AGES, type Period, PERIODS } from '../../domain/periods.ts';
import { LISTS } from '../../domain/lists.ts';
import { readTags } from '../../domain/tags.ts';
import { LIST_NAMES, type ListName } from '../../web/paths.ts';

/** As Fastify reads it: text, or several of one name. */
export interface ListQuery {
  readonly after?: unknown;
  readonly t?: unknown;
  readonly sort?: unknown;
  readonly tag?: unknown;
  readonly age?: unknown;
  readonly per?: unknown;
}

/** A tag that a reader narrows a list by, as typed. */
export interface WantedTag {
  readonly slug: string;
  /** What has it is left out. */
  readonly without: boolean;
}

export interface Narrowing {
  readonly tags: readonly WantedTag[];
  /** More were asked for than a list takes. */
  readonly tooMany: boolean;
  readonly period: Period;
  /** Undefined: what the reader has chosen in their settings. */
  readonly per: PageSize | undefined;
}

export function readNarrowing(query: ListQuery, list: ListName): Narrowing {
  const tags = readWantedTags(query.tag);
  return {
    tags: tags.slice(0, LISTS.mostTags),
    tooMany: tags.length > LISTS.mostTags,
    period: readPeriod(query, list),
    per: PAGE_SIZES.find((size) => String(size) === query.per),
  };
}

export function readSort(query: ListQuery, otherwise: ListName): ListName {
  return LIST_NAMES.find((name) => name === query.sort) ?? otherwise;
}

/** "?tag=openai&tag=-funding", each perhaps several with commas; a # in front is understood. */
function readWantedTags(sent: unknown): WantedTag[] {
  const typed = [sent].flat().filter((text): text is string => typeof text === 'string');
  const parts = typed.flatMap((text) => text.split(',', LISTS.mostTags + 1));
  const wanted = new Map<string, WantedTag>();
  for (const part of parts.slice(0, 2 * LISTS.mostTags)) {
    const without = /^\s*[-−–]/u.test(part);
    const [tag] = readTags(without ? part.replace(/^\s*[-−–]/u, '') : part);
    if (tag) wanted.set(tag.slug, { slug: tag.slug, without });
  }
  return [...wanted.values()];
}

/** The list of top topics has a time span of its own, a week where none is said. */
function readPeriod({ t, age }: ListQuery, list: ListName): Period {
  if (list !== 'top') return AGES.find((each) => each === age) ?? 'all';
  return typeof t === 'string' && Object.hasOwn(PERIODS, t) ? (t as Period) : 'week';
}
