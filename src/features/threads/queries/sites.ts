// What is known of a site: what everybody can see of its articles here, as figures.
import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { mutes, sources, topics } from '../../../db/schema/index.ts';
import { listedTopics } from '../../../db/visibility.ts';
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
  /** Whether the viewer has muted it. */
  readonly muted: boolean;
}

/** What is known of the site with this canonical name; all zero where nobody has posted an article from it. */
export async function findSite(db: Reader, viewer: Viewer, host: string): Promise<SiteFacts> {
  const counted = (condition?: SQL) =>
    sql<number>`count(*)${condition ? sql` filter (where ${condition})` : sql``}::int`;
  const byRole = SOURCE_ROLES.map((role) => [role, counted(eq(sources.role, role))] as const);
  const ofViewer = viewer.kind === 'member' ? eq(mutes.memberId, viewer.id) : sql`false`;
  const ofSite = and(ofViewer, eq(mutes.kind, 'site'), eq(mutes.value, host));
  const [row] = await db
    .select({
      topics: sql<number>`count(distinct ${sources.topicId})::int`,
      sources: counted(),
      byRole: Object.fromEntries(byRole) as Record<SourceRole, SQL<number>>,
      dead: counted(eq(sources.state, 'dead')),
      firstAt: sql<Date | null>`min(${sources.addedAt})`.mapWith(sources.addedAt),
      muted: sql<boolean>`exists (select from ${mutes} where ${ofSite})`,
    })
    .from(sources)
    .innerJoin(topics, eq(topics.id, sources.topicId))
    .where(and(eq(sources.publisherHost, host), ne(sources.state, 'removed'), listedTopics()));
  if (!row) throw new Error('PostgreSQL returned no row for an aggregate.');
  return row;
}
