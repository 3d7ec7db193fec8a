// What the administration pages show: sections with whether they can go, members found by name, and the staff.
import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import { after, type Cursor } from '../../db/cursor.ts';
import type { Reader } from '../../db/connection.ts';
import { members, sections, topics } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import type { Role } from '../../domain/viewer.ts';
import type { Section } from '../../web/site.ts';

export interface SectionRow extends Section {
  /** No topic belongs to it, in whatever state. */
  readonly empty: boolean;
}

/** All sections in their order, from the database and not from memory: an admin sees what is there now. */
export function listSections(db: Reader): Promise<readonly SectionRow[]> {
  const itsTopics = db
    .select({ one: sql`1` })
    .from(topics)
    .where(eq(topics.sectionId, sections.id));
  return db
    .select({
      id: sections.id,
      slug: sections.slug,
      name: sections.name,
      description: sections.description,
      modifier: sections.modifier,
      empty: sql<boolean>`not exists ${itsTopics}`,
    })
    .from(sections)
    .orderBy(asc(sections.position), asc(sections.id));
}

export interface MemberRow {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly joinedAt: Date;
}

const memberColumns = { id: members.id, name: members.name, role: members.role, joinedAt: members.joinedAt };

/** Members whose name begins like this, the exact match first, at most `limit`. */
export function listMembersNamed(db: Reader, name: string, limit: number): Promise<readonly MemberRow[]> {
  return db
    .select(memberColumns)
    .from(members)
    .where(sql`starts_with(${members.nameKey}, ${nameKey(name)})`)
    .orderBy(asc(members.nameKey))
    .limit(limit);
}

/** Moderators and admins, those who joined last first, at most `limit` after the cursor. */
export function listStaff(
  db: Reader,
  cursor: Cursor | undefined,
  limit: number,
): Promise<readonly MemberRow[]> {
  return db
    .select(memberColumns)
    .from(members)
    .where(and(ne(members.role, 'member'), after(cursor, members.joinedAt, members.id)))
    .orderBy(desc(members.joinedAt), desc(members.id))
    .limit(limit);
}

/** How many admins there are. */
export function countAdmins(db: Reader): Promise<number> {
  return db.$count(members, eq(members.role, 'admin'));
}

export async function findMember(db: Reader, id: MemberId): Promise<MemberRow | undefined> {
  const [member] = await db.select(memberColumns).from(members).where(eq(members.id, id));
  return member;
}
