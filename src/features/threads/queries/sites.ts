// What is known of a site: what everybody can see of its articles here, as figures.
import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { followLevelOf } from '../../../db/following.ts';
import { sources } from '../../../db/schema/index.ts';
import { isListed } from '../../../db/visibility.ts';
import type { FollowLevel } from '../../../domain/following.ts';
import { SOURCE_ROLES, type SourceRole } from '../../../domain/source-roles.ts';
import type { Viewer } from '../../../domain/viewer.ts';

export interface SiteFacts {
  readonly topics: number;
  readonly sources: number;
  readonly byRole: Readonly<Record<SourceRole, number>>;
  /** Of the sources, those that are gone from their address. */
  readonly dead: number;
  /** When the first of them was added; null: there is none. */
  readonly firstAt: Date | null;
  /** What the viewer has chosen to hear of it. */
  readonly level: FollowLevel | null;
}

/** What is known of the site with this canonical name; all zero where nobody has posted an article from it. */
export async function findSite(db: Reader, viewer: Viewer, host: string): Promise<SiteFacts> {
  const counted = (condition?: SQL) =>
    sql<number>`count(*)${condition ? sql` filter (where ${condition})` : sql``}::int`;
  const byRole = SOURCE_ROLES.map((role) => [role, counted(eq(sources.role, role))] as const);
  const [row] = await db
    .select({
      topics: sql<number>`count(distinct ${sources.topicId})::int`,
      sources: counted(),
      byRole: Object.fromEntries(byRole) as Record<SourceRole, SQL<number>>,
      dead: counted(eq(sources.state, 'dead')),
      firstAt: sql<Date | null>`min(${sources.addedAt})`.mapWith(sources.addedAt),
      level: followLevelOf(viewer, { host }),
    })
    .from(sources)
    .where(and(eq(sources.publisherHost, host), ne(sources.state, 'removed'), isListed(sources.topicId)));
  if (!row) throw new Error('PostgreSQL returned no row for an aggregate.');
  return row;
}
