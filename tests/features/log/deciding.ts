// Decisions for tests of the log, put into the record as the features put them there.
import type { Database } from '../../../src/db/connection.ts';
import { appeals } from '../../../src/db/schema/index.ts';
import type { AppealOutcome } from '../../../src/db/schema/moderation.ts';
import { markUndone, type NewAction, recordAction } from '../../../src/features/log/index.ts';
import type { ActionId } from '../../../src/domain/ids.ts';
import type { Page } from '../../support/browser.ts';
import type { TestClock } from '../../support/clock.ts';
import type { MemberRow } from '../../support/make.ts';

type Facts = Partial<Omit<NewAction, 'reason'>> & {
  readonly by?: MemberRow;
  readonly reason?: string;
  readonly rule?: number;
};

export function decisions(db: Database, clock: TestClock) {
  async function decide({ by, reason = 'Said so', rule, ...given }: Facts): Promise<ActionId> {
    return db.transaction((tx) =>
      recordAction(tx, {
        kind: 'hide',
        actorId: by?.id ?? null,
        at: clock.now(),
        ...given,
        reason: { rule: rule ?? null, text: reason },
      }),
    );
  }

  async function undo(id: ActionId, facts: Facts = {}): Promise<ActionId> {
    const byId = await decide({ kind: 'restore', ...facts });
    await db.transaction((tx) => markUndone(tx, id, byId));
    return byId;
  }

  async function appeal(actionId: ActionId, member: MemberRow, outcome?: AppealOutcome): Promise<void> {
    const decidedAt = outcome === undefined ? null : clock.now();
    await db.insert(appeals).values({
      ...{ actionId, memberId: member.id, text: 'I object', openedAt: clock.now() },
      ...{ decidedAt, outcome: outcome ?? null },
    });
  }

  return { decide, undo, appeal };
}

/** The rows of the log as they are read, a text for each. */
export function rowsOf(page: Page): string[] {
  return [...page.document.querySelectorAll('table.log tbody tr:has(td)')].map((row) =>
    [...row.querySelectorAll('td')]
      .map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim())
      .join(' | '),
  );
}
