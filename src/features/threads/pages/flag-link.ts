// Where a post is reported: members flag it for whatever the house rules say, visitors report what is illegal.
import type { PostId } from '../../../domain/ids.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';

export function flagLink(
  viewer: Viewer,
  id: PostId,
): { readonly flagHref: string; readonly flagWord: string } {
  return viewer.kind === 'visitor'
    ? { flagHref: paths.postReport(id), flagWord: 'Report' }
    : { flagHref: paths.postFlag(id), flagWord: 'Flag' };
}
