// What moderators decided about a member, for that member's own eyes.
import { desc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { actions, type SanctionKind, sanctions } from '../../db/schema/index.ts';
import { withRule } from '../../domain/actions.ts';
import type { ActionId, MemberId } from '../../domain/ids.ts';
import { spellUntil } from '../../domain/times.ts';
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';

export interface OwnSanction {
  readonly actionId: ActionId;
  readonly kind: SanctionKind;
  readonly startsAt: Date;
  /** Null: a warning, or for good. */
  readonly endsAt: Date | null;
  readonly liftedAt: Date | null;
  readonly rule: number | null;
  readonly reason: string;
}

/** Newest first, with those that are over or lifted. */
export async function listOwnSanctions(db: Reader, memberId: MemberId): Promise<OwnSanction[]> {
  const { actionId, kind, startsAt, endsAt, liftedAt } = sanctions;
  return db
    .select({ actionId, kind, startsAt, endsAt, liftedAt, rule: actions.rule, reason: actions.reason })
    .from(sanctions)
    .innerJoin(actions, eq(actions.id, sanctions.actionId))
    .where(eq(sanctions.memberId, memberId))
    .orderBy(desc(sanctions.id));
}

export interface OwnSanctionView {
  /** "Suspended until 4 April 2026, 14:30 UTC" */
  readonly what: string;
  readonly at: MomentView;
  readonly reason: string;
  readonly lifted: boolean;
  readonly href: string;
}

const LABELS = { warning: 'Warned', silence: 'Silenced', suspension: 'Suspended' } as const;

export function ownSanctionView(row: OwnSanction): OwnSanctionView {
  const { actionId, kind, startsAt, endsAt, liftedAt, rule, reason } = row;
  const until = endsAt === null ? 'for good' : spellUntil(endsAt);
  return {
    what: kind === 'warning' ? LABELS[kind] : `${LABELS[kind]} ${until}`,
    at: momentView(startsAt),
    reason: withRule(reason, rule),
    lifted: liftedAt !== null,
    href: paths.decision(actionId),
  };
}
