// Notifications, for other features.
export { forgetTeller } from './commands.ts';
export { countUnread } from './queries.ts';
