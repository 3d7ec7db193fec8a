// How those who decide are named in public.
import { isModerator, type Viewer } from '../../domain/viewer.ts';
import type { ModeratorNames } from '../../domain/settings.ts';
import { FORMER_MEMBER } from './pages/names.ts';

/** A name for moderators and where the setting says so; else "moderator 2". Null: the forum itself. */
export function nameOfModerator(
  actor: { readonly name: string | null; readonly number: number | null } | null,
  { viewer, moderatorNames }: { readonly viewer: Viewer; readonly moderatorNames: ModeratorNames },
): string {
  if (actor === null) return 'the forum';
  if (moderatorNames === 'numbers' && !isModerator(viewer))
    return actor.number === null ? 'a moderator' : `moderator ${actor.number}`;
  return actor.name ?? FORMER_MEMBER;
}
