// The door for showing: rows of topics as other features' pages show them.
export { topicRow, type TopicRowView } from './pages/list.ts';
export { type ReplyView, replyViews } from './pages/reply.ts';
export {
  flagHrefs,
  postedWith,
  sourceAnchor,
  sourceView,
  sourceViews,
  type SourceView,
} from './pages/topic-sources.ts';
