// Settings, sections and the two facts about members that every page's frame depends on.
import { sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { members, sections, settings } from '../../db/schema/index.ts';
import { checkSettings, DEFAULT_SETTINGS, type Settings } from '../../domain/settings.ts';
import type { Section, Site } from '../../web/site.ts';
import { iconOf } from './icon.ts';
import { themeOf } from './theme.ts';

type Stored = Readonly<Record<string, unknown>>;

interface LoadedSite extends Stored {
  readonly stored: Stored | null;
  readonly sections: readonly Section[];
  readonly memberCount: number;
  readonly hasAdmin: boolean;
}

/** Up to here members are counted, which is where limits ask; beyond it PostgreSQL's own estimate will do. */
const COUNTED_MEMBERS = 100;

/** The forum as every page needs it, in one query. */
export async function loadSite(db: Reader): Promise<Site> {
  const { rows } = await db.execute<LoadedSite>(sql`select
    (select ${settings.values} from ${settings}) as "stored",
    (select coalesce(json_agg(json_build_object('id', ${sections.id}, 'slug', ${sections.slug}, 'name', ${sections.name},
        'description', ${sections.description}, 'modifier', ${sections.modifier})
        order by ${sections.position}, ${sections.id}), '[]') from ${sections}) as "sections",
    (select case when counted < ${COUNTED_MEMBERS} then counted
        else greatest(counted, (select reltuples from pg_class where oid = 'members'::regclass)) end
      from (select count(*) as counted from (select from ${members} limit ${COUNTED_MEMBERS}) as first_members) as members_counted)::int as "memberCount",
    exists (select from ${members} where ${members.role} = 'admin') as "hasAdmin"`);
  const row = rows[0];
  if (!row) throw new Error('PostgreSQL answered a query of one row with none.');
  const current = settingsFrom(row.stored ?? {});
  return {
    settings: current,
    sections: row.sections,
    memberCount: row.memberCount,
    needsSetup: !row.hasAdmin,
    theme: themeOf(current.accent),
    icon: iconOf(current.accent),
  };
}

export interface StoredSettings {
  readonly settings: Settings;
  /** Raised by every change; 0 while no row is stored. */
  readonly version: number;
}

/** The settings with their version, for whoever is about to change them. */
export async function loadSettings(db: Reader): Promise<StoredSettings> {
  const [row] = await db.select({ values: settings.values, version: settings.version }).from(settings);
  return { settings: settingsFrom({ ...row?.values }), version: row?.version ?? 0 };
}

/** Settings out of a stored row: what it lacks, and what the rules of a later version refuse, has its default. */
function settingsFrom(stored: Stored): Settings {
  const check = checkSettings(stored);
  if (check.ok) return check.settings;
  const { faults } = check;
  const sound = checkSettings(
    Object.fromEntries(Object.entries(stored).filter(([name]) => !(name in faults))),
  );
  return sound.ok ? sound.settings : DEFAULT_SETTINGS;
}
