// Where a post is reported: members flag it for whatever the house rules say; visitors, and members who may not write at
// present, report what is illegal.
import type { PostId } from '../../../domain/ids.ts';
import { mayWrite } from '../../../domain/policy/writing.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';

/** Whether the viewer is one of the latter. */
export function onlyReports(viewer: Viewer, now: Date): boolean {
  return !mayWrite(viewer, now).allowed;
}

export interface FlagLink {
  readonly flagHref: string;
  /** "Flag"; "Report" for those who report only what is illegal. */
  readonly flagWord: string;
}

/** @param reports as onlyReports says of the viewer */
export function flagLink(id: PostId, reports: boolean): FlagLink {
  return reports
    ? { flagHref: paths.postReport(id), flagWord: 'Report' }
    : { flagHref: paths.postFlag(id), flagWord: 'Flag' };
}
