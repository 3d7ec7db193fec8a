// The door to the demonstration forum: what a start in development loads into an empty database.
export { type Account } from './accounts.ts';
export { installDemonstration, isEmptyForum } from './install.ts';
