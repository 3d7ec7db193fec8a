// What an address says has just been done: one decision, or several at once.
import type { Reader } from '../../db/connection.ts';
import { type ActionId, readId } from '../../domain/ids.ts';
import type { DoneFacts } from './pages/done.ts';
import { findDone } from './queries/done.ts';

export async function loadDone(
  db: Reader,
  { did, done, skipped }: Readonly<Record<string, unknown>>,
): Promise<DoneFacts> {
  const id = readId<ActionId>(String(did));
  const several = readNumber(done);
  return {
    action: id && (await findDone(db, id)),
    several: several === undefined ? undefined : { done: several, skipped: readNumber(skipped) ?? 0 },
  };
}

function readNumber(text: unknown): number | undefined {
  return /^\d{1,4}$/.test(String(text)) ? Number(text) : undefined;
}
