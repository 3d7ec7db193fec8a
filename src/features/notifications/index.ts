// Notifications, for other features.
export { notify, type NewNotification } from './commands.ts';
export { countUnread } from './queries.ts';
