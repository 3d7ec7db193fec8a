// The words of titles and tags, by which "did you mean" corrects what is typed.
import { and, eq, sql } from 'drizzle-orm';
import { searchWords, tags, topics, topicTags } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';

/** A word of one topic alone may be a slip itself, or what somebody wrote who is hidden next. */
const FEWEST_TOPICS = 2;
/** What is no word of letters nobody misspells: numbers, addresses, keys. */
const WORD = '^[[:alpha:]]{4,30}$';

/** Makes the list anew from what everybody can see. */
export const rebuildSearchWords: JobHandler<'rebuild-search-words'> = async (db) => {
  const tagged = and(eq(topicTags.topicId, topics.id), listedTopics());
  await db.transaction(async (tx) => {
    await tx.delete(searchWords);
    await tx.execute(sql`
      insert into ${searchWords} (word, topics)
      select lexeme, count(distinct id) from (
        select ${topics.id} as id, ${topics.title} as text from ${topics} where ${listedTopics()}
        union all
        select ${topics.id}, ${tags.name} || ' ' || array_to_string(${tags.aliases}, ' ')
          from ${topicTags} join ${tags} on ${tags.id} = ${topicTags.tagId} join ${topics} on ${tagged}
      ) as named, unnest(to_tsvector('simple', translate(text, '<', ' ')))
      where lexeme ~ ${WORD}
      group by lexeme having count(distinct id) >= ${FEWEST_TOPICS}
      on conflict (word) do update set topics = excluded.topics`);
  });
};
