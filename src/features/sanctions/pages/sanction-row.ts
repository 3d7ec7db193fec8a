// One sanction as moderators' pages list it.
import { withRule } from '../../../domain/actions.ts';
import { counts } from '../../../domain/ladder.ts';
import { spellDuration } from '../../../domain/times.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { SanctionRow } from '../queries/ladder.ts';

export interface SanctionView {
  /** "Suspended for 3 days" */
  readonly what: string;
  readonly at: MomentView;
  readonly reason: string;
  readonly by: string;
  /** "In force", "Over", "Lifted"; "Stands": a warning, which has no end; "Long ago": no longer counts. */
  readonly state: string;
  readonly inForce: boolean;
  /** '' when there is nothing to lift. */
  readonly liftHref: string;
}

const LABELS = { warning: 'Warned', silence: 'Silenced', suspension: 'Suspended' } as const;

export function sanctionView(row: SanctionRow, now: Date): SanctionView {
  const { kind, startsAt, endsAt, liftedAt, reason, rule, by, actionId } = row;
  const length = endsAt === null ? 'for good' : `for ${spellDuration(endsAt.getTime() - startsAt.getTime())}`;
  const inForce = isInForce(row, now);
  return {
    what: kind === 'warning' ? LABELS[kind] : `${LABELS[kind]} ${length}`,
    at: momentView(startsAt),
    reason: withRule(reason, rule),
    by: by ?? 'the forum itself or a former member',
    state:
      liftedAt !== null
        ? 'Lifted'
        : inForce
          ? 'In force'
          : !counts(row, now)
            ? 'Long ago'
            : kind === 'warning'
              ? 'Stands'
              : 'Over',
    inForce,
    liftHref: liftedAt === null ? paths.undo(actionId) : '',
  };
}

/** Silences and suspensions that keep the member from writing now. */
function isInForce({ kind, endsAt, liftedAt }: SanctionRow, now: Date): boolean {
  return kind !== 'warning' && liftedAt === null && (endsAt === null || now < endsAt);
}
