// Sanctions for tests of members: the row and the action it rests on.
import type { Database } from '../../../src/db/connection.ts';
import { actions, sanctions, type SanctionKind } from '../../../src/db/schema/index.ts';
import type { MemberRow } from '../../support/make.ts';

interface Term {
  readonly startsAt: Date;
  /** Null: without end. */
  readonly endsAt: Date | null;
  readonly liftedAt?: Date;
}

export async function sanction(
  db: Database,
  member: MemberRow,
  kind: SanctionKind,
  term: Term,
): Promise<void> {
  const action = { warning: 'warn', silence: 'silence', suspension: 'suspend' } as const;
  const [row] = await db
    .insert(actions)
    .values({ kind: action[kind], automatic: true, at: term.startsAt, reason: 'Spam', memberId: member.id })
    .returning({ id: actions.id });
  if (!row) throw new Error('no action was inserted');
  await db.insert(sanctions).values({ memberId: member.id, kind, actionId: row.id, ...term });
}
