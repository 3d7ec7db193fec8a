// The state of a topic or post, derived by the database from its three owners' columns (DESIGN section 4):
// hidden (moderators) over held (approval) over withdrawn (author) over visible. domain/state.ts is the same rule in TypeScript.
import { sql } from 'drizzle-orm';

export const derivedState = sql`case when hidden_at is not null then 'hidden' when held_at is not null then 'held' when withdrawn_at is not null then 'withdrawn' else 'visible' end`;
