// Every table, for drizzle-kit and for queries.
export * from './accounts.ts';
export * from './events.ts';
export * from './factors.ts';
export * from './identities.ts';
export * from './members.ts';
export * from './moderation.ts';
export * from './passkeys.ts';
export * from './own-data.ts';
export * from './posts.ts';
export * from './sections.ts';
export * from './spent-budgets.ts';
export * from './topics.ts';
