// What members suggest, as rows: one open suggestion of a kind by each member about each thing. Who may suggest, and what
// applies it, is decided by the features that ask (sources, corrections); the topic's lock is theirs to hold.
import { and, asc, count, eq, gte, inArray, isNull, ne } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { members, type SuggestionKind, type SuggestionOutcome, suggestions } from '../../db/schema/index.ts';
import { barredUntil } from '../../db/standing.ts';
import type { MemberId, SourceId, SuggestionId, TopicId } from '../../domain/ids.ts';
import { SUGGESTIONS } from '../../domain/limits.ts';
import { startOfDay } from '../../domain/times.ts';
import { renewAsked } from './asked.ts';
import { isOpenAbout, type SuggestionSubject } from './subject.ts';

export {
  type Asked,
  declineSuggestions,
  findAsked,
  isAsked,
  ofTopicItem,
  settleSuggestion,
} from './asked.ts';
export type { SuggestionSubject } from './subject.ts';

export interface Suggestion {
  readonly subject: SuggestionSubject;
  readonly memberId: MemberId;
  /** In one spelling: two suggestions are the same when these are. */
  readonly value: string;
  /** As it was typed. */
  readonly shown: string;
  readonly now: Date;
}

/** What enough members have said. */
export interface Agreement {
  readonly suggestionIds: readonly SuggestionId[];
  /** As the first of them typed it. */
  readonly shown: string;
}

/**
 * Notes what a member suggests, in place of what they suggested before about the same.
 * @returns what is to be applied, when enough members say the same now; their suggestions are closed then.
 */
export async function suggest(tx: Tx, suggestion: Suggestion): Promise<Agreement | undefined> {
  const { subject, memberId, value, shown, now } = suggestion;
  const earlier = await takeBack(tx, { subject, memberId, now, unless: value });
  const added = await tx
    .insert(suggestions)
    .values({ ...subject, memberId, value, shown, suggestedAt: now })
    .onConflictDoNothing();
  if (earlier + (added.rowCount ?? 0) > 0) await renewAsked(tx, subject, now);
  // What somebody said who may say nothing now waits until they may.
  const same = await tx
    .select({ id: suggestions.id, shown: suggestions.shown })
    .from(suggestions)
    .innerJoin(members, eq(members.id, suggestions.memberId))
    .where(and(isOpenAbout(subject), eq(suggestions.value, value), isNull(barredUntil(now))))
    .orderBy(asc(suggestions.id));
  if (same.length < SUGGESTIONS.agreeing) return undefined;
  const suggestionIds = same.map(({ id }) => id);
  await close(tx, suggestionIds, 'applied', now);
  await closeOutdated(tx, subject, now);
  return { suggestionIds, shown: same[0]!.shown };
}

interface TakingBack {
  readonly subject: SuggestionSubject;
  readonly memberId: MemberId;
  readonly now: Date;
}

/** Takes back what a member suggests about this. */
export async function takeBackSuggestion(tx: Tx, order: TakingBack): Promise<void> {
  if ((await takeBack(tx, order)) > 0) await renewAsked(tx, order.subject, order.now);
}

/** @param order.unless it is this */
async function takeBack(tx: Tx, order: TakingBack & { readonly unless?: string }): Promise<number> {
  const { subject, memberId, now, unless } = order;
  const { rowCount } = await tx
    .update(suggestions)
    .set({ closedAt: now, outcome: 'taken_back' })
    .where(
      and(
        isOpenAbout(subject),
        eq(suggestions.memberId, memberId),
        unless === undefined ? undefined : ne(suggestions.value, unless),
      ),
    );
  return rowCount ?? 0;
}

/** Closes what is still suggested about something that was changed otherwise. */
export async function closeOutdated(tx: Tx, subject: SuggestionSubject, now: Date): Promise<void> {
  const closed = await tx
    .update(suggestions)
    .set({ closedAt: now, outcome: 'outdated' })
    .where(isOpenAbout(subject));
  if ((closed.rowCount ?? 0) > 0) await renewAsked(tx, subject, now);
}

async function close(
  tx: Tx,
  ids: readonly SuggestionId[],
  outcome: SuggestionOutcome,
  now: Date,
): Promise<void> {
  await tx
    .update(suggestions)
    .set({ closedAt: now, outcome })
    .where(inArray(suggestions.id, [...ids]));
}

/** What some members suggest: how many, and whether the viewer is one of them. */
export interface OpenSuggestion {
  readonly kind: SuggestionKind;
  readonly value: string;
  readonly shown: string;
  readonly members: number;
  readonly own: boolean;
}

/** What is suggested about a topic (`sourceId` null) or one of its sources, by whom the viewer is never told. */
export async function listOpenSuggestions(
  db: Reader,
  about: { readonly topicId: TopicId; readonly sourceId: SourceId | null },
  viewerId: MemberId,
): Promise<OpenSuggestion[]> {
  const rows = await db
    .select()
    .from(suggestions)
    .where(
      and(
        eq(suggestions.topicId, about.topicId),
        about.sourceId === null ? isNull(suggestions.sourceId) : eq(suggestions.sourceId, about.sourceId),
        isNull(suggestions.closedAt),
      ),
    )
    .orderBy(asc(suggestions.id));
  const alike = Map.groupBy(rows, ({ kind, value }) => `${kind} ${value}`);
  return [...alike.values()].map((group) => ({
    kind: group[0]!.kind,
    value: group[0]!.value,
    shown: group[0]!.shown,
    members: group.length,
    own: group.some(({ memberId }) => memberId === viewerId),
  }));
}

/** How many a member has made since midnight (UTC), whatever became of them. */
export async function countSuggestedToday(db: Reader, memberId: MemberId, now: Date): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(suggestions)
    .where(and(eq(suggestions.memberId, memberId), gte(suggestions.suggestedAt, startOfDay(now))));
  return row?.n ?? 0;
}
