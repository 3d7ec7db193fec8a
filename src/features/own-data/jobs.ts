// Copies of members' data and deletions, outside of requests.
import type { MemberId } from '../../domain/ids.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { deleteAccount, findDue } from './delete-account.ts';
import { giveUpExport, makeExport, sweepExports } from './make-export.ts';

export interface OwnDataServices {
  readonly siteUrl: string;
  /** By which addresses are barred. */
  readonly secret: string;
  readonly log: {
    error(details: object, message: string): void;
    info(details: object, message: string): void;
  };
}

/** A copy that cannot be made is not tried again by itself: its member is told, and decides. */
export function dataExporter({ siteUrl, log }: OwnDataServices): JobHandler<'export-data'> {
  return async (db, { exportId }, now) => {
    try {
      await makeExport(db, exportId, siteUrl, now);
    } catch (error) {
      const wanted = await giveUpExport(db, exportId);
      if (wanted) log.error({ err: error, exportId }, "the copy of a member's data could not be made");
    }
  };
}

export const sweepExportsJob: JobHandler<'sweep-exports'> = async (db, _payload, now) => {
  await sweepExports(db, now);
};

/** The log says of each which it was: a backup from before knows nothing of it (docs/operating.md). */
export function accountDeleter({ secret, log }: OwnDataServices): JobHandler<'delete-accounts'> {
  return async (db, _payload, now) => {
    const faults: unknown[] = [];
    let due = await findDue(db, 0 as MemberId, now);
    for (; due; due = await findDue(db, due.memberId, now)) {
      const { memberId, texts } = due;
      try {
        if (await deleteAccount(db, due, secret, now))
          log.info({ memberId, texts }, 'an account was deleted, as its member had asked');
      } catch (error) {
        // The others do not wait for what is wrong with one.
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'Accounts could not be deleted.');
  };
}
