// Suggestions that members did not agree on and that moderators are asked about: all that are open about a topic are one
// piece of their work.
import { and, eq, isNull, not, sql, type SQL } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { sources, suggestions } from '../../db/schema/index.ts';
import type { SourceId, SuggestionId, TopicId } from '../../domain/ids.ts';
import { closeItemAbout, bumpItemsAbout } from '../queue-items/index.ts';
import { isOpenAbout, type SuggestionSubject } from './subject.ts';

/** The open suggestions of a topic's item. Addresses for an aggregator's link are put before moderators with the link. */
export function ofTopicItem(): SQL {
  const hidesPublisher = sql`exists (select from ${sources} where ${sources.id} = ${suggestions.sourceId} and ${sources.wrapper})`;
  const isForLink = and(eq(suggestions.kind, 'address'), hidesPublisher) as SQL;
  return and(isNull(suggestions.closedAt), not(isForLink)) as SQL;
}

/** Whether a topic has suggestions that moderators are asked about, or will be. */
export async function isAsked(db: Reader, topicId: TopicId): Promise<boolean> {
  const [one] = await db
    .select({ id: suggestions.id })
    .from(suggestions)
    .where(and(eq(suggestions.topicId, topicId), ofTopicItem()))
    .limit(1);
  return one !== undefined;
}

/** Whoever has the item before them has not seen what is suggested now; without any there is nothing left to decide. */
export async function renewAsked(tx: Tx, subject: SuggestionSubject, now: Date): Promise<void> {
  const { topicId } = subject;
  if (subject.kind === 'address') await bumpItemsAbout(tx, { sourceId: subject.sourceId }, 'link');
  if (await isAsked(tx, topicId)) await bumpItemsAbout(tx, { topicId }, 'suggestion');
  else await closeItemAbout(tx, { topicId }, { kind: 'suggestion', actionId: null, now });
}

export interface Asked {
  readonly subject: SuggestionSubject;
  readonly value: string;
  readonly shown: string;
}

/** An open suggestion about a topic or one of its sources. Undefined when it waits no more. */
export async function findAsked(
  db: Reader,
  id: SuggestionId,
  about: { readonly topicId: TopicId } | { readonly sourceId: SourceId },
): Promise<Asked | undefined> {
  const [row] = await db
    .select()
    .from(suggestions)
    .where(
      and(
        eq(suggestions.id, id),
        isNull(suggestions.closedAt),
        'topicId' in about
          ? eq(suggestions.topicId, about.topicId)
          : eq(suggestions.sourceId, about.sourceId),
      ),
    );
  if (!row) return undefined;
  const { kind, topicId, sourceId, value, shown } = row;
  const subject: SuggestionSubject =
    kind === 'title' || kind === 'tags'
      ? { kind, topicId }
      : { kind, topicId, sourceId: sourceId as SourceId };
  return { subject, value, shown };
}

/** Notes that a moderator took up what some members said; what else was said about the same is closed by the change. */
export async function settleSuggestion(
  tx: Tx,
  { subject, value }: Pick<Asked, 'subject' | 'value'>,
  now: Date,
): Promise<void> {
  await tx
    .update(suggestions)
    .set({ closedAt: now, outcome: 'applied' })
    .where(and(isOpenAbout(subject), eq(suggestions.value, value)));
}

/** Notes that moderators leave a topic, or the address of one of its links, as it is. */
export async function declineSuggestions(
  tx: Tx,
  about: { readonly topicId: TopicId } | { readonly sourceId: SourceId },
  now: Date,
): Promise<void> {
  await tx
    .update(suggestions)
    .set({ closedAt: now, outcome: 'declined' })
    .where(
      'topicId' in about
        ? and(eq(suggestions.topicId, about.topicId), ofTopicItem())
        : and(
            eq(suggestions.sourceId, about.sourceId),
            eq(suggestions.kind, 'address'),
            isNull(suggestions.closedAt),
          ),
    );
}
