// What a request knows of the one who sent it, and how it is found: one query for session, member and counts.
import { DEFAULT_READING, type Reading } from '../domain/appearance.ts';
import type { Reader } from '../db/connection.ts';
import type { SanctionNotice } from '../db/standing.ts';
import type { Theme } from '../db/schema/index.ts';
import type { Member } from '../domain/viewer.ts';

/** A signed-in member with what the layout shows of them. */
export interface SignedIn {
  readonly member: Member;
  readonly theme: Theme;
  /** IANA name of the zone that their times are shown in. */
  readonly timeZone: string;
  readonly reading: Reading;
  /** Whether what they read is noted. */
  readonly remembersReading: boolean;
  /** Counted no further than MOST_COUNTED. */
  readonly unreadNotifications: number;
  /** Open queue items; 0 for those who do not work the queue. */
  readonly openQueueItems: number;
  /** Texts that were begun and not sent. */
  readonly drafts: number;
  /** What is to stand on every page of theirs. */
  readonly sanction: SanctionNotice | null;
}

/** A session as it is stored; `signedIn` is undefined when nobody is (any more). */
export interface LoadedSession {
  readonly data: Readonly<Record<string, unknown>>;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly signedIn: SignedIn | undefined;
}

/** Given to the web floor by app.ts, since it reads features' tables. */
export type FindSession = (db: Reader, idHash: string, now: Date) => Promise<LoadedSession | undefined>;

/** How whoever sent a request likes to read. */
export function readingOf({ signedIn }: { readonly signedIn: SignedIn | undefined }): Reading {
  return signedIn?.reading ?? DEFAULT_READING;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every request before any route runs; a visitor's until the session says otherwise. */
    viewer: import('../domain/viewer.ts').Viewer;
    signedIn: SignedIn | undefined;
  }
}
