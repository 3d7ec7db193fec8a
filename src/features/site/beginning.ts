// What is there of a new forum, for the list of what its admin does next: in one question, or as part of another.
import { ne, type SQL, sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Reader } from '../../db/connection.ts';
import { members, topics } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import { firstStepsView, type FirstStepsView } from './pages/first-steps.ts';

export interface Begun {
  readonly hasTopic: boolean;
  /** Moderators and admins, counted no further than two. */
  readonly staff: number;
}

/** As a column of any query. */
export function begunColumn(): SQL<Begun> {
  return sql<Begun>`json_build_object('hasTopic', exists (select from ${topics} where ${listedTopics()}),
    'staff', (select count(*) from (select from ${members} where ${ne(members.role, 'member')} limit 2) as staff))`;
}

/** The same, asked alone. */
export async function findBegun(db: Reader): Promise<Begun> {
  const { rows } = await db.execute<{ begun: Begun }>(sql`select ${begunColumn()} as begun`);
  return rows[0]?.begun ?? { hasTopic: false, staff: 0 };
}

/** What the admin does next; null once the forum runs without it. */
export function firstStepsOf({ site, config }: FastifyInstance, begun: Begun): FirstStepsView | null {
  const { settings, sections, memberCount } = site.current();
  const { production, siteUrl, smtpUrl } = config;
  const mailsAreSent = smtpUrl !== undefined;
  return firstStepsView({ settings, sections, memberCount, production, siteUrl, mailsAreSent, ...begun });
}
