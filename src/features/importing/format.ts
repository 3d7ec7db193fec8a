// The exchange format, version 1 (docs/format.md): what a line of a file may hold. Import reads it, export writes it, and
// nothing else knows its field names. A field or kind that is not here is refused, so that nothing is lost unnoticed.
import { z } from 'zod';
import { DEFAULT_READING, DENSITIES, LIST_SORTS, PAGE_SIZES, TEXT_SIZES } from '../../domain/appearance.ts';
import { countCharacters, type Fault } from '../../domain/check.ts';
import { IMPORT_LENGTHS, LENGTHS } from '../../domain/limits.ts';
import { checkLink, cleanLink } from '../../domain/member-about.ts';
import { checkEmail } from '../../domain/member-email.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { SOURCE_ROLES } from '../../domain/source-roles.ts';
import { REPLY_SORTS } from '../../domain/thread.ts';
import { isPasswordHash } from '../../lib/passwords.ts';

export const FORMAT_VERSION = 1;
export const HEADER = { format: 'tokenwire', version: FORMAT_VERSION } as const;

/** Longest name another forum may bring along; the column's own limit. */
const NAME_LENGTH = 60;
/** One a year, for a long life. */
const MOST_FORMER_NAMES = 100;
const MOST_POINTS = 1_000_000_000;
export const LONGEST_KEY = 200;
const LONGEST_SOURCE_TEXT = 2_000;
/** RFC 5646, section 4.4.1: what implementations are to hold at least. */
const LONGEST_LANGUAGE = 35;

const key = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'a key has printable ASCII characters without spaces')
  .max(LONGEST_KEY, `a key has at most ${LONGEST_KEY} characters`);
const moment = z
  .string()
  .refine((text) => isMoment(text), 'a moment looks like 2026-04-03T14:30:00.000Z')
  .transform((text) => new Date(text));
const count = z.int().min(0).max(MOST_POINTS);
const points = z.int().min(-MOST_POINTS).max(MOST_POINTS);
const modifier = z.number().min(-1).max(1);

/** A text as PostgreSQL and pages can hold it: NUL goes, as it does in forms, and halves of characters become U+FFFD. */
const text = (max: number) =>
  z
    .string()
    .transform((given) => given.replaceAll('\0', '').toWellFormed())
    .refine((given) => countCharacters(given) <= max, `is longer than ${max} characters`);
const line = (max: number) =>
  text(max)
    .transform(cleanTitle)
    .refine((given) => given !== '', 'is empty');
const slug = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,79}$/u, 'a slug has letters, digits and hyphens');

/** A check of domain/ as one of zod's. */
function passing(check: (given: string) => Fault) {
  return (given: string, context: z.RefinementCtx): void => {
    const fault = check(given);
    if (fault !== undefined) context.addIssue(fault);
  };
}

/**
 * A day that no calendar has is none, though Date takes 30 February for 2 March. Nor are the years before 100:
 * PostgreSQL has no year 0, and what it writes of the others Date takes for years of our time.
 */
function isMoment(given: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(given) || given.startsWith('00')) return false;
  const read = new Date(given);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(given.slice(0, 19));
}

const memberName = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, 'a name has the letters A to Z, digits, hyphens and underscores')
  .max(NAME_LENGTH);

export const memberSchema = z.strictObject({
  kind: z.literal('member'),
  key,
  name: memberName,
  joined_at: moment,
  role: z.enum(['member', 'moderator', 'admin']).default('member'),
  email: z.string().superRefine(passing(checkEmail)).optional(),
  confirmed_at: moment.optional(),
  password_hash: z.string().refine(isPasswordHash, 'is no argon2id hash as a PHC string').optional(),
  about: text(LENGTHS.about).default(''),
  affiliation: text(LENGTHS.affiliation).default(''),
  link: z.string().superRefine(passing(checkLink)).transform(cleanLink).default(''),
  pronouns: text(LENGTHS.pronouns).default(''),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  density: z.enum(DENSITIES).default(DEFAULT_READING.density),
  text_size: z.enum(TEXT_SIZES).default(DEFAULT_READING.textSize),
  uses_keys: z.boolean().default(DEFAULT_READING.usesKeys),
  page_size: z.literal(PAGE_SIZES).default(DEFAULT_READING.pageSize),
  reply_sort: z.enum(REPLY_SORTS).default(DEFAULT_READING.replySort),
  list_sort: z.enum(LIST_SORTS).default(DEFAULT_READING.listSort),
  hides_model_written: z.boolean().default(DEFAULT_READING.hidesModelWritten),
  renamed_at: moment.optional(),
  former_names: z
    .array(z.strictObject({ name: memberName, until: moment }))
    .max(MOST_FORMER_NAMES)
    .default([]),
  topics_read: count.default(0),
  flags_decided: count.default(0),
  flags_upheld: count.default(0),
});

export const sectionSchema = z.strictObject({
  kind: z.literal('section'),
  key,
  slug,
  name: line(LENGTHS.sectionName),
  description: text(LENGTHS.sectionDescription).default(''),
  modifier: modifier.default(0),
});

/** With those of many tags that were merged into it. */
const MOST_ALIASES_OF_A_TAG = 1_000;

export const tagSchema = z.strictObject({
  kind: z.literal('tag'),
  key,
  slug,
  name: line(IMPORT_LENGTHS.title),
  tag_kind: z.enum(['company', 'model', 'person', 'subject']).default('subject'),
  description: text(LONGEST_SOURCE_TEXT).default(''),
  aliases: z.array(slug).max(MOST_ALIASES_OF_A_TAG).default([]),
  ordinary: z.boolean().default(false),
  parent: key.optional(),
  modifier: modifier.default(0),
});

const sourceSchema = z.strictObject({
  key,
  url: z.string().min(1).max(LENGTHS.address),
  added_by: key.optional(),
  added_at: moment,
  role: z.enum(SOURCE_ROLES).default('report'),
  publisher: text(LONGEST_SOURCE_TEXT).optional(),
  title: text(LONGEST_SOURCE_TEXT).optional(),
  description: text(LONGEST_SOURCE_TEXT).optional(),
  author: text(LONGEST_SOURCE_TEXT).optional(),
  language: text(LONGEST_LANGUAGE).optional(),
  published_at: moment.optional(),
  paywall: z.boolean().default(false),
  state: z.enum(['live', 'dead', 'removed']).default('live'),
});

const voteSchema = z.strictObject({ member: key, at: moment, counted: z.boolean().default(true) });

const revisionSchema = z.strictObject({
  version: z.int().min(1).max(MOST_POINTS),
  title: line(IMPORT_LENGTHS.title).optional(),
  body: text(IMPORT_LENGTHS.body),
  replaced_at: moment,
  replaced_by: key.optional(),
  silent: z.boolean().default(false),
  blanked_at: moment.optional(),
});

const postSchema = z.strictObject({
  key,
  parent: key.optional(),
  author: key.optional(),
  posted_at: moment,
  body: text(IMPORT_LENGTHS.body),
  base_score: points.default(0),
  purpose: z.enum(['source', 'correction', 'question', 'analysis']).optional(),
  model_written: z.boolean().default(false),
  version: z.int().min(1).max(MOST_POINTS).default(1),
  edited_at: moment.optional(),
  held_at: moment.optional(),
  withdrawn_at: moment.optional(),
  votes: z.array(voteSchema).default([]),
  revisions: z.array(revisionSchema).default([]),
});

const hideSchema = z.strictObject({
  at: moment,
  by: key.optional(),
  refused: z.boolean().default(false),
  rule: z.int().min(1).max(1_000).optional(),
  reason: text(LENGTHS.actionReason).refine((given) => given.trim() !== '', 'is empty'),
  post: key.optional(),
  with: z.array(key).default([]),
});

export const topicSchema = z.strictObject({
  kind: z.literal('topic'),
  key,
  topic_kind: z.enum(['link', 'text', 'digest']),
  title: line(IMPORT_LENGTHS.title),
  title_edited_at: moment.optional(),
  section: key,
  tags: z.array(key).max(LENGTHS.tagsPerTopic).default([]),
  continues: key.optional(),
  locked_at: moment.optional(),
  pinned_until: moment.optional(),
  sources: z.array(sourceSchema).max(100).default([]),
  posts: z.array(postSchema).min(1, 'a topic has an opening post'),
  hides: z.array(hideSchema).default([]),
});

export type MemberRecord = z.output<typeof memberSchema>;
export type SectionRecord = z.output<typeof sectionSchema>;
export type TagRecord = z.output<typeof tagSchema>;
export type TopicRecord = z.output<typeof topicSchema>;
export type PostRecord = TopicRecord['posts'][number];
export type ForumRecord = MemberRecord | SectionRecord | TagRecord | TopicRecord;

/** A line as it is written: what has its default is left out. */
export type WrittenRecord =
  | z.input<typeof memberSchema>
  | z.input<typeof sectionSchema>
  | z.input<typeof tagSchema>
  | z.input<typeof topicSchema>;
