// Who posted what a rule finds, as far as one press can suspend them.
import type { WrittenPost } from './queries/written.ts';

/** Those who can be suspended for what they posted: new members who are not already. */
export function newMembersOf(posts: readonly WrittenPost[]) {
  const authors = posts.map(({ author }) => author).filter(({ isNew, isSuspended }) => isNew && !isSuspended);
  return [...new Set(authors.map(({ id }) => id))].sort((a, b) => a - b);
}
