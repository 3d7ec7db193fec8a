// The button by which members keep a post.
import type { MemberId, PostId } from '../../../domain/ids.ts';
import type { State } from '../../../domain/state.ts';
import { isSelf, type Viewer } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';

export interface SaveView {
  readonly href: string;
  /** What it is, for those who hear the button. */
  readonly what: string;
  readonly saved: boolean;
}

/** Not visitors, not one's own (which one's page lists), not what is gone. */
export function maySave(
  viewer: Viewer,
  { authorId, state }: { readonly authorId: MemberId | null; readonly state: State },
): boolean {
  return viewer.kind === 'member' && !isSelf(viewer, authorId) && state === 'visible';
}

export function saveView({ id, saved, what }: Omit<SaveView, 'href'> & { readonly id: PostId }): SaveView {
  return { href: paths.postSave(id), what, saved };
}
