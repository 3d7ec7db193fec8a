// The door to tags.
export { listPopularTags, listTagsOfTopic } from './queries.ts';
export { findTag, type TagDetails, TOPICS_COUNTED } from './details.ts';
export { countPlanted, plantTags } from './plant.ts';
export { type DirectoryEntry, listTags, type TagFilter } from './directory.ts';
export { findNamedTags } from './named.ts';
export { checkTag, holdTag, saveTag, type TagFacts, type TagRow } from './change-tag.ts';
export { findTagMerge, isAbove, moveTopicsBack, moveTopicsToTag, type TagMerge } from './merge-tags.ts';
export { holdTagNames, shareTagNames } from './tag-lock.ts';
export {
  findTagIds,
  importedTopicTags,
  importTags,
  setTopicTags,
  tagSlugsOf,
  type ImportedTag,
  type TagChanges,
} from './topic-tags.ts';
