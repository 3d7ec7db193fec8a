// Deleting an account whose days of grace are over: in steps of small transactions, each of which can be done again, so
// that being interrupted anywhere, or two workers at once, do no harm.
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import { type Database, sqlState, type Tx } from '../../db/connection.ts';
import { deletions, formerNames, members } from '../../db/schema/index.ts';
import type { MemberId, PostId } from '../../domain/ids.ts';
import type { TextsLeft } from '../../domain/policy/own-data.ts';
import { paths } from '../../web/paths.ts';
import { endAppealOf, forgetDecider } from '../appeals/index.ts';
import { forgetFlagger } from '../flags/index.ts';
import { forgetAdder } from '../links/index.ts';
import { forgetInLog } from '../log/index.ts';
import { sendMail } from '../mails/index.ts';
import { endAllSessions, eraseMember } from '../members/index.ts';
import { forgetTeller } from '../notifications/index.ts';
import { releaseClaims } from '../queue-items/index.ts';
import { forgetTalker } from '../talks/index.ts';
import { forgetActor, forgetVisits, freezeVotes, releaseTexts, unlinkMentions } from '../threads/index.ts';
import { forgetRuleMaker } from '../watch/index.ts';

export interface DueDeletion {
  readonly memberId: MemberId;
  readonly texts: TextsLeft;
}

/** Deletions whose day has come, in the order of the members. */
export async function findDue(db: Database, after: MemberId, now: Date): Promise<DueDeletion | undefined> {
  const { memberId, texts, dueAt } = deletions;
  const [row] = await db
    .select({ memberId, texts })
    .from(deletions)
    .where(and(lte(dueAt, now), gt(memberId, after)))
    .orderBy(asc(memberId))
    .limit(1);
  return row;
}

/** A foreign key says that something names the member still. */
const STILL_NAMED = '23503';
/** What can come in while an account is deleted is little: a moderator's decision, say. */
const MOST_ROUNDS = 5;

/** @returns false when there is nothing to delete (any more): the member kept the account, or another worker was faster */
export async function deleteAccount(
  db: Database,
  { memberId, texts }: DueDeletion,
  secret: string,
  now: Date,
): Promise<boolean> {
  if (!(await begin(db, memberId, now))) return false;
  for (let round = 1; ; round += 1) {
    await forget(db, memberId, texts, now);
    try {
      return await erase(db, memberId, secret, now);
    } catch (error) {
      if (sqlState(error) !== STILL_NAMED || round === MOST_ROUNDS) throw error;
    }
  }
}

/** From here on there is no way back, and nobody is logged in. */
async function begin(db: Database, memberId: MemberId, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const due = await hold(tx, memberId);
    if (!due || due.dueAt > now) return false;
    await tx
      .update(deletions)
      .set({ begunAt: due.begunAt ?? now })
      .where(eq(deletions.memberId, memberId));
    await endAllSessions(tx, memberId);
    return true;
  });
}

/** Locks the deletion: two workers take turns. Undefined when it is over. */
async function hold(tx: Tx, memberId: MemberId) {
  const [row] = await tx.select().from(deletions).where(eq(deletions.memberId, memberId)).for('update');
  return row;
}

/** Takes the member's name off everything that outlives the account. */
async function forget(db: Database, memberId: MemberId, texts: TextsLeft, now: Date): Promise<void> {
  const withdraw = texts === 'withdraw';
  const steps: readonly ((tx: Tx) => Promise<number>)[] = [
    (tx) => releaseTexts(tx, memberId, { withdraw, now }),
    (tx) => freezeVotes(tx, memberId),
    (tx) => forgetActor(tx, memberId),
    (tx) => forgetTeller(tx, memberId),
    (tx) => forgetInLog(tx, memberId),
    (tx) => forgetFlagger(tx, memberId),
    (tx) => endAppealOf(tx, memberId, now),
    (tx) => forgetDecider(tx, memberId),
    (tx) => forgetTalker(tx, memberId),
    (tx) => forgetAdder(tx, memberId),
    (tx) => releaseClaims(tx, memberId),
    (tx) => forgetRuleMaker(tx, memberId),
  ];
  await forgetMentions(db, memberId);
  for (const step of steps) {
    let left = true;
    while (left)
      left = await db.transaction(async (tx) => Boolean(await hold(tx, memberId)) && (await step(tx)) > 0);
  }
  await db.transaction((tx) => forgetVisits(tx, memberId));
}

async function forgetMentions(db: Database, memberId: MemberId): Promise<void> {
  const names = await db
    .select({ name: members.name })
    .from(members)
    .where(eq(members.id, memberId))
    .unionAll(
      db.select({ name: formerNames.nameKey }).from(formerNames).where(eq(formerNames.memberId, memberId)),
    );
  for (const { name } of names) {
    let after: PostId | undefined = 0 as PostId;
    while (after !== undefined) {
      const from: PostId = after;
      after = await db.transaction((tx) => unlinkMentions(tx, paths.member(name), from));
    }
  }
}

/** The last step: the row itself, with all that is the member's alone. */
async function erase(db: Database, memberId: MemberId, secret: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await hold(tx, memberId))) return false;
    const erased = await eraseMember(tx, memberId, secret, now);
    if (!erased) return false;
    const { name, email } = erased;
    if (email !== null) await sendMail(tx, { to: memberId, mail: 'account-deleted', name, address: email });
    return true;
  });
}
