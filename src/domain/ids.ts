// Branded ids: a TopicId cannot be passed where a PostId is wanted. Keys are bigint identities read as numbers.

declare const brand: unique symbol;
type Id<Name extends string> = number & { readonly [brand]: Name };

export type MemberId = Id<'member'>;
export type TopicId = Id<'topic'>;
export type PostId = Id<'post'>;
export type SectionId = Id<'section'>;
export type TagId = Id<'tag'>;
export type SourceId = Id<'source'>;
export type HeadlineId = Id<'headline'>;
export type ImageId = Id<'image'>;
export type SuggestionId = Id<'suggestion'>;
export type NewsFeedId = Id<'newsFeed'>;
export type NewsItemId = Id<'newsItem'>;
export type NewsStoryId = Id<'newsStory'>;
export type RevisionId = Id<'revision'>;
export type ActionId = Id<'action'>;
export type FlagId = Id<'flag'>;
export type QueueItemId = Id<'queueItem'>;
export type QueueMessageId = Id<'queueMessage'>;
export type WatchRuleId = Id<'watchRule'>;
export type EventId = Id<'event'>;
export type IdentityId = Id<'identity'>;
export type NotificationId = Id<'notification'>;
export type PasskeyId = Id<'passkey'>;
export type DataExportId = Id<'dataExport'>;
export type FollowLevelId = Id<'followLevel'>;
export type WeekId = Id<'week'>;
export type DraftId = Id<'draft'>;

/**
 * Reads an id out of an address or a form field.
 * @returns the id, or undefined when the text is not a positive integer that a number holds exactly.
 */
export function readId<T extends Id<string>>(text: unknown): T | undefined {
  if (typeof text !== 'string' || !/^[1-9]\d{0,15}$/.test(text)) return undefined;
  const id = Number(text);
  return Number.isSafeInteger(id) ? (id as T) : undefined;
}
