// Carrying forums about in tests: what an export writes, what an import is given and what it tells of it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../../src/db/connection.ts';
import { exportForum } from '../../../src/features/exporting/index.ts';
import {
  HEADER,
  type ImportCounts,
  importFiles,
  type ImportOptions,
  openFiles,
  type WrittenRecord,
} from '../../../src/features/importing/index.ts';
import type { Forum } from '../../support/forum.ts';

/** The whole forum as the text of its file. */
export async function exportText(db: Database): Promise<string> {
  let text = '';
  await exportForum(db, async (lines) => {
    for await (const line of lines) text += line;
  });
  return text;
}

/** What a line said of itself, in the order in which it was told. */
export interface Told {
  /** Of the files that were given, counted from 0. */
  readonly file: number;
  readonly line: number;
  readonly text: string;
}

export interface Imported {
  readonly counts: ImportCounts;
  readonly faults: readonly Told[];
  readonly notes: readonly Told[];
  /** Bytes that it said it had read. */
  readonly read: number;
}

export interface Importing extends Partial<Omit<ImportOptions, 'signal'>> {
  /** Breaks it off once so many topics are in. */
  readonly stopAfter?: number;
  /** Called after each topic that came in. */
  readonly onTopic?: () => void;
}

/** Imports texts as if each were a file. */
export async function importTexts(
  { app, markdown }: Pick<Forum, 'app' | 'markdown'>,
  texts: readonly (string | Uint8Array)[],
  { stopAfter = Infinity, onTopic, ...options }: Importing = {},
): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenwire-import-'));
  try {
    const paths = texts.map((_text, index) => join(folder, `file-${index}.jsonl`));
    for (const [index, path] of paths.entries()) await writeFile(path, texts[index] ?? '');
    const counts: ImportCounts = { members: 0, sections: 0, tags: 0, topics: 0, replies: 0, known: 0 };
    const [faults, notes]: [Told[], Told[]] = [[], []];
    let read = 0;
    const stop = new AbortController();
    const { db, config, clock } = app;
    await importFiles(
      { db, markdown, config },
      await openFiles(paths),
      { from: undefined, section: undefined, now: clock.now(), ...options, signal: stop.signal },
      {
        read: (bytes) => void (read += bytes),
        imported(what, count) {
          counts[what] += count;
          if (what !== 'topics' || count === 0) return;
          onTopic?.();
          if (counts.topics >= stopAfter) stop.abort();
        },
        fault: ({ path }, line, text) => faults.push({ file: paths.indexOf(path), line, text }),
        note: ({ path }, line, text) => notes.push({ file: paths.indexOf(path), line, text }),
      },
    );
    await app.site.refresh();
    return { counts, faults, notes, read };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A database with tables and nothing in them, as an import may find it. */
export async function emptyForum(forum: Pick<Forum, 'wipe'>): Promise<void> {
  await forum.wipe();
}

/** Records as the text of a file. */
export function fileOf(...records: readonly object[]): string {
  return [HEADER, ...records].map((record) => `${JSON.stringify(record)}\n`).join('');
}

type Written<Kind extends WrittenRecord['kind']> = Extract<WrittenRecord, { kind: Kind }>;

export function memberRecord(name: string, given: Partial<Written<'member'>> = {}): Written<'member'> {
  return { kind: 'member', key: `old:member:${name}`, name, joined_at: '2025-01-01T00:00:00.000Z', ...given };
}

export function sectionRecord(slug: string, given: Partial<Written<'section'>> = {}): Written<'section'> {
  return { kind: 'section', key: `old:section:${slug}`, slug, name: slug, ...given };
}

export function tagRecord(slug: string, given: Partial<Written<'tag'>> = {}): Written<'tag'> {
  return { kind: 'tag', key: `old:tag:${slug}`, slug, name: slug, ...given };
}

/** A topic of the section "old:section:grid" by nobody in particular; posts have the keys ‹name›:0, ‹name›:1 … */
export function topicRecord(
  name: string,
  given: Partial<Omit<Written<'topic'>, 'posts'>> & { readonly posts?: readonly object[] } = {},
): object {
  const { posts = [{}], ...topic } = given;
  return {
    kind: 'topic',
    key: `old:topic:${name}`,
    topic_kind: 'text',
    title: `Topic ${name}`,
    section: 'old:section:grid',
    ...topic,
    posts: posts.map((post, index) => {
      const { parent, author, ...rest } = post as { parent?: string; author?: string };
      return {
        key: `${name}:${index}`,
        ...(parent !== undefined && { parent }),
        ...(author !== undefined && { author }),
        posted_at: '2026-01-05T09:30:00.000Z',
        body: `Text ${index} of ${name}`,
        ...rest,
      };
    }),
  };
}
