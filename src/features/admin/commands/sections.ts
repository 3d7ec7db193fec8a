// Adds, changes and removes sections, each with its entry in the log. Whether it may be done, features/site asks.
import type { Tx } from '../../../db/connection.ts';
import type { SectionId } from '../../../domain/ids.ts';
import { sectionSlugOf } from '../../../domain/sections.ts';
import type { Member } from '../../../domain/viewer.ts';
import { recordAction } from '../../log/index.ts';
import { addSection, changeSection, removeSection, type SectionChange } from '../../site/index.ts';
import { recordEvent } from '../../threads/index.ts';
import { sectionEntry } from '../log.ts';

export interface SectionCreation {
  readonly admin: Member;
  readonly name: string;
  readonly description: string;
  readonly now: Date;
}

/** @returns false when another section has the address that this one would get. */
export async function createSection(
  tx: Tx,
  { admin, name, description, now }: SectionCreation,
): Promise<boolean> {
  const sectionId = await addSection(tx, {
    viewer: admin,
    slug: sectionSlugOf(name),
    name,
    description,
    now,
  });
  if (sectionId === undefined) return false;
  const reason = { rule: null, text: `The forum has a new section: ${name}.` };
  const data = { what: name };
  const actionId = await recordAction(tx, { kind: 'add-section', actorId: admin.id, reason, data, at: now });
  await recordEvent(tx, { kind: 'section-added', actorId: admin.id, at: now, data: { actionId, sectionId } });
  return true;
}

export interface SectionEdit extends Omit<SectionChange, 'viewer'> {
  readonly admin: Member;
}

export async function editSection(tx: Tx, { admin, ...wanted }: SectionEdit): Promise<void> {
  const { name, changes } = await changeSection(tx, { viewer: admin, ...wanted });
  if (Object.keys(changes).length === 0) return;
  const { id: sectionId, now: at } = wanted;
  const entry = sectionEntry(name, changes);
  const actionId = await recordAction(tx, { kind: 'edit-section', actorId: admin.id, at, ...entry });
  await recordEvent(tx, { kind: 'section-changed', actorId: admin.id, at, data: { actionId, sectionId } });
}

export async function discardSection(
  tx: Tx,
  { admin, id: sectionId, now: at }: { readonly admin: Member; readonly id: SectionId; readonly now: Date },
): Promise<void> {
  const { name } = await removeSection(tx, { viewer: admin, id: sectionId, now: at });
  const reason = { rule: null, text: `The section ${name} held no topics and was removed.` };
  const data = { what: name };
  const actionId = await recordAction(tx, { kind: 'remove-section', actorId: admin.id, reason, data, at });
  await recordEvent(tx, { kind: 'section-removed', actorId: admin.id, at, data: { actionId, sectionId } });
}
