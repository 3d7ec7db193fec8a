// One row of the log as its page shows it: what was done to what, why, by whom, whether it stands, and what the viewer
// can do about it.
import { isAppealable } from '../../../domain/appeals.ts';
import { APPEALS } from '../../../domain/moderation-limits.ts';
import { isUndoable } from '../../../domain/policy/undoing.ts';
import { isWithin } from '../../../domain/times.ts';
import { isModerator } from '../../../domain/viewer.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { LogRow } from '../queries/log.ts';
import { nameOfDecider, type Naming } from './names.ts';
import { isPlaced, topicText, whatWasDone, whoIsNamed } from './wording.ts';

interface Link {
  readonly href: string;
  readonly text: string;
}

export interface LogEntry {
  readonly at: MomentView;
  readonly what: string;
  /** Words before the link: the author of a reply, the member, what was set. */
  readonly who: string;
  readonly topic: Link | null;
  /** A word and the other topic of a merge. */
  readonly other: (Link & { readonly word: string }) | null;
  readonly reason: string;
  /** '' when no rule was broken. */
  readonly rule: string;
  readonly by: string;
  readonly automatic: boolean;
  /** While it stands: in so many words. */
  readonly stands: string;
  readonly underAppeal: boolean;
  readonly undone: { readonly by: string; readonly at: MomentView; readonly onAppeal: boolean } | null;
  /** '' where there is nothing to do, or not for this viewer. */
  readonly appealHref: string;
  readonly undoHref: string;
}

export function logEntry(row: LogRow, naming: Naming, now: Date): LogEntry {
  const { undone, appeal, topicId } = row;
  return {
    at: momentView(row.at),
    what: whatWasDone(row),
    who: whoIsNamed(row),
    // Without the slug: it is made from the title, which may be what a topic was hidden for.
    topic:
      topicId === null || !isPlaced(row)
        ? null
        : { href: paths.topicById(topicId), text: topicText({ title: row.title, topicId }) },
    other: row.place === 0 ? otherLink(row) : null,
    reason: row.reason,
    rule: row.rule === null ? '' : `rule ${row.rule}`,
    by: nameOfDecider(row, naming),
    automatic: row.automatic,
    stands: appeal?.outcome === 'upheld' ? 'Stands, upheld on appeal' : 'Stands',
    underAppeal: undone === null && appeal !== null && appeal.outcome === null,
    undone: undone && {
      by: nameOfDecider({ automatic: undone.automatic, by: undone }, naming),
      at: momentView(new Date(undone.at)),
      onAppeal: appeal?.outcome === 'reversed',
    },
    ...waysOn(row, naming, now),
  };
}

/** The first row of a decision alone carries them: it is undone, and appealed against, as a whole. */
function waysOn(row: LogRow, { viewer }: Naming, now: Date): Pick<LogEntry, 'appealHref' | 'undoHref'> {
  const { id, kind, at, place, undone, appeal, concernsViewer } = row;
  const open = undone === null;
  const mayAppeal = open && appeal === null && concernsViewer && isAppealable(kind);
  const mayUndo = open && place === 0 && isModerator(viewer) && isUndoable(kind);
  return {
    appealHref: mayAppeal && isWithin(APPEALS.within, at, now) ? paths.decision(id) : '',
    undoHref: mayUndo ? paths.undo(id) : '',
  };
}

function otherLink({ kind, other }: LogRow): LogEntry['other'] {
  if (other === null) return null;
  const { id, title } = other;
  return {
    word: kind === 'merge' ? 'into' : 'from',
    href: paths.topicById(id),
    text: topicText({ title, topicId: id }),
  };
}
