// Notifications, for other features.
export { forgetTeller, markPostsRead, moveWithPosts, unreadOfPosts } from './commands.ts';
export type { NotificationRow } from './rows.ts';
export { loadForMail, takeForMail } from './take-for-mail.ts';
