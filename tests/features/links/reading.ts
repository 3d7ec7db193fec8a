// What tests of readings have in common: a topic posted as a member posts it, and rows as they came out.
import { asc } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { events, sourceAliases, sourceHeadlines, sources } from '../../../src/db/schema/index.ts';
import type { Browser } from '../../support/browser.ts';
import { paths } from '../../../src/web/paths.ts';

/** Posts a topic about an address by the form. */
export async function post(member: Browser, url: string, title = 'A story that members discuss here') {
  const page = await member.visit(paths.submit());
  const posted = await page.press('Post topic', { url, title, section: 'infrastructure' });
  if (posted.status !== 200) throw new Error(`The topic was not posted: ${posted.main}`);
  return posted;
}

export async function sourcesOf(db: Database) {
  return db.select().from(sources).orderBy(asc(sources.id));
}

/** Kinds of events about sources, in order. */
export async function sourceEvents(db: Database) {
  const rows = await db
    .select({ kind: events.kind, actorId: events.actorId })
    .from(events)
    .orderBy(asc(events.id));
  return rows.filter(({ kind }) => /source|headline/.test(kind));
}

export async function aliasesOf(db: Database) {
  return db
    .select({ kind: sourceAliases.kind, url: sourceAliases.url, key: sourceAliases.urlKey })
    .from(sourceAliases)
    .orderBy(asc(sourceAliases.sourceId), asc(sourceAliases.kind));
}

export async function headlinesOf(db: Database) {
  const rows = await db
    .select({ title: sourceHeadlines.title })
    .from(sourceHeadlines)
    .orderBy(asc(sourceHeadlines.id));
  return rows.map(({ title }) => title);
}

/** A page as publishers write them. */
export function article(facts: {
  readonly title?: string;
  readonly canonical?: string;
  readonly image?: string;
}): string {
  const { title = 'Lead times reach four years', canonical, image } = facts;
  return `<!doctype html><html lang="en-GB"><head><title>${title} | Grid Ledger</title>
    <meta property="og:title" content="${title}"><meta property="og:site_name" content="Grid Ledger">
    <meta name="description" content="Transformers are late."><meta name="author" content="Ada Volt">
    <meta property="article:published_time" content="2026-04-02T08:00:00Z">
    ${canonical === undefined ? '' : `<link rel="canonical" href="${canonical}">`}
    ${image === undefined ? '' : `<meta property="og:image" content="${image}">`}
    </head><body><p>Text.</p></body></html>`;
}
