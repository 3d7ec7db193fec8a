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

/** Null where there is nothing to keep: for visitors, of one's own (which one's page lists), of what is gone. */
export function saveView(
  viewer: Viewer,
  post: {
    readonly id: PostId;
    readonly authorId: MemberId | null;
    readonly state: State;
    readonly saved: boolean;
  },
  what: string,
): SaveView | null {
  const { id, authorId, state, saved } = post;
  if (viewer.kind !== 'member' || isSelf(viewer, authorId) || state !== 'visible') return null;
  return { href: paths.postSave(id), what, saved };
}
