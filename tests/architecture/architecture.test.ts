// What the import graph cannot see (model: lists that check themselves).
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import * as schema from '../../src/db/schema/index.ts';
import { PROBLEMS } from '../../src/web/problem.ts';
import { sourcesIn } from './sources.ts';

const src = sourcesIn('src', '.ts');
const views = sourcesIn('views', '.hbs');
/** Words, not code: a manuscript may be as long as it is. */
const isContent = (path: string) =>
  path.includes('/demonstration/content/') || path.endsWith('/house-texts.ts');

/** Each table has one feature that writes it; the session store of the web floor writes sessions. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  topics: ['threads'],
  topicRepliers: ['threads'],
  posts: ['threads'],
  revisions: ['threads'],
  votes: ['threads'],
  visits: ['threads'],
  events: ['threads'],
  sources: ['links'],
  sourceAliases: ['links'],
  sourceHeadlines: ['links'],
  images: ['links'],
  pageReadings: ['links'],
  fetchedHosts: ['links'],
  citedAddresses: ['links'],
  upkeep: ['links'],
  suggestions: ['suggestions'],
  newsFeeds: ['incoming'],
  newsStories: ['incoming'],
  newsItems: ['incoming'],
  drafts: ['drafts'],
  followLevels: ['following'],
  saves: ['saves'],
  branchVisits: ['threads'],
  noticeChoices: ['notifications'],
  mailings: ['notifications', 'weekly'],
  weeks: ['weekly'],
  weekTopics: ['weekly'],
  searchWords: ['search'],
  tagMerges: ['tags'],
  mergedTopicTags: ['tags'],
  merges: ['moderation'],
  mergedSources: ['moderation'],
  mergedMarks: ['moderation'],
  tags: ['tags'],
  topicTags: ['tags'],
  members: ['members'],
  formerNames: ['members'],
  sessions: ['members', 'web'],
  signIns: ['members'],
  mailLinks: ['members'],
  totpFactors: ['members'],
  recoveryCodes: ['members'],
  emailChanges: ['members'],
  invitations: ['members'],
  passkeys: ['members'],
  passkeyHandles: ['members'],
  passkeyChallenges: ['members'],
  identities: ['members'],
  notifications: ['notifications'],
  queueItems: ['queue-items'],
  actions: ['log'],
  actionPosts: ['log'],
  hides: ['moderation'],
  flags: ['flags'],
  sanctions: ['sanctions'],
  appeals: ['appeals'],
  barredAddresses: ['members'],
  queueMessages: ['talks'],
  watchRules: ['watch'],
  watchHits: ['watch'],
  shifts: ['log'],
  memberBrowsers: ['members'],
  signUpTraces: ['sanctions'],
  dataExports: ['own-data'],
  dataExportParts: ['own-data'],
  deletions: ['own-data'],
  spentBudgets: ['web'],
  pageChanges: ['db'],
  topicsToRank: ['threads'],
  settings: ['site'],
  sections: ['site'],
};

describe('sizes', () => {
  test.each(src.filter(({ path }) => !isContent(path)).map(({ path, text }) => [path, text] as const))(
    '%s has at most 300 lines',
    (_path, text) => {
      expect(text.split('\n').length).toBeLessThanOrEqual(301);
    },
  );
});

describe('owners of tables', () => {
  const tables = Object.entries(schema).filter((entry) => is(entry[1], PgTable));

  test('every table has one', () => {
    expect(tables.map(([name]) => name).sort()).toEqual(Object.keys(OWNERS).sort());
  });

  test.each(tables.map(([name, table]) => [name, getTableName(table as PgTable)] as const))(
    '%s is written by its owner alone',
    (name, sqlName) => {
      const writes = new RegExp(
        `\\.(insert|update|delete)\\(\\s*${name}\\b|(insert into|update|delete from)\\s+(\\$\\{${name}\\}|${sqlName}\\b)`,
        'i',
      );
      const writers = src
        .filter(({ text }) => writes.test(text))
        .map(({ path }) => /^src\/(?:features\/)?([^/]+)\//.exec(path)?.[1] ?? path);
      expect([...new Set(writers)].filter((writer) => !OWNERS[name]?.includes(writer))).toEqual([]);
    },
  );
});

/** What npm starts, and what the server does. */
const PROCESSES = ['src/server.ts', 'src/child.ts', 'src/doctor.ts', 'src/import.ts', 'src/export.ts'];

describe('the environment', () => {
  test('is handed to config.ts by the processes; only the keeper of the database is started with parts of it', () => {
    const readers = src.filter(({ text }) => text.includes('process.env')).map(({ path }) => path);
    expect(
      readers.filter((path) => !PROCESSES.includes(path) && path !== 'src/db/embedded/session.ts'),
    ).toEqual([]);
  });

  test('the time is asked of the clock', () => {
    const askers = src.filter(
      ({ path, text }) => path.startsWith('src/features/') && /new Date\(\)|Date\.now\(\)/.test(text),
    );
    expect(askers.map(({ path }) => path)).toEqual([]);
  });
});

describe('problems', () => {
  test.each(Object.keys(PROBLEMS))('%s is used', (kind) => {
    const uses = src.filter(
      ({ path, text }) =>
        path !== 'src/web/problem.ts' &&
        (text.includes(`Problem('${kind}'`) || text.includes(`: '${kind}'`) || text.includes(`'${kind}' : `)),
    );
    const thrownInside =
      src.some(({ path, text }) => path === 'src/web/problem.ts' && text.includes(`new Problem('${kind}'`)) ||
      ['denied', 'conflict', 'too-many'].includes(kind);
    expect(uses.length > 0 || thrownInside).toBe(true);
  });
});

describe('templates', () => {
  const declared = (list: 'Views' | 'Mails') => {
    const blocks = src.flatMap(({ text }) => [
      ...text.matchAll(new RegExp(`interface ${list} \\{([^}]*)\\}`, 'g')),
    ]);
    const found = blocks.flatMap((block) => [...(block[1] ?? '').matchAll(/'?([\w/-]+)'?:/g)]);
    return [...new Set(found.map((match) => match[1] ?? ''))].sort();
  };
  const names = views
    .map(({ path }) => path.slice('views/'.length, -'.hbs'.length))
    .filter((name) => !/(^|\/)(_|layout\b)/.test(name));
  const isMail = (name: string) => name.startsWith('mails/');
  const isPartial = (name: string) => /(^|\/)_/.test(name);

  test('each page has a typed model, and each model a page', () => {
    const pages = declared('Views').filter((name) => !isPartial(name));
    expect(names.filter((name) => !isMail(name)).sort()).toEqual(pages);
  });

  test('each partial that has a model is there', () => {
    const files = views.map(({ path }) => path.slice('views/'.length, -'.hbs'.length));
    const partials = declared('Views').filter(isPartial);
    expect(partials).not.toEqual([]);
    expect(partials.filter((name) => !files.includes(name))).toEqual([]);
  });

  test('each mail has a typed model, a text and an HTML part', () => {
    const parts = declared('Mails').flatMap((name) => [`mails/${name}.html`, `mails/${name}.txt`]);
    expect(names.filter(isMail).sort()).toEqual(parts.sort());
    expect(parts).not.toEqual([]);
  });

  test('each partial is used', () => {
    const partials = views
      .map(({ path }) => path.slice('views/'.length, -'.hbs'.length))
      .filter(isPartial)
      .map((name) => name.replace(/(^|\/)_/, '$1'));
    const used = new Set(
      views.flatMap(({ text }) => [...text.matchAll(/\{\{#?> ?([a-z/-]+)/g)].map((match) => match[1])),
    );
    expect(partials.filter((name) => !used.has(name))).toEqual([]);
  });

  test('only values that are safe HTML by type and name are put in unescaped', () => {
    const unescaped = views.flatMap(({ path, text }) =>
      [...text.matchAll(/\{\{\{([^}]+)\}\}\}|\{\{&([^}]+)\}\}/g)].map(
        (match) => [path, (match[1] ?? match[2] ?? '').trim()] as const,
      ),
    );
    expect(unescaped.filter(([, name]) => !name.endsWith('Html'))).toEqual([]);
    expect(unescaped.length).toBeGreaterThan(0);
  });

  test('nothing inline: no style, no script, no handler', () => {
    expect(
      views
        .filter(({ text }) =>
          /\sstyle=|<style|\son[a-z]+=|<script(?! type="module" (?:blocking="render" )?src=)/.test(text),
        )
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

describe('house style', () => {
  test.each([
    ['a suppressed rule without its reason', /eslint-disable(?!-next-line [\w@/-]+ -- .{10})/],
    ['a suppressed type error', /@ts-(ignore|expect-error|nocheck)/],
    ['work left for later', /\b(TODO|FIXME|XXX|HACK)\b/],
    ['any', /\bas any\b|: any\b/],
  ])('no file has %s', (_what, pattern) => {
    expect(src.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('no drawer for what has no name', () => {
    expect(
      src
        .filter(({ path }) => /\/(utils?|helpers?|common|services|misc)(\/|\.ts$)/.test(path))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test.each(
    src.filter(({ path }) => !path.includes('/content/')).map(({ path, text }) => [path, text] as const),
  )('%s says at its head what lives there', (_path, text) => {
    expect(text).toMatch(/^(\/\/|\/\*\*)/);
  });
});

test('whatever changes a rank of topics notes where it falls', () => {
  const updates = src.flatMap(({ path, text }) =>
    [...text.matchAll(/\.update\(topics\)[^;]*;/g)].map(([update]) => ({ path, update })),
  );
  const ranks = /\b(?:hotRank|lastActivityAt|score)\b\s*[:,}]/;
  expect(updates.length).toBeGreaterThan(8);
  expect(updates.filter(({ update }) => ranks.test(update) && !update.includes('ranksSet('))).toEqual([]);
});
