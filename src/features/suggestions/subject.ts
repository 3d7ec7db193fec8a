// What a suggestion is about, and the open ones about it.
import { and, eq, isNull } from 'drizzle-orm';
import { suggestions } from '../../db/schema/index.ts';
import type { SourceId, TopicId } from '../../domain/ids.ts';

/** What a suggestion is about: a topic's title or tags, or a source's address or role. */
export type SuggestionSubject =
  | { readonly kind: 'title' | 'tags'; readonly topicId: TopicId }
  | { readonly kind: 'address' | 'role'; readonly topicId: TopicId; readonly sourceId: SourceId };

/** Suggestions of everybody that still wait. */
export function isOpenAbout(subject: SuggestionSubject) {
  return and(
    eq(suggestions.topicId, subject.topicId),
    eq(suggestions.kind, subject.kind),
    'sourceId' in subject ? eq(suggestions.sourceId, subject.sourceId) : undefined,
    isNull(suggestions.closedAt),
  );
}
