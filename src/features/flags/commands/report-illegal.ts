// Reporting illegal content without an account (Article 16 of the EU's Digital Services Act).
import type { Tx } from '../../../db/connection.ts';
import { flags } from '../../../db/schema/index.ts';
import type { PostId } from '../../../domain/ids.ts';
import { REPORTS } from '../../../domain/moderation-limits.ts';
import { mayReportIllegal } from '../../../domain/policy/flags.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize } from '../../../web/problem.ts';
import { lockPostRow } from '../../threads/index.ts';
import { callModerators } from '../call-moderators.ts';
import { stateForOthers } from '../lock-subject.ts';
import { isReported } from '../queries/reports.ts';

export interface IllegalReport {
  readonly viewer: Viewer;
  readonly postId: PostId;
  /** Why it is illegal. */
  readonly note: string;
  /** '' when none is given. */
  readonly name: string;
  /** For the answer; '' when none is given. */
  readonly email: string;
  readonly now: Date;
}

/**
 * Puts a post before the moderators at once. Another report of it from the same address, while the first waits, is the
 * same one. Whether the address is the reporter's own nobody knows: nothing that was typed is mailed there.
 */
export async function reportIllegal(tx: Tx, report: IllegalReport): Promise<void> {
  const { viewer, postId, note, name, email, now } = report;
  const { authorId, state, topic } = await lockPostRow(tx, postId);
  authorize(mayReportIllegal(viewer, { authorId, state: stateForOthers(state, topic.state) }));
  if (email !== '' && (await isReported(tx, postId, email))) return;
  const [flag] = await tx
    .insert(flags)
    .values({
      postId,
      reason: 'illegal',
      note,
      // '' says that it is a report, of somebody who gave no name or whose name is erased.
      reporterName: name,
      reporterEmail: email === '' ? null : email,
      weight: REPORTS.weight,
      flaggedAt: now,
    })
    .returning({ id: flags.id });
  await callModerators(tx, { postId }, now);
  if (flag && email !== '') await enqueue(tx, 'answer-report', { flagId: flag.id, what: 'received' });
}
