// Statements of the pages that are asked for most have names: PostgreSQL then plans them once a connection, where planning
// takes several times as long as running; so do those of writing and of what follows it. Named are those of drizzle that are
// prepared: `….prepare('topic').execute()`, and those of `executeNamed`.
import { hash } from 'node:crypto';
import { type Column, type Placeholder, sql, type SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import pg from 'pg';
import type { MemberId } from '../domain/ids.ts';
import type { Member, Viewer } from '../domain/viewer.ts';
import type { Reader } from './connection.ts';
import { readsRowsQuickly } from './row-reading.ts';

/**
 * Makes the names of a connection's statements distinct: who asks (a visitor, a member, a moderator) and how changes the
 * text of a statement, and one name may stand for one text alone. What is named must have few texts, since each is kept for
 * as long as the connection: lists of ids come as one parameter.
 * @param kept false behind a transaction pooler, where the next statement may run on another connection: none has a name.
 */
export function nameStatements(client: pg.PoolClient, kept: boolean): void {
  const named = (asked: unknown, ...rest: unknown[]): unknown => {
    const { query } = pg.Client.prototype as { query: (this: unknown, ...given: unknown[]) => unknown };
    const renamed = isNamed(asked) ? { ...asked, name: kept ? nameOf(asked) : undefined } : asked;
    return query.call(client, renamed, ...rest);
  };
  Object.assign(client, { query: named });
}

interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

function isNamed(asked: unknown): asked is NamedStatement {
  return (
    typeof asked === 'object' && asked !== null && typeof (asked as { name?: unknown }).name === 'string'
  );
}

/** By their texts, of which there are as few as nameStatements asks for: to hash one each time takes longer than to find it. */
const distinctNames = new Map<string, string>();

/** At most 63 bytes, as names in PostgreSQL are, those of the job queue included. */
function nameOf({ name, text }: NamedStatement): string {
  const known = distinctNames.get(text);
  if (known !== undefined) return known;
  const distinct = `${name} ${hash('sha1', text).slice(0, 20)}`;
  distinctNames.set(text, distinct);
  return distinct;
}

const dialect = new PgDialect({ casing: 'snake_case' });

/** As `db.execute(statement)`, of a statement with a name. @param name undefined for one that has too many texts */
export async function executeNamed<Row extends Record<string, unknown>>(
  db: Reader,
  name: string | undefined,
  statement: SQL,
): Promise<pg.QueryResult<Row>> {
  return prepare<Row>(db, name, statement).execute();
}

function prepare<Row extends Record<string, unknown>>(db: Reader, name: string | undefined, statement: SQL) {
  return db._.session.prepareQuery<{ execute: pg.QueryResult<Row>; all: unknown; values: unknown }>(
    dialect.sqlToQuery(statement),
    undefined,
    name,
    false,
  );
}

/**
 * A limit as a part of a statement that is not built once: of a parameter PostgreSQL would not know that few rows are wanted,
 * and plan for many.
 */
export function fixedLimit(rows: number): number {
  // drizzle takes SQL here, which its types do not say.
  return sql.raw(String(Math.trunc(rows))) as unknown as number;
}

/** As inArray, with one text of the statement for any number of ids. */
export function isOneOf(column: Column, ids: readonly number[] | Placeholder): SQL {
  return sql`${column} = any(${idsOf(ids)}::bigint[])`;
}

/** As notInArray, likewise. */
export function isNoneOf(column: Column, ids: readonly number[] | Placeholder): SQL {
  return sql`${column} <> all(${idsOf(ids)}::bigint[])`;
}

function idsOf(ids: readonly number[] | Placeholder) {
  return Array.isArray(ids) ? sql.param([...(ids as readonly number[])]) : ids;
}

interface Prepared<Rows> {
  execute(values: Record<string, unknown>): Promise<Rows>;
}

const built = new Map<string, object>();

/** What drizzle keeps of where a statement runs; none of it is public. */
interface Place {
  readonly client: unknown;
  readonly logger: unknown;
}

/**
 * A statement that is built once: building one takes drizzle longer than all else that this process does to ask it. What
 * differs from one time to the next must be a parameter (`sql.placeholder`).
 * @param db where it runs this time: a transaction's statements run on its connection, wherever they were built
 * @param name with all of it that changes the statement's text
 */
export function builtOnce<Statement extends object>(
  db: Reader,
  name: string,
  build: () => Statement,
): Statement {
  const statement = (built.get(name) as Statement | undefined) ?? withConstants(build());
  built.set(name, statement);
  const { client, options } = db._.session as unknown as {
    readonly client: unknown;
    readonly options: Partial<Place>;
  };
  const place: Place = { client, logger: options.logger };
  return Object.assign(Object.create(statement) as Statement, place);
}

/** What drizzle keeps of a prepared statement; none of it is public. */
interface Written {
  params: unknown[];
  readonly rawQueryConfig: { text: string };
  readonly queryConfig: { text: string };
}

/**
 * Writes into a statement what is the same each time it is asked: its states, its limits. Planned once for all values of its
 * parameters, PostgreSQL would not use the indexes of what is visible, nor know that few rows are wanted. (A constant alone in
 * `order by` would be an error.)
 * https://www.postgresql.org/docs/current/indexes-partial.html
 */
function withConstants<Statement extends object>(statement: Statement): Statement {
  const written = statement as unknown as Written;
  const asked: unknown[] = [];
  const numbers = new Map<number, number>();
  const text = written.rawQueryConfig.text.replace(/\$(\d+)/g, (_, digits: string) => {
    const index = Number(digits) - 1;
    const given = written.params[index];
    // A literal in quotes gets the type that a parameter in its place would get.
    if (isConstant(given)) return pg.escapeLiteral(String(given));
    if (!numbers.has(index)) numbers.set(index, asked.push(given));
    return `$${numbers.get(index)}`;
  });
  Object.assign(written.rawQueryConfig, { text });
  Object.assign(written.queryConfig, { text });
  written.params = asked;
  return statement;
}

/** Moments beside a column are: drizzle has made text of them. Others, null and arrays stay parameters. */
function isConstant(given: unknown): given is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof given);
}

/** As builtOnce, of a statement that is written as SQL. @param variant what changes its text */
export function writtenOnce<Row extends Record<string, unknown>>(
  db: Reader,
  name: string,
  write: () => SQL,
  variant = '',
): Prepared<pg.QueryResult<Row>> {
  return builtOnce(db, `${name} ${variant}`, () => prepare<Row>(db, name, write()));
}

/**
 * As builtOnce, for each kind of viewer.
 * @param name with all of it that changes the statement's text but the viewer
 * @param build is given a viewer whose id is a parameter; whatever else differs from one time to the next must be one too
 * (`sql.placeholder`).
 * @returns what runs it with the values of the parameters
 */
export function statementFor<Rows>(
  db: Reader,
  viewer: Viewer,
  name: string,
  build: (asking: Viewer) => Prepared<Rows>,
): (values: Readonly<Record<string, unknown>>) => Promise<Rows> {
  const isMember = viewer.kind === 'member';
  const kind = isMember ? `${name} ${viewer.role} ${viewer.trust}` : name;
  const statement = builtOnce(db, kind, () => readsRowsQuickly(build(isMember ? anyOf(viewer) : viewer)));
  return (values) => statement.execute(isMember ? { ...values, viewer: viewer.id } : { ...values });
}

/** Any member of this role and trust, for whom the statement stands: what else one has must not get into its text. */
function anyOf({ kind, role, trust }: Member): Member {
  const known = { kind, role, trust, id: parameter<MemberId>('viewer') };
  return new Proxy(known, {
    get(_, field: keyof typeof known) {
      if (field in known) return known[field];
      throw new Error(
        `"${String(field)}" differs between members: ask for it before, and say it in the name.`,
      );
    },
  }) as Member;
}

/** In place of a value that is a parameter of a statement that is built once. */
export function parameter<Value>(name: string): Value {
  return sql.placeholder(name) as unknown as Value;
}

/**
 * As `parameter`, of a value that PostgreSQL does not look at before it plans. Where it could, it may expect so much more of a plan
 * for just this value that it plans anew each time, which takes longer than the statement runs.
 */
export function unseenParameter<Value>(name: string, type: 'bigint' | 'timestamptz'): Value {
  return sql`(select ${sql.placeholder(name)}::${sql.raw(type)})` as unknown as Value;
}
