// What the answer of a feed's server means: something new, nothing new, a fault, or that the feed is gone; and when
// the next reading is due. Pure.
import { STATUS_CODES } from 'node:http';
import { NEWS } from '../../domain/limits.ts';
import { MINUTE, SECOND } from '../../domain/times.ts';
import { urlKey } from '../../domain/url-key.ts';
import { type FeedReading, readFeed } from '../../lib/feed-reader.ts';
import { readDate } from '../../lib/page-metadata/dates.ts';
import type { PolitelyFetched } from '../links/index.ts';

export type ReadableFeed = Extract<FeedReading, { ok: true }>;

export type Answer =
  /** Milliseconds until the next reading; `note` is what admins should know. */
  | {
      readonly kind: 'read';
      readonly feed: ReadableFeed;
      readonly wait: number;
      readonly note: string | null;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | { readonly kind: 'unchanged'; readonly wait: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly wait: number }
  /** For good: nobody asks again until an admin says so. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** The server was asked for something else a moment ago. */
  | { readonly kind: 'later'; readonly at: Date };

interface AskedFeed {
  readonly url: string;
  /** Readings that failed one after the other, up to now. */
  readonly failures: number;
}

/** Judges what came back. @param now when it was asked */
export function answerOf(fetched: PolitelyFetched, asked: AskedFeed, now: Date): Answer {
  if (!fetched.ok) {
    return fetched.fault === 'later'
      ? { kind: 'later', at: fetched.at }
      : { kind: 'failed', reason: fetched.reason, wait: backOff(asked.failures + 1) };
  }
  const { status, headers } = fetched;
  if (status === 304) return { kind: 'unchanged', wait: waitOf(maxAge(headers)) };
  if (status === 410) return { kind: 'gone', reason: 'The feed was taken down for good (410 Gone).' };
  const failed = (reason: string): Answer => {
    const asksFor = retryAfter(headers, now);
    return {
      kind: 'failed',
      reason,
      wait: Math.max(backOff(asked.failures + 1), Math.min(asksFor, NEWS.readAtLeastEvery)),
    };
  };
  if (status < 200 || status > 299) return failed(`The server answers ${status}${nameOf(status)}.`);
  const feed = readFeed(fetched.body, {
    contentType: headers['content-type'] ?? '',
    url: fetched.url,
    items: NEWS.mostItems,
    most: { title: NEWS.title, summary: NEWS.summary, author: NEWS.author },
  });
  if (!feed.ok) return failed(feed.reason);
  return {
    kind: 'read',
    feed,
    wait: waitOf(maxAge(headers), (feed.everyMinutes ?? 0) * MINUTE),
    note: movedNote(asked.url, fetched.url),
    etag: fitting(headers.etag),
    lastModified: fitting(headers['last-modified']),
  };
}

/** Doubles with every failure, up to a day. */
function backOff(failures: number): number {
  return Math.min(NEWS.readEvery * 2 ** Math.min(failures, 20), NEWS.readAtLeastEvery);
}

function waitOf(...askedFor: readonly number[]): number {
  const longest = Math.max(...askedFor, 0);
  if (longest === 0) return NEWS.readEvery;
  return Math.min(Math.max(longest, NEWS.readAtMostEvery), NEWS.readAtLeastEvery);
}

function maxAge(headers: Readonly<Record<string, string>>): number {
  const [, seconds] = /(?:^|[\s,])max-age=(\d{1,9})/i.exec(headers['cache-control'] ?? '') ?? [];
  return Number(seconds ?? 0) * SECOND;
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
function retryAfter(headers: Readonly<Record<string, string>>, now: Date): number {
  const said = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(said)) return Number(said) * SECOND;
  const at = readDate(said);
  return at === null ? 0 : Math.max(0, at.getTime() - now.getTime());
}

function nameOf(status: number): string {
  const name = STATUS_CODES[status];
  return name === undefined ? '' : ` (${name})`;
}

/** A redirect is followed every time; who configured the feed may want to know the new address. */
function movedNote(asked: string, answered: string): string | null {
  const [from, to] = [urlKey(asked), urlKey(answered)];
  return to.ok && !(from.ok && from.key === to.key)
    ? `The feed answers from another address: ${to.shown}`
    : null;
}

/** Validators go back as they came; what no server means seriously is not kept. */
function fitting(header: string | undefined): string | null {
  return header !== undefined && header !== '' && header.length <= 500 ? header : null;
}
