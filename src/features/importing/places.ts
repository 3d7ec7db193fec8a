// Where imported topics belong: sections and tags, written and remembered by their keys for the time of an import. One
// that is here by its slug is taken as the same and stays as it is.
import { eq, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { isOwnKey, originKeyOf } from '../../db/origin-keys.ts';
import { sections, tags } from '../../db/schema/index.ts';
import { tagLedTo } from '../../db/tag-families.ts';
import type { SectionId, TagId } from '../../domain/ids.ts';
import { importSection } from '../site/index.ts';
import { importTags } from '../tags/index.ts';
import type { SectionRecord, TagRecord } from './format.ts';
import { LineFault, lostRow } from './records.ts';

export class Places {
  readonly #forumKey: string;
  readonly #sections = new Map<string, SectionId>();
  readonly #tags = new Map<string, TagId>();

  private constructor(forumKey: string) {
    this.#forumKey = forumKey;
  }

  /** The places that the forum has already, by their keys. */
  static async load(db: Reader, forumKey: string): Promise<Places> {
    const places = new Places(forumKey);
    const knownSections = await db
      .select({ id: sections.id, key: originKeyOf('section', forumKey) })
      .from(sections);
    for (const { id, key } of knownSections) places.#sections.set(key, id);
    const knownTags = await db
      .select({ id: tagLedTo(sql`${tags}.id`), key: originKeyOf('tag', forumKey) })
      .from(tags);
    for (const { id, key } of knownTags) places.#tags.set(key, id);
    return places;
  }

  /** @throws LineFault */
  section(key: string, where: string): SectionId {
    const id = this.#sections.get(key);
    if (id === undefined) throw new LineFault(`${where}: no section has the key "${key}"`);
    return id;
  }

  /** @throws LineFault */
  tag(key: string, where: string): TagId {
    const id = this.#tags.get(key);
    if (id === undefined) throw new LineFault(`${where}: no tag has the key "${key}"`);
    return id;
  }

  /** @returns whether it was not there. @throws LineFault */
  async writeSection(tx: Tx, record: SectionRecord): Promise<boolean> {
    if (this.#sections.has(record.key)) return false;
    this.#refuseLost('section', record.key);
    const { key: originKey, slug, name, description, modifier } = record;
    const id = await importSection(tx, { originKey, slug, name, description, modifier });
    const isNew = ![...this.#sections.values()].includes(id);
    this.#sections.set(originKey, id);
    return isNew;
  }

  /** @returns whether it was not there. @throws LineFault */
  async writeTag(tx: Tx, record: TagRecord): Promise<boolean> {
    if (this.#tags.has(record.key)) return false;
    this.#refuseLost('tag', record.key);
    const { key: originKey, slug, tag_kind: kind, parent, ...known } = record;
    const { name, description, aliases, ordinary, modifier } = known;
    const parentId = parent === undefined ? null : this.tag(parent, 'parent');
    const row = { originKey, slug, name, kind, description, aliases, ordinary, modifier, parentId };
    const id = (await importTags(tx, [row])).get(slug);
    if (id === undefined) throw new Error('An inserted tag is not there.');
    const isNew = ![...this.#tags.values()].includes(id);
    this.#tags.set(originKey, id);
    return isNew;
  }

  #refuseLost(noun: 'section' | 'tag', key: string): void {
    if (isOwnKey(noun, this.#forumKey, key)) throw new LineFault(`key: ${lostRow(key)}`);
  }
}

/** The key of the section with this slug; of the first one without a slug. @returns undefined when there is none. */
export async function findSectionKey(
  db: Reader,
  forumKey: string,
  slug: string | undefined,
): Promise<string | undefined> {
  const [row] = await db
    .select({ key: originKeyOf('section', forumKey) })
    .from(sections)
    .where(slug === undefined ? undefined : eq(sections.slug, slug))
    .orderBy(sections.position, sections.id)
    .limit(1);
  return row?.key;
}
