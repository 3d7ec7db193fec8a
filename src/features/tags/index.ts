// The door to tags.
export { findTag, listPopularTags, listTagsOfTopic } from './queries.ts';
export {
  importedTopicTags,
  importTags,
  setTopicTags,
  type ImportedTag,
  type TagChanges,
} from './topic-tags.ts';
