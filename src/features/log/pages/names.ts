// How the record names those who decided, and those who are gone. Every page, notice, feed and mail that says who decided
// asks here: where the forum shows numbers, a name that slips through once is known for good.
import type { ModeratorNames } from '../../../domain/settings.ts';
import { isModerator, type Viewer } from '../../../domain/viewer.ts';
import type { Actor } from '../actor.ts';

export const FORMER_MEMBER = 'a former member';

/** Whoever decided and is gone. */
const GONE: Actor = { name: null, number: null };

/** To whom it is said, and how the forum wants it said. */
export interface Naming {
  readonly viewer: Viewer;
  readonly moderatorNames: ModeratorNames;
}

/** Whether the viewer is told names: moderators always are. */
export function seesNames({ viewer, moderatorNames }: Naming): boolean {
  return moderatorNames === 'names' || isModerator(viewer);
}

/**
 * Who decided, as the viewer may know it: a name, or "moderator 2". Whoever has no number never was a moderator: a member
 * who corrected something, and stands by it as by what they write.
 * @param actor null: the forum itself
 */
export function nameOfModerator(actor: Actor | null, naming: Naming): string {
  if (actor === null) return 'the forum';
  if (actor.number !== null && !seesNames(naming)) return `moderator ${actor.number}`;
  return actor.name ?? FORMER_MEMBER;
}

/** The same of a row that says of itself whether the forum did it. */
export function nameOfDecider(
  { automatic, by }: { readonly automatic: boolean; readonly by: Actor | null },
  naming: Naming,
): string {
  return nameOfModerator(automatic ? null : (by ?? GONE), naming);
}
