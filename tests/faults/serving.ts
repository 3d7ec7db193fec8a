// How long until the forum serves: asked again and again, with an own page that needs the database.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { FaultForum } from './fault-forum.ts';
import type { Journal } from './journal.ts';

/** The promise of the forum (it may be broken by a machine that does nothing else than start other things). */
export const PROMISED_MS = 5_000;
/** How long a 503 may take: nobody waits for a page that says so. */
export const UNAVAILABLE_MS = 3_000;
/** Given up on, and shown as what it is: not back. */
const GIVEN_UP_MS = 60_000;
const ASK_AGAIN_MS = 20;

/** One page may be the last one of what is about to end. */
const PAGES_IN_A_ROW = 5;

/**
 * Resolves when a member gets their page, and gets it again: to the milliseconds from `from` to the first time.
 * @param replaced becomes true when what was killed is surely gone
 */
export async function servesAgain(
  forum: FaultForum,
  from: number,
  replaced: () => boolean = () => true,
): Promise<number> {
  let served: number[] = [];
  for (;;) {
    const status = await statusOfInbox(forum);
    const now = performance.now();
    served = status === 200 && replaced() ? [...served, now - from] : [];
    if (served.length === PAGES_IN_A_ROW) return served[0] ?? 0;
    if (now - from > GIVEN_UP_MS) throw new Error(`It does not serve again: ${status}`);
    await pause(ASK_AGAIN_MS);
  }
}

async function statusOfInbox({ url, reader }: FaultForum): Promise<number | undefined> {
  const page = await fetch(`${url}/inbox`, {
    headers: { cookie: reader.cookie },
    redirect: 'manual',
    signal: AbortSignal.timeout(2_000),
  }).catch(() => undefined);
  await page?.body?.cancel();
  return page?.status;
}

/** Resolves when so many more writes were answered. */
export async function answers({ tally }: Journal, more: number): Promise<void> {
  const enough = tally.answered + more;
  await vi.waitFor(() => expect(tally.answered).toBeGreaterThanOrEqual(enough), {
    timeout: 60_000,
    interval: 5,
  });
}

/** Resolves when every background job that is due has been done. */
export async function jobsDone(forum: FaultForum): Promise<void> {
  const due = `select count(*)::integer as n from graphile_worker.jobs where run_at <= now() + interval '1 minute'`;
  await forum.look(({ pool }) =>
    vi.waitFor(async () => expect((await pool.query(due)).rows).toEqual([{ n: 0 }]), {
      timeout: 60_000,
      interval: 100,
    }),
  );
}

/** What the log must never hold, whatever breaks. */
const ALARMS =
  /unhandled|uncaught|the process ends|a request failed|TypeError|ReferenceError|AssertionError/i;

export function soundLog({ output }: FaultForum): void {
  expect(output.split('\n').filter((line) => ALARMS.test(line))).toEqual([]);
}
