// What else is discussed where a topic stands.
import { and, desc, eq, ne } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { parameter, statementFor } from '../../../db/named-statements.ts';
import { topics } from '../../../db/schema/index.ts';
import { unmutedTopics } from '../../../db/following.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { SectionId, TopicId } from '../../../domain/ids.ts';
import type { Viewer } from '../../../domain/viewer.ts';

export interface RelatedTopic {
  readonly id: TopicId;
  readonly slug: string;
  readonly title: string;
  readonly replyCount: number;
  readonly postedAt: Date;
}

/** What else is discussed in a topic's section now. */
export async function listRelatedTopics(
  db: Reader,
  viewer: Viewer,
  topic: { readonly id: TopicId; readonly sectionId: SectionId },
): Promise<RelatedTopic[]> {
  const find = statementFor(db, viewer, 'related', (asking) =>
    db
      .select({
        id: topics.id,
        slug: topics.slug,
        title: topics.title,
        replyCount: topics.replyCount,
        postedAt: topics.postedAt,
      })
      .from(topics)
      .where(
        and(
          listedTopics(),
          unmutedTopics(asking),
          eq(topics.sectionId, parameter('section')),
          ne(topics.id, parameter('topic')),
        ),
      )
      .orderBy(desc(topics.hotRank), desc(topics.id))
      .limit(4)
      .prepare('related'),
  );
  return find({ section: topic.sectionId, topic: topic.id });
}
