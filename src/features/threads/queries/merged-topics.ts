// The topics that were merged into one, as its page shows them: what their opening posts said is not lost.
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { hides, members, posts, topics } from '../../../db/schema/index.ts';
import { readableText } from '../../../db/visibility.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import type { State } from '../../../domain/state.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { hideNotice, type HideNotice, memberIdWhere } from './blanks.ts';

export interface MergedTopic {
  readonly id: TopicId;
  readonly openingPostId: PostId;
  /** Null when the viewer may not read what it says. */
  readonly title: string | null;
  readonly bodyHtml: SafeHtml | null;
  /** Null: a former member, or one who withdrew it. */
  readonly authorId: MemberId | null;
  readonly authorName: string | null;
  readonly postedAt: string;
  readonly editedAt: string | null;
  readonly state: State;
  readonly withdrawnAt: string | null;
  readonly hide: HideNotice | null;
}

/** The topics that were merged into the one with this id, the oldest first: as JSON, a part of the query for its page. */
export function mergedTopics(db: Reader, viewer: Viewer, intoId: TopicId): SQL<readonly MergedTopic[]> {
  const { id, title } = topics;
  const { authorId, postedAt, editedAt, state, withdrawnAt } = posts;
  const facts: Record<keyof MergedTopic, unknown> = {
    id,
    openingPostId: posts.id,
    title: readableText(viewer, title),
    bodyHtml: readableText(viewer, posts.bodyHtml),
    authorId: memberIdWhere(isNull(withdrawnAt), authorId),
    authorName: members.name,
    postedAt,
    editedAt,
    state,
    withdrawnAt,
    hide: hideNotice(and(eq(hides.topicId, id)) as SQL),
  };
  const pairs = Object.entries(facts).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`);
  const list = sql`coalesce(json_agg(json_build_object(${sql.join(pairs, sql`, `)}) order by ${asc(id)}), '[]'::json)`;
  const query = db
    .select({ list: sql`${list}` })
    .from(topics)
    .innerJoin(posts, eq(posts.id, topics.openingPostId))
    .leftJoin(members, and(eq(members.id, posts.authorId), isNull(posts.withdrawnAt)))
    .where(eq(topics.mergedIntoId, intoId));
  return sql`(${query})`;
}
