// The door to the articles that topics are about.
export {
  type CitingReply,
  findCitingReplies,
  forgetCitations,
  importedCitations,
  setCitations,
} from './citations.ts';
export { forgetAdder } from './forget.ts';
export { type FetchServices, politeFetch, type PolitelyFetched, userAgentOf } from './polite-fetch.ts';
export {
  EARLIER_TOPIC,
  type EarlierTopic,
  findAddress,
  findRecentTopicByKey,
  inOrderOfPosting,
} from './queries.ts';
export {
  correctAddress,
  putSourceBack,
  removeSource,
  restoreAddress,
  setSourcePaywall,
  setSourceRole,
} from './source-changes.ts';
export { askToRead, findReading, isFresh, type PageReading } from './readings.ts';
export { moveSources, returnSources } from './move-sources.ts';
export { addSource, importedSources, lockKey, replaceAddress, type ImportedSource } from './sources.ts';
export {
  countAddedToday,
  findSourceByKey,
  listSources,
  lockSourceRow,
  type SourceOfTopic,
} from './topic-sources.ts';
