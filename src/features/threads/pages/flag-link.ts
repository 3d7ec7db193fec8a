// Where a post is reported: members flag it for whatever the house rules say; visitors, and members who may not write at
// present, report what is illegal.
import type { PostId } from '../../../domain/ids.ts';
import { mayWrite } from '../../../domain/policy/writing.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';

export function flagLink(
  viewer: Viewer,
  id: PostId,
  now: Date,
): { readonly flagHref: string; readonly flagWord: string } {
  return !mayWrite(viewer, now).allowed
    ? { flagHref: paths.postReport(id), flagWord: 'Report' }
    : { flagHref: paths.postFlag(id), flagWord: 'Flag' };
}
