// Names by their first letters.
import { and, asc, desc, ilike, ne, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { members, topicRepliers, topics } from '../../db/schema/index.ts';
import { openableTopics } from '../../db/visibility.ts';
import type { TopicId } from '../../domain/ids.ts';
import type { Member } from '../../domain/viewer.ts';

export interface NameOffer {
  readonly name: string;
  /** Whether they take part in the topic. */
  readonly here: boolean;
}

/** Fewer letters say too little about whom is meant of all members; of a topic's people they say enough. */
const LETTERS_OF_ALL = 2;

/** Others whose name begins with the letters: those who take part in the topic first, then all by name. */
export async function listNames(
  db: Reader,
  viewer: Member,
  wanted: { readonly letters: string; readonly topicId: TopicId | undefined; readonly most: number },
): Promise<NameOffer[]> {
  const { letters, topicId, most } = wanted;
  const takesPart =
    topicId === undefined
      ? sql<boolean>`false`
      : sql<boolean>`${members.id} in (
          select ${topicRepliers.memberId} from ${topicRepliers}
            join ${topics} on ${topics.id} = ${topicRepliers.topicId}
            where ${topics.id} = ${topicId} and ${openableTopics(viewer)}
          union all select ${topics.authorId} from ${topics}
            where ${topics.id} = ${topicId} and ${topics.state} = 'visible')`;
  const rows = await db
    .select({ name: members.name, here: sql<boolean>`${takesPart}`.as('here') })
    .from(members)
    .where(
      and(
        // An underscore is a letter of names, and any letter of a pattern.
        ilike(members.name, `${letters.replaceAll('_', '\\_')}%`),
        ne(members.id, viewer.id),
        letters.length < LETTERS_OF_ALL ? takesPart : undefined,
      ),
    )
    // A name that is typed whole is meant.
    .orderBy(
      desc(sql`lower(${members.name}) = ${letters.toLowerCase()}`),
      desc(sql`here`),
      asc(sql`lower(${members.name})`),
    )
    .limit(most);
  return rows;
}
