// The opening post of a merged topic stands on the page of the topic that it was merged into: whoever answers or upvotes it
// means that topic.
import { eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { topics } from '../../../db/schema/index.ts';
import type { PostId } from '../../../domain/ids.ts';

const merged = alias(topics, 'merged');
const target = alias(topics, 'target');

/** The id of the post that is meant by this one: itself, unless it opens a merged topic. */
export function standingPost(id: PostId): SQL {
  return sql`coalesce((select ${target.openingPostId} from ${topics} as merged
    join ${topics} as target on ${eq(target.id, merged.mergedIntoId)} where ${eq(merged.openingPostId, id)}), ${id})`;
}
