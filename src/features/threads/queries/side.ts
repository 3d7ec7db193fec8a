// What stands beside lists of the whole forum: the newest digest, the newest week, and the sections that its reader follows;
// on the front page also what somebody who begins is told.
import { and, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { fixedLimit } from '../../../db/named-statements.ts';
import { followLevels, sections, topics, weeks } from '../../../db/schema/index.ts';
import { unmutedTopics } from '../../../db/following.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { TopicId } from '../../../domain/ids.ts';
import { LISTS } from '../../../domain/lists.ts';
import { mayAdminister } from '../../../domain/policy/administration.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { type Begun, begunColumn } from '../../site/index.ts';
import { firstReplyColumn, type FirstReplyTopic } from './first-reply.ts';
import { unreadTopics } from './unseen.ts';

export interface Side {
  readonly digest: {
    readonly id: TopicId;
    readonly slug: string;
    readonly title: string;
    readonly replyCount: number;
    readonly postedAt: Date;
  } | null;
  /** Its name; null: no week is over yet. */
  readonly week: string | null;
  /** In the forum's order. */
  readonly sections: readonly {
    readonly slug: string;
    readonly name: string;
    /** Topics of the last days that the viewer has not seen all of, at most one more than is counted. */
    readonly fresh: number;
  }[];
  /** What a member who has written nothing yet could answer. */
  readonly firstReply: FirstReplyTopic | null;
  /** For admins: what there is of a new forum. */
  readonly begun: Begun | null;
}

/** All of it in one question. */
export async function findSide(
  db: Reader,
  viewer: Viewer,
  now: Date,
  { front }: { readonly front: boolean },
): Promise<Side> {
  const { id, slug, title, replyCount, postedAt } = topics;
  const digest = db
    .select({ id, slug, title, replyCount, postedAt })
    .from(topics)
    .where(and(listedTopics(), eq(topics.kind, sql`'digest'`), unmutedTopics(viewer)))
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(fixedLimit(1))
    .as('digest');
  const [row] = await db
    .select({
      digest: {
        id: digest.id,
        slug: digest.slug,
        title: digest.title,
        replyCount: digest.replyCount,
        postedAt: digest.postedAt,
      },
      week: sql<string | null>`(select ${weeks.name} from ${weeks} order by ${weeks.startsAt} desc limit 1)`,
      sections: followedSections(viewer, now),
      firstReply: front ? firstReplyColumn(viewer, now) : sql<null>`null`,
      begun: front && mayAdminister(viewer, now).allowed ? begunColumn() : sql<null>`null`,
    })
    .from(sql`(select) as one`)
    .leftJoin(digest, sql`true`)
    .prepare('side')
    .execute();
  return row ?? { digest: null, week: null, sections: [], firstReply: null, begun: null };
}

function followedSections(viewer: Viewer, now: Date): SQL<Side['sections']> {
  if (viewer.kind !== 'member') return sql<Side['sections']>`'[]'::json`;
  const followed = and(
    eq(followLevels.memberId, viewer.id),
    eq(followLevels.level, 'all'),
    sql`${followLevels.sectionId} is not null`,
  );
  const fresh = and(
    eq(topics.sectionId, sections.id),
    listedTopics(),
    gte(topics.lastActivityAt, new Date(now.getTime() - LISTS.followedSpan)),
    unreadTopics(viewer, now),
    unmutedTopics(viewer),
  );
  return sql<Side['sections']>`coalesce((
    select json_agg(json_build_object('slug', ${sections.slug}, 'name', ${sections.name}, 'fresh',
      (select count(*) from (select from ${topics} where ${fresh} limit ${LISTS.newTopicsCounted + 1}) as fresh))
      order by ${sections.position})
    from ${followLevels} join ${sections} on ${sections.id} = ${followLevels.sectionId} where ${followed}), '[]'::json)`;
}
