// Changing the forum's settings and sections: the only writer of both tables. Who calls these writes the log and
// refreshes the site after the commit (features/admin).
import { asc, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { sections, settings, topics } from '../../db/schema/index.ts';
import type { SectionId } from '../../domain/ids.ts';
import {
  mayAddSection,
  mayAdminister,
  mayChangeSettings,
  mayRemoveSection,
} from '../../domain/policy/administration.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { enqueue } from '../../jobs/queue.ts';
import { authorize, notFound } from '../../web/problem.ts';
import type { Section } from '../../web/site.ts';
import { loadSettings } from './queries.ts';

/** What a change made of what, by the name of the column or setting. */
export type Changes = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;

/**
 * Saves settings that checkSettings has let pass.
 * @param change.seenVersion of the settings that the viewer had before them
 * @returns what changed, or undefined when somebody else saved after that version: then nothing was changed.
 */
export async function changeSettings(
  tx: Tx,
  change: {
    readonly viewer: Viewer;
    readonly wanted: Settings;
    readonly seenVersion: number;
    readonly now: Date;
  },
): Promise<Changes | undefined> {
  const { viewer, wanted, seenVersion, now } = change;
  authorize(mayChangeSettings(viewer, now));
  const stored = await loadSettings(tx);
  const changes = changesBetween(stored.settings, wanted);
  if (Object.keys(changes).length === 0) return changes;
  const saved = await tx
    .insert(settings)
    .values({ values: wanted, changedAt: now })
    .onConflictDoUpdate({
      target: settings.id,
      set: { values: wanted, changedAt: now, version: sql`${settings.version} + 1` },
      // One statement compares and writes, so of several who save the same version one wins.
      setWhere: eq(settings.version, seenVersion),
    })
    .returning({ version: settings.version });
  return saved.length > 0 ? changes : undefined;
}

export interface SectionText {
  readonly name: string;
  readonly description: string;
}

/**
 * Adds a section behind the others.
 * @returns undefined when a section has this slug already.
 */
export async function addSection(
  tx: Tx,
  addition: SectionText & { readonly viewer: Viewer; readonly slug: string; readonly now: Date },
): Promise<SectionId | undefined> {
  const { viewer, slug, name, description, now } = addition;
  authorize(mayAddSection(viewer, await tx.$count(sections), now));
  const position = sql`(select coalesce(max(${sections.position}), 0) + 1 from ${sections})`;
  const [added] = await tx
    .insert(sections)
    .values({ slug, name, description, position })
    .onConflictDoNothing({ target: sections.slug })
    .returning({ id: sections.id });
  return added?.id;
}

export interface SectionChange extends SectionText {
  readonly viewer: Viewer;
  readonly id: SectionId;
  /** 1 is the first; further than the last is the last. */
  readonly place: number;
  /** -1 to +1, added to the hot rank of the section's topics. */
  readonly modifier: number;
  readonly now: Date;
}

/** Changes a section; its address stays, since links to it are everywhere. @returns its name until now and what changed. */
export async function changeSection(
  tx: Tx,
  { viewer, id, now, ...wanted }: SectionChange,
): Promise<{ readonly name: string; readonly changes: Changes }> {
  authorize(mayAdminister(viewer, now));
  const all = await lockSections(tx, 'no key update');
  const index = all.findIndex((section) => section.id === id);
  const before = all[index];
  if (!before) return notFound('This section does not exist any more.');

  const place = Math.min(wanted.place, all.length);
  const changes = changesBetween(
    { name: before.name, description: before.description, place: index + 1, modifier: before.modifier },
    { ...wanted, place },
  );
  const { name, description, modifier } = wanted;
  if (changes.name || changes.description || changes.modifier)
    await tx.update(sections).set({ name, description, modifier }).where(eq(sections.id, id));
  if (changes.place) await renumber(tx, all.toSpliced(index, 1).toSpliced(place - 1, 0, before));
  if (changes.modifier) {
    await enqueue(tx, 'rerank-section', { sectionId: id }, { key: `rerank-section ${id}` });
  }
  return { name: before.name, changes };
}

/** Removes a section that holds no topic. @returns the section it was. */
export async function removeSection(
  tx: Tx,
  { viewer, id, now }: { readonly viewer: Viewer; readonly id: SectionId; readonly now: Date },
): Promise<Section> {
  const all = await lockSections(tx, 'update');
  const section = all.find((candidate) => candidate.id === id);
  if (!section) return notFound('This section does not exist any more.');
  const [topic] = await tx.select({ id: topics.id }).from(topics).where(eq(topics.sectionId, id)).limit(1);
  authorize(mayRemoveSection(viewer, { empty: topic === undefined, sections: all.length }, now));
  await tx.delete(sections).where(eq(sections.id, id));
  return section;
}

/** In their order, locked: other changes of sections wait, and with `update` whoever posts into one does, too. */
function lockSections(tx: Tx, strength: 'update' | 'no key update') {
  return tx.select().from(sections).orderBy(asc(sections.position), asc(sections.id)).for(strength);
}

async function renumber(tx: Tx, ordered: readonly { readonly id: SectionId }[]): Promise<void> {
  const places = ordered.map(({ id }, index) => sql`(${id}::bigint, ${index + 1}::smallint)`);
  await tx.execute(sql`update ${sections} set position = wanted.position
    from (values ${sql.join(places, sql`, `)}) as wanted (id, position)
    where ${sections.id} = wanted.id and ${sections.position} <> wanted.position`);
}

/** The entries of `after` that differ from those of `before`. */
function changesBetween<Values extends object>(before: Values, after: Values): Changes {
  const names = Object.keys(after) as (keyof Values & string)[];
  return Object.fromEntries(
    names
      .filter((name) => before[name] !== after[name])
      .map((name) => [name, { from: before[name], to: after[name] }]),
  );
}
