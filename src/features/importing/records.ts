// From the text of a line to a record of the format, or to a sentence that says what is wrong with it.
import { z } from 'zod';
import {
  FORMAT_VERSION,
  memberSchema,
  type ForumRecord,
  sectionSchema,
  tagSchema,
  topicSchema,
} from './format.ts';

/** What is wrong with a line, as words that follow "line 12: ". The lines after it are read. */
export class LineFault extends Error {}

const SCHEMAS = { member: memberSchema, section: sectionSchema, tag: tagSchema, topic: topicSchema };
const KINDS = Object.keys(SCHEMAS).join(', ');

/** For a key that this forum gave to a row it does not have: its database was set back, and may give the key again. */
export function lostRow(key: string): string {
  return `"${key}" names a row of this forum that it does not have: import the file into a new forum`;
}

/** Faults of one line that are told; the first ones usually explain the others. */
const TOLD = 3;

/** Checks the first line of a file. @throws LineFault */
export function checkHeader(text: string): void {
  const header = parseJson(text);
  if (!isObject(header) || header.format !== 'tokenwire')
    throw new LineFault(
      'is not the beginning of a Tokenwire export: {"format":"tokenwire","version":1} is expected. What other forums exported is read with --from.',
    );
  const unknown = Object.keys(header).find((name) => name !== 'format' && name !== 'version');
  if (unknown !== undefined) throw new LineFault(`has an unknown field "${unknown}"`);
  if (header.version === undefined) throw new LineFault(`says no version: ${FORMAT_VERSION} is expected`);
  if (header.version !== FORMAT_VERSION)
    throw new LineFault(
      `says version ${JSON.stringify(header.version)}, and this program reads version ${FORMAT_VERSION}: a newer one may read it`,
    );
}

/** Reads a record. @throws LineFault */
export function readRecord(text: string): ForumRecord {
  const given = parseJson(text);
  if (!isObject(given)) throw new LineFault('is not a JSON object');
  const { kind } = given;
  if (typeof kind !== 'string') throw new LineFault(`has no kind: one of ${KINDS} is expected`);
  if (!Object.hasOwn(SCHEMAS, kind)) throw new LineFault(`has an unknown kind "${kind}": known are ${KINDS}`);
  return check(SCHEMAS[kind as keyof typeof SCHEMAS], given);
}

/** Lets a value through a schema. @throws LineFault that names each field by its path */
export function check<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const { issues } = result.error;
  const told = issues.slice(0, TOLD).map(describe);
  if (issues.length > TOLD) told.push(`and ${issues.length - TOLD} more`);
  throw new LineFault(told.join('; '));
}

/** @throws LineFault */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LineFault(`is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** "posts[3].body: is longer than 100000 characters" */
function describe(issue: z.core.$ZodIssue): string {
  const place = issue.path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  const what =
    issue.code === 'unrecognized_keys'
      ? `unknown field ${issue.keys.map((name) => `"${name}"`).join(', ')}`
      : issue.message.endsWith('received undefined')
        ? 'is missing'
        : issue.message;
  return place === '' ? what : `${place}: ${what}`;
}
