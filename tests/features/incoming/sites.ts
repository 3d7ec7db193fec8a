// Other sites, as far as the reader of feeds sees them: what each address answers, and what it was asked.
import type { Database } from '../../../src/db/connection.ts';
import { newsFeeds } from '../../../src/db/schema/index.ts';
import type { NewsFeedId } from '../../../src/domain/ids.ts';
import { urlKey } from '../../../src/domain/url-key.ts';
import { feedReader } from '../../../src/features/incoming/jobs.ts';
import type { Fetched, FetchOrder, SafeFetch } from '../../../src/lib/safe-fetch/index.ts';

/** A server's answer; `failed` is a connection that came to nothing. */
export type SiteAnswer =
  | {
      readonly status?: number;
      readonly body?: string | Buffer;
      readonly headers?: Readonly<Record<string, string>>;
      /** Where redirects ended. */
      readonly url?: string;
    }
  | { readonly failed: string };

export class Sites {
  readonly asked: { readonly url: string; readonly headers: Readonly<Record<string, string>> }[] = [];
  readonly #answers = new Map<string, SiteAnswer>();
  readonly safeFetch: SafeFetch;

  constructor() {
    const fetch = async (url: string, order: FetchOrder): Promise<Fetched> => this.#fetch(url, order);
    this.safeFetch = Object.assign(fetch, { close: async () => undefined });
  }

  answer(url: string, answer: SiteAnswer): void {
    this.#answers.set(url, answer);
  }

  #fetch(url: string, { headers = {} }: FetchOrder): Fetched {
    const answer = this.#answers.get(url) ?? { status: 404 };
    if (!url.endsWith('/robots.txt')) this.asked.push({ url, headers });
    if ('failed' in answer) return { ok: false, fault: 'connection', reason: answer.failed };
    return {
      ok: true,
      status: answer.status ?? 200,
      url: answer.url ?? url,
      headers: answer.headers ?? {},
      body: Buffer.from(answer.body ?? ''),
    };
  }
}

/** A feed as an admin would have added it: due now. */
export async function makeFeed(db: Database, url: string, now: Date, title = ''): Promise<NewsFeedId> {
  const address = urlKey(url);
  if (!address.ok) throw new Error(address.reason);
  const [feed] = await db
    .insert(newsFeeds)
    .values({
      url,
      urlKey: address.key,
      title: title === '' ? address.host : title,
      addedAt: now,
      nextReadAt: now,
    })
    .returning({ id: newsFeeds.id });
  if (!feed) throw new Error('The feed was not inserted.');
  return feed.id;
}

/** What the workers do with a feed that is due. */
export async function readOne(db: Database, sites: Sites, feedId: NewsFeedId, now: Date): Promise<void> {
  await feedReader({ safeFetch: sites.safeFetch, log: { info: () => undefined } })(db, { feedId }, now);
}

export interface SaidItem {
  readonly title: string;
  readonly link?: string;
  readonly guid?: string;
  readonly date?: Date;
  readonly text?: string;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An RSS feed of these items. */
export function rss(...items: readonly SaidItem[]): string {
  const written = items.map(({ title, link, guid, date, text }) =>
    [
      '<item>',
      `<title>${escape(title)}</title>`,
      link === undefined ? '' : `<link>${escape(link)}</link>`,
      guid === undefined ? '' : `<guid isPermaLink="false">${escape(guid)}</guid>`,
      date === undefined ? '' : `<pubDate>${date.toUTCString()}</pubDate>`,
      text === undefined ? '' : `<description>${escape(text)}</description>`,
      '</item>',
    ].join(''),
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>The Wire</title>${written.join('')}</channel></rss>`;
}
