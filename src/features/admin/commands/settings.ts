// Saves settings and puts the change into the log. Whether it may be done, features/site asks.
import type { Tx } from '../../../db/connection.ts';
import type { Settings } from '../../../domain/settings.ts';
import type { Member } from '../../../domain/viewer.ts';
import { recordAction } from '../../log/index.ts';
import { changeSettings } from '../../site/index.ts';
import { recordEvent } from '../../threads/index.ts';
import { settingsEntry } from '../log.ts';

export interface SettingsSave {
  readonly admin: Member;
  readonly wanted: Settings;
  /** Of the settings that the admin had before them. */
  readonly seenVersion: number;
  readonly now: Date;
}

/** @returns false when somebody else saved meanwhile: nothing was changed. */
export async function saveSettings(
  tx: Tx,
  { admin, wanted, seenVersion, now }: SettingsSave,
): Promise<boolean> {
  const changes = await changeSettings(tx, { viewer: admin, wanted, seenVersion, now });
  if (!changes) return false;
  const names = Object.keys(changes) as (keyof Settings)[];
  if (names.length === 0) return true;
  const entry = settingsEntry(changes);
  const actionId = await recordAction(tx, { kind: 'change-settings', actorId: admin.id, at: now, ...entry });
  await recordEvent(tx, { kind: 'settings-changed', actorId: admin.id, at: now, data: { actionId, names } });
  return true;
}
