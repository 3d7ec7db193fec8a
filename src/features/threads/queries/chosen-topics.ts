// Rows of topics that somebody has chosen: a list whose order is not one of the columns.
import { and, inArray } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { topics } from '../../../db/schema/index.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { TopicId } from '../../../domain/ids.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { selectTopics, type TopicRow } from './topic-rows.ts';

/** Those of the topics that stand in lists, in the order of the ids. */
export async function listTopicsById(
  db: Reader,
  viewer: Viewer,
  ids: readonly TopicId[],
): Promise<TopicRow[]> {
  if (ids.length === 0) return [];
  const rows = await selectTopics(db, viewer).where(and(listedTopics(), inArray(topics.id, ids)));
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
