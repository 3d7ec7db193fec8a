// What stands beside lists of the whole forum: the newest digest, the newest week, and the sections that its reader follows;
// on the front page also what somebody who begins is told.
import { and, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { statementFor, unseenParameter } from '../../../db/named-statements.ts';
import { followLevels, sections, topics, weeks } from '../../../db/schema/index.ts';
import { unmutedTopics } from '../../../db/following.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { TopicId } from '../../../domain/ids.ts';
import { LISTS } from '../../../domain/lists.ts';
import { mayAdminister } from '../../../domain/policy/administration.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { type Begun, begunColumn } from '../../site/index.ts';
import { firstReplyColumn, type FirstReplyTopic, mayBeginWithReply, waitingSince } from './first-reply.ts';
import { unreadSince, unreadTopics } from './unseen.ts';

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
  const told = {
    begins: front && mayBeginWithReply(viewer, now),
    administers: front && mayAdminister(viewer, now).allowed,
  };
  const name = `side${told.begins ? ' of who begins' : ''}${told.administers ? ' of who administers' : ''}`;
  const find = statementFor(db, viewer, name, (asking) => selectSide(db, asking, told).prepare('side'));
  const [row] = await find({
    ...unreadSince(now),
    followed: new Date(now.getTime() - LISTS.followedSpan),
    waiting: waitingSince(now),
  });
  return row ?? { digest: null, week: null, sections: [], firstReply: null, begun: null };
}

/** By the moments `answerable` and `unopened` (UnreadSince), `followed` and `waiting`: since when each counts. */
function selectSide(
  db: Reader,
  viewer: Viewer,
  { begins, administers }: { readonly begins: boolean; readonly administers: boolean },
) {
  const { id, slug, title, replyCount, postedAt } = topics;
  const digest = db
    .select({ id, slug, title, replyCount, postedAt })
    .from(topics)
    .where(and(listedTopics(), eq(topics.kind, 'digest'), unmutedTopics(viewer)))
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(1)
    .as('digest');
  return db
    .select({
      digest: {
        id: digest.id,
        slug: digest.slug,
        title: digest.title,
        replyCount: digest.replyCount,
        postedAt: digest.postedAt,
      },
      week: sql<string | null>`(select ${weeks.name} from ${weeks} order by ${weeks.startsAt} desc limit 1)`,
      sections: followedSections(viewer),
      firstReply: begins
        ? firstReplyColumn(viewer, unseenParameter('waiting', 'timestamptz'))
        : sql<null>`null`,
      begun: administers ? begunColumn() : sql<null>`null`,
    })
    .from(sql`(select) as one`)
    .leftJoin(digest, sql`true`);
}

function followedSections(viewer: Viewer): SQL<Side['sections']> {
  if (viewer.kind !== 'member') return sql<Side['sections']>`'[]'::json`;
  const followed = and(
    eq(followLevels.memberId, viewer.id),
    eq(followLevels.level, 'all'),
    sql`${followLevels.sectionId} is not null`,
  );
  const fresh = and(
    eq(topics.sectionId, sections.id),
    listedTopics(),
    gte(topics.lastActivityAt, unseenParameter('followed', 'timestamptz')),
    unreadTopics(viewer, {
      answerable: unseenParameter('answerable', 'timestamptz'),
      unopened: unseenParameter('unopened', 'timestamptz'),
    }),
    unmutedTopics(viewer),
  );
  return sql<Side['sections']>`coalesce((
    select json_agg(json_build_object('slug', ${sections.slug}, 'name', ${sections.name}, 'fresh',
      (select count(*) from (select from ${topics} where ${fresh} limit ${LISTS.newTopicsCounted + 1}) as fresh))
      order by ${sections.position})
    from ${followLevels} join ${sections} on ${sections.id} = ${followLevels.sectionId} where ${followed}), '[]'::json)`;
}
