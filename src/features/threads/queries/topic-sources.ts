// The sources of a topic as its pages show them: one subselect, so that they cost the topic page no query of their own.
import { sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { images, sourceAliases, sourceHeadlines, sources, topics } from '../../../db/schema/index.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { MemberId, SourceId } from '../../../domain/ids.ts';
import type { SourceRole } from '../../../domain/source-roles.ts';
import type { TopicAddress } from '../../../web/paths.ts';

export interface TopicSource {
  readonly id: SourceId;
  readonly url: string;
  readonly host: string;
  readonly publisher: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly author: string | null;
  readonly language: string | null;
  readonly role: SourceRole;
  readonly paywall: boolean;
  readonly wrapper: boolean;
  readonly dead: boolean;
  /** Moments as JSON has them. */
  readonly publishedAt: string | null;
  readonly addedAt: string;
  /** Null: a former member. */
  readonly addedById: MemberId | null;
  readonly image: { readonly hash: string; readonly width: number; readonly height: number } | null;
  /** The headline before the present one; null: it was always this. */
  readonly earlierHeadline: string | null;
  /** Other topics about the same article, the newest first. */
  readonly alsoIn: readonly (TopicAddress & { readonly title: string; readonly postedAt: string })[];
}

/** So many other topics about the same article are named. */
const MOST_ALSO = 3;

/** For a select that has `topics`: the primary documents first, the rest by time. */
export function sourcesOfTopic(): SQL<readonly TopicSource[]> {
  return sql`case when ${topics.withdrawnAt} is not null then '[]'::json else coalesce((select json_agg(json_build_object(
      'id', ${sources.id}, 'url', ${sources.url}, 'host', ${sources.publisherHost}, 'publisher', ${sources.publisher},
      'title', ${sources.title}, 'description', ${sources.description}, 'author', ${sources.author},
      'language', ${sources.language}, 'role', ${sources.role}, 'paywall', ${sources.paywall},
      'wrapper', ${sources.wrapper}, 'dead', ${sources.state} = 'dead', 'publishedAt', ${sources.publishedAt},
      'addedAt', ${sources.addedAt}, 'addedById', ${sources.addedById}, 'image', ${image},
      'earlierHeadline', ${earlierHeadline}, 'alsoIn', coalesce(${alsoIn()}, '[]'::json))
    order by ${sources.role} = 'primary' desc, coalesce(${sources.publishedAt}, ${sources.addedAt}), ${sources.id})
    from ${sources} where ${sources.topicId} = ${topics.id} and ${sources.state} <> 'removed'), '[]'::json) end`;
}

const image = sql`(select json_build_object('hash', ${images.hash}, 'width', ${images.width}, 'height', ${images.height})
  from ${images} where ${images.id} = ${sources.imageId})`;

const earlierHeadline = sql`(select ${sourceHeadlines.title} from ${sourceHeadlines}
  where ${sourceHeadlines.sourceId} = ${sources.id} and ${sourceHeadlines.title} <> ${sources.title}
  order by ${sourceHeadlines.id} desc limit 1)`;

/** Every name of the article is compared with every address and name of others: by index, whatever there is. */
function alsoIn(): SQL {
  const other = alias(sources, 'other');
  const name = alias(sourceAliases, 'name');
  return sql`(select json_agg(also) from (
    select ${topics.id} as id, ${topics.slug} as slug, ${topics.title} as title, ${topics.postedAt} as "postedAt"
    from ${topics} where ${topics.id} <> ${sources.topicId} and ${listedTopics()} and ${topics.id} in (
      select ${other.topicId} from ${sources} as other where ${other.urlKey} = ${sources.urlKey} and ${other.state} <> 'removed'
      union select ${other.topicId} from ${sourceAliases} as name join ${sources} as other on ${other.urlKey} = ${name.urlKey}
        where ${name.sourceId} = ${sources.id} and ${other.state} <> 'removed'
      union select ${other.topicId} from ${sourceAliases} as name join ${sources} as other on ${other.id} = ${name.sourceId}
        where ${name.urlKey} = ${sources.urlKey} and ${other.state} <> 'removed')
    order by ${topics.postedAt} desc, ${topics.id} desc limit ${sql.raw(String(MOST_ALSO))}) as also)`;
}
