// The undecided flags on what moderators are looking at, with who gave them and how right they were before.
import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { flags, members } from '../../../db/schema/index.ts';
import { flagAccuracy, type FlagReason, type FlagSubject } from '../../../domain/flags.ts';
import type { FlagId, MemberId, PostId, SourceId } from '../../../domain/ids.ts';
import { undecided } from './flags.ts';

export interface FlagRow {
  readonly id: FlagId;
  /** What it is on: one of these. */
  readonly postId: PostId | null;
  readonly memberId: MemberId | null;
  readonly sourceId: SourceId | null;
  readonly reason: FlagReason;
  readonly note: string;
  /** Null: a former member, or somebody who reported without an account. */
  readonly by: string | null;
  readonly byId: MemberId | null;
  /** Of a report of illegal content by the form that asks for no account: the name given, '' for none; else null. */
  readonly reporter: string | null;
  /** Share of the flagger's earlier flags that moderators agreed with, 0 to 1; null while too few are decided. */
  readonly accuracy: number | null;
  readonly weight: number;
  readonly at: Date;
}

/** The undecided flags on these subjects, oldest first. */
export async function listFlags(db: Reader, subjects: readonly FlagSubject[]): Promise<FlagRow[]> {
  if (subjects.length === 0) return [];
  const { id, postId, memberId, sourceId, reason, note, weight } = flags;
  const { flagsDecided, flagsUpheld } = members;
  const rows = await db
    .select({
      ...{ id, postId, memberId, sourceId, reason, note, weight },
      by: members.name,
      byId: flags.flaggerId,
      reporter: flags.reporterName,
      at: flags.flaggedAt,
      record: { flagsDecided, flagsUpheld },
    })
    .from(flags)
    .leftJoin(members, eq(members.id, flags.flaggerId))
    .where(and(onAny(subjects), undecided()))
    .orderBy(asc(flags.id));
  return rows.map(({ record, ...row }) => ({ ...row, accuracy: record && flagAccuracy(record) }));
}

/** On any of these: by index, however many they are. */
export function onAny(subjects: readonly FlagSubject[]) {
  const postIds = subjects.flatMap((subject) => ('postId' in subject ? [subject.postId] : []));
  const memberIds = subjects.flatMap((subject) => ('memberId' in subject ? [subject.memberId] : []));
  const sourceIds = subjects.flatMap((subject) => ('sourceId' in subject ? [subject.sourceId] : []));
  return or(
    postIds.length > 0 ? inArray(flags.postId, postIds) : undefined,
    memberIds.length > 0 ? inArray(flags.memberId, memberIds) : undefined,
    sourceIds.length > 0 ? inArray(flags.sourceId, sourceIds) : undefined,
  );
}
