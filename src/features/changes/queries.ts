// What happened to topics, from the public side of the record: newest first, by keyset. What stands nowhere for everyone
// (held posts, hidden or withdrawn replies) is not told of, but that it was hidden or withdrawn.
import { and, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { unmutedPosts, unmutedTopics } from '../../db/following.ts';
import {
  events,
  followLevels,
  members,
  posts,
  sources,
  topicRepliers,
  topics,
} from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import { LISTED_CHANGES } from '../../domain/changes.ts';
import type { ActionId, EventId, PostId, TopicId } from '../../domain/ids.ts';
import type { Member } from '../../domain/viewer.ts';

export type ChangeKind = (typeof LISTED_CHANGES)[number];

export interface ChangeRow {
  readonly id: EventId;
  readonly at: Date;
  readonly kind: ChangeKind;
  readonly topic: { readonly id: TopicId; readonly slug: string; readonly title: string };
  /** It happened to a topic that was merged into this one. */
  readonly merged: boolean;
  readonly post: {
    readonly id: PostId;
    readonly opening: boolean;
    /** Its text stands there for everyone. */
    readonly visible: boolean;
  } | null;
  /** Whoever did it to something of their own; null: a moderator, the forum, or nobody's business. */
  readonly by: string | null;
  readonly actionId: ActionId | null;
  /** The site of the source that it is about, while that stands there. */
  readonly host: string | null;
}

export interface ChangeList {
  readonly rows: readonly ChangeRow[];
  /** The last one shown, where there are more. */
  readonly next: EventId | undefined;
}

const PAGE = 50;
/** More topics than anybody takes part in at a time: those with the latest activity. */
const MOST_TOPICS = 300;

/** What happened to one topic, which the caller has opened for the viewer. */
export async function listChangesOf(
  db: Reader,
  topicId: TopicId,
  before: EventId | undefined,
): Promise<ChangeList> {
  return listChanges(db, sql`select ${topicId}::bigint as id`, before, undefined);
}

/** What others did, but those whom the member muted, to the topics that they follow, have opened or have replied in. */
export async function listFollowedChanges(
  db: Reader,
  viewer: Member,
  before: EventId | undefined,
): Promise<ChangeList> {
  const { id: memberId } = viewer;
  const levels = (level: string) => sql`select ${followLevels.topicId} from ${followLevels}
    where ${followLevels.memberId} = ${memberId} and ${followLevels.level} = ${level} and ${followLevels.topicId} is not null`;
  const followed = sql`select ${topics.id} as id from ${topics}
    where ${topics.id} in (${levels('all')}
        union select own.id from ${topics} as own where own.author_id = ${memberId}
        union select ${topicRepliers.topicId} from ${topicRepliers} where ${topicRepliers.memberId} = ${memberId})
      and ${topics.id} not in (${levels('nothing')}) and ${and(listedTopics(), unmutedTopics(viewer))}
    order by ${topics.lastActivityAt} desc limit ${MOST_TOPICS}`;
  return listChanges(db, followed, before, viewer);
}

async function listChanges(
  db: Reader,
  of: SQL,
  before: EventId | undefined,
  reader: Member | undefined,
): Promise<ChangeList> {
  const unmuted = reader && unmutedPosts(reader);
  const othersUnmuted =
    reader && unmuted
      ? sql`${events.actorId} is distinct from ${reader.id} and (${events.postId} is null or ${unmuted})`
      : sql`true`;
  const kinds = sql.param([...LISTED_CHANGES]);
  const { rows } = await db.execute<RawChange>(sql`
    with followed as materialized (${of}),
    places as (
      select ${topics.id} as id, coalesce(${topics.mergedIntoId}, ${topics.id}) as stands_in from ${topics}
      where ${topics.id} in (select id from followed)
        or ${topics.mergedIntoId} in (select id from followed) and ${topics.state} = 'visible'),
    happened as (
      select newest.*, places.stands_in from places cross join lateral (
        select ${events.id} as id, ${events.at} as at, ${events.kind} as kind, ${events.actorId} as actor_id,
          ${events.topicId} as topic_id, ${events.postId} as post_id, ${events.public} as public
        from ${events} left join ${posts} on ${posts.id} = ${events.postId}
        where ${events.topicId} = places.id and ${events.kind} = any(${kinds}::text[]) and ${events.public} is not null
          and ${before === undefined ? sql`true` : sql`${events.id} < ${before}`}
          and ${othersUnmuted}
          and (${events.postId} is null
            or ${posts.heldAt} is null and ${posts.topicId} in (places.id, places.stands_in)
              and (${events.kind} <> 'reply-posted' or ${posts.state} = 'visible'))
        order by ${events.id} desc limit ${PAGE + 1}) as newest
      order by newest.id desc limit ${PAGE + 1})
    select happened.id, happened.at, happened.kind, happened.topic_id <> happened.stands_in as merged,
      target.id as topic_id, target.slug, target.title, about.id as post_id, about.branch_id is null as opening,
      about.state = 'visible' as visible, happened.public ->> 'actionId' as action_id,
      case when cited.state <> 'removed' and own.withdrawn_at is null then cited.publisher_host end as host,
      case when coalesce(about.author_id, own.author_id) = happened.actor_id and about.withdrawn_at is null
        and own.withdrawn_at is null then actor.name end as by
    from happened join ${topics} as target on target.id = happened.stands_in
      join ${topics} as own on own.id = happened.topic_id
      left join ${posts} as about on about.id = happened.post_id
      left join ${members} as actor on actor.id = happened.actor_id
      left join ${sources} as cited on cited.id = (happened.public ->> 'sourceId')::bigint
    order by happened.id desc`);
  const shown = rows.slice(0, PAGE).map(changeRow);
  return { rows: shown, next: rows.length > PAGE ? shown.at(-1)?.id : undefined };
}

interface RawChange extends Record<string, unknown> {
  readonly id: string;
  readonly at: string;
  readonly kind: ChangeKind;
  readonly merged: boolean;
  readonly topic_id: string;
  readonly slug: string;
  readonly title: string;
  readonly post_id: string | null;
  readonly opening: boolean;
  readonly visible: boolean | null;
  readonly action_id: string | null;
  readonly host: string | null;
  readonly by: string | null;
}

function changeRow(raw: RawChange): ChangeRow {
  const { kind, merged, slug, title, opening, host, by } = raw;
  return {
    ...{ kind, merged, host, by },
    id: Number(raw.id) as EventId,
    at: new Date(raw.at),
    topic: { id: Number(raw.topic_id) as TopicId, slug, title },
    post:
      raw.post_id === null
        ? null
        : { id: Number(raw.post_id) as PostId, opening, visible: raw.visible === true },
    actionId: raw.action_id === null ? null : (Number(raw.action_id) as ActionId),
  };
}
