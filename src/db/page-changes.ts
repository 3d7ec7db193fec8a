// Which kept pages a transaction makes wrong (decision 023). A transaction that wrote what visitors can see and said nothing
// changes everything; one that says what it changes vouches for all of it. It is told in the transaction, as rows that other
// processes read, and to this process once it is committed.
import { getTableName, is, type SQL, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import type { TopicId } from '../domain/ids.ts';
import * as schema from './schema/index.ts';
import type { Database, Tx } from './connection.ts';
import { insertRows } from './insert-rows.ts';
import { writtenOnce } from './named-statements.ts';

/**
 * - everything: something was hidden, edited, renamed …: no page that was kept may be shown again.
 * - grown: a topic came, or has one more reply: its own pages are wrong at once, lists may say it a moment later.
 * - voted: a score or rank changed, which all pages may say some moments later.
 */
export type PageChange =
  { readonly effect: 'everything' } | { readonly effect: 'grown' | 'voted'; readonly topicId: TopicId };

/** Said of what pages may show as late as the passing of time: it is told to nobody. */
interface NothingChanges {
  readonly effect: 'nothing';
}

export type PageChangeListener = (changes: readonly PageChange[]) => void;

/** No visitor sees anything of these; writing them changes no page that is kept. Any other table is taken to be seen. */
const UNSEEN: ReadonlySet<string> = new Set(
  [
    ...[schema.votes, schema.visits, schema.branchVisits, schema.saves, schema.followLevels, schema.drafts],
    ...[schema.notifications, schema.noticeChoices, schema.mailings],
    ...[schema.sessions, schema.signIns, schema.mailLinks, schema.emailChanges, schema.invitations],
    ...[schema.totpFactors, schema.recoveryCodes, schema.identities],
    ...[schema.passkeys, schema.passkeyHandles, schema.passkeyChallenges],
    ...[schema.memberBrowsers, schema.signUpTraces, schema.barredAddresses],
    ...[schema.dataExports, schema.dataExportParts, schema.deletions],
    ...[schema.spentBudgets, schema.pageReadings, schema.fetchedHosts, schema.upkeep],
    ...[schema.newsFeeds, schema.newsStories, schema.newsItems],
    ...[schema.queueItems, schema.queueMessages, schema.watchRules, schema.watchHits, schema.shifts],
    ...[schema.pageChanges, schema.topicsToRank],
  ].map((table) => getTableName(table)),
);
/** All others, by their names in SQL. */
export const SEEN: ReadonlySet<string> = new Set(
  Object.values(schema).flatMap((table) => {
    const name = is(table, PgTable) ? getTableName(table) : '';
    return name === '' || UNSEEN.has(name) ? [] : [name];
  }),
);

const WRITTEN = /\b(?:insert\s+into|update|delete\s+from|truncate)\s+(?:only\s+)?(?:public\.)?"?(\w+)"?/gi;

/** Whether a statement writes a table that visitors can see something of. */
export function writesWhatIsSeen(statement: string): boolean {
  return writtenBy(statement).some((name) => SEEN.has(name));
}

/** Whether a statement tells by itself what it changes. */
export function tells(statement: string): boolean {
  return writtenBy(statement).includes(getTableName(schema.pageChanges));
}

function writtenBy(statement: string): string[] {
  return [...statement.matchAll(WRITTEN)].map(([, name = '']) => name);
}

/** What one transaction changes. */
export class PageChangeRecord {
  readonly #told = new Map<string, PageChange>();
  #wroteSeen = false;
  #vouched = false;

  /** Of a statement that the transaction runs. */
  note(statement: string): void {
    this.#wroteSeen ||= writesWhatIsSeen(statement);
  }

  tell(change: PageChange | NothingChanges): void {
    this.#vouched = true;
    if (change.effect === 'nothing') return;
    this.#told.set(change.effect === 'everything' ? '' : `${change.effect} ${change.topicId}`, change);
  }

  get changes(): readonly PageChange[] {
    const told = [...this.#told.values()];
    if (told.some(({ effect }) => effect === 'everything')) return [{ effect: 'everything' }];
    return this.#wroteSeen && !this.#vouched ? [{ effect: 'everything' }] : told;
  }
}

const records = new WeakMap<Tx, PageChangeRecord>();

/** Connects a transaction with what is noted of it. */
export function recordChangesOf(tx: Tx, record: PageChangeRecord): void {
  records.set(tx, record);
}

/**
 * Says which pages a transaction changes, instead of all: whoever says it vouches that no other kept page shows what was
 * written. tests/support/page-change-watch.ts holds every transaction of every test to it.
 */
export function tellPages(tx: Tx, change: PageChange | NothingChanges): void {
  const record = records.get(tx);
  if (!record) throw new Error('Pages are told by the transaction that was begun, not by one inside it.');
  record.tell(change);
}

/** Writes what is told into the transaction, for the other processes. @param toldBy which one tells */
export async function writeChanges(tx: Tx, changes: readonly PageChange[], toldBy: string): Promise<void> {
  const rows = changes.map((change) => ({
    effect: change.effect,
    topicId: change.effect === 'everything' ? null : change.topicId,
    toldBy,
  }));
  await insertRows(tx, schema.pageChanges, rows);
}

/** How a connection tells: other processes by its name, this one through `tell`. */
export interface PageTeller {
  readonly toldBy: string;
  readonly tell: PageChangeListener;
}

const tellers = new WeakMap<Database, PageTeller>();

/** Connects a database with how it tells. */
export function tellChangesOf(db: Database, teller: PageTeller): void {
  tellers.set(db, teller);
}

/**
 * Runs one statement outside of a transaction that tells by itself which topics it changes: for rows that many write at
 * once, which are locked for as long as the statement takes and no round trip more.
 * @param variant which of the statements with this effect: it is built once
 * @param write has to run `told(rows)`, with a name of rows that have a `topic_id`, and to return those rows, with it as a
 * number
 * @param values of its parameters
 */
export async function executeTelling<Row extends { readonly topic_id: TopicId } & Record<string, unknown>>(
  db: Database,
  effect: 'grown' | 'voted',
  variant: string,
  write: (told: (rows: SQL) => SQL) => SQL,
  values: Readonly<Record<string, unknown>>,
): Promise<Row[]> {
  const teller = tellers.get(db);
  if (!teller) throw new Error('This database tells nobody.');
  const told = (rows: SQL) =>
    sql`insert into ${schema.pageChanges} (effect, topic_id, told_by) select ${sql.raw(`'${effect}'`)}, topic_id, ${sql.placeholder('toldBy')} from ${rows}`;
  const telling = writtenOnce<Row>(db, effect, () => write(told), variant);
  const { rows } = await telling.execute({ ...values, toldBy: teller.toldBy });
  const changes = rows.map(({ topic_id: topicId }) => ({ effect, topicId }));
  if (changes.length > 0) teller.tell(changes);
  return rows;
}

/** What others committed since a snapshot was taken, and the snapshot to ask with next. */
export interface HeardChanges {
  readonly changes: readonly PageChange[];
  readonly snapshot: string;
}

/** Written out, since every process asks this once a second and would else be busy with little more than putting it together. */
const HEARD = `
  select now_seen.snapshot, told.effect, told.topic_id::float8 as topic
  from (select pg_current_snapshot()::text as snapshot) as now_seen
  left join (
    select distinct page_changes.effect, page_changes.topic_id from page_changes
    where $1::pg_snapshot is not null and page_changes.written_in >= pg_snapshot_xmin($1::pg_snapshot)
      and not pg_visible_in_snapshot(page_changes.written_in, $1::pg_snapshot)
      and page_changes.told_by <> $2) as told on true`;

/**
 * Reads what other processes have told since `snapshot` (as PostgreSQL writes one; undefined: takes the first).
 * One statement, and so one snapshot: nothing is missed between two calls, in whatever order transactions commit.
 * @param hearer what this process itself tells by: it knows of that already
 */
export async function hearChanges(
  client: Pick<pg.ClientBase, 'query'>,
  hearer: string,
  snapshot?: string,
): Promise<HeardChanges> {
  const { rows } = await client.query<{
    snapshot: string;
    effect: PageChange['effect'] | null;
    topic: number;
  }>({ name: 'heard', text: HEARD, values: [snapshot ?? null, hearer] });
  return {
    snapshot: rows[0]?.snapshot ?? '',
    changes: rows.flatMap(({ effect, topic }) => {
      if (effect === null) return [];
      return [effect === 'everything' ? { effect } : { effect, topicId: topic as TopicId }];
    }),
  };
}

/** Deletes what every process has heard long ago, by the database's clock as the rows are. */
export async function sweepPageChanges(db: Pick<Tx, 'delete'>): Promise<void> {
  const { pageChanges } = schema;
  await db.delete(pageChanges).where(sql`${pageChanges.at} < now() - interval '1 hour'`);
}
