// Notifications, for other features.
export { countUnread } from './queries.ts';
