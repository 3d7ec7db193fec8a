// What a forum begins with, before it has an admin who could be asked: setup, the demonstration forum and tests.
import { and, eq, notExists, notInArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { sections, settings, topics } from '../../db/schema/index.ts';
import type { SectionId } from '../../domain/ids.ts';
import { DEFAULT_SECTIONS, type SectionDefault } from '../../domain/sections.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings.ts';

export interface Installation {
  readonly settings: Settings;
  /** In this order; a section that is not among them goes, or to the end when it holds a topic. */
  readonly sections: readonly SectionDefault[];
  readonly now: Date;
}

/** Writes settings and sections. Asks nobody's leave: its callers have made sure that there is nobody to ask. */
export async function installForum(tx: Tx, installation: Installation): Promise<void> {
  const { now } = installation;
  await tx
    .insert(settings)
    .values({ values: installation.settings, changedAt: now })
    .onConflictDoUpdate({
      target: settings.id,
      set: { values: installation.settings, changedAt: now, version: sql`${settings.version} + 1` },
    });
  const count = installation.sections.length;
  const slugs = installation.sections.map(({ slug }) => slug);
  const itsTopics = tx
    .select({ one: sql`1` })
    .from(topics)
    .where(eq(topics.sectionId, sections.id));
  await tx.delete(sections).where(and(notInArray(sections.slug, slugs), notExists(itsTopics)));
  await tx
    .update(sections)
    .set({ position: sql`${sections.position} + ${count}` })
    .where(notInArray(sections.slug, slugs));
  await tx
    .insert(sections)
    .values(
      installation.sections.map(({ slug, name, description }, index) => ({
        slug,
        name,
        description,
        position: index + 1,
      })),
    )
    .onConflictDoUpdate({
      target: sections.slug,
      set: { name: sql`excluded.name`, position: sql`excluded.position` },
    });
}

/** A forum with nothing chosen yet. */
export async function installDefaults(tx: Tx, now: Date): Promise<void> {
  await installForum(tx, { settings: DEFAULT_SETTINGS, sections: DEFAULT_SECTIONS, now });
}

/** Gives a forum that has none its settings: before anything is imported into an empty database. */
export async function installSettings(tx: Tx, now: Date): Promise<void> {
  await tx.insert(settings).values({ values: DEFAULT_SETTINGS, changedAt: now }).onConflictDoNothing();
}

/** A section as it was in another forum. */
export interface ImportedSection extends SectionDefault {
  readonly modifier: number;
  readonly originKey: string;
}

/** Adds a section behind the others; one with its slug stays as it is. @returns its id, whether it was there or not. */
export async function importSection(tx: Tx, section: ImportedSection): Promise<SectionId> {
  const position = sql`(select coalesce(max(${sections.position}), 0) + 1 from ${sections})`;
  await tx
    .insert(sections)
    .values({ ...section, position })
    .onConflictDoNothing({ target: sections.slug });
  const [row] = await tx.select({ id: sections.id }).from(sections).where(eq(sections.slug, section.slug));
  if (!row) throw new Error('An inserted section is not there.');
  return row.id;
}
