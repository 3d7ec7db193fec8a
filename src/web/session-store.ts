// Sessions in PostgreSQL, keyed by the SHA-256 of their id: whoever reads the table cannot use what stands there.
import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Session } from 'fastify';
import type { Database } from '../db/connection.ts';
import { sessions } from '../db/schema/index.ts';
import type { MemberId } from '../domain/ids.ts';
import { WINDOWS } from '../domain/limits.ts';
import type { Clock } from '../lib/clock.ts';
import type { FindSession, LoadedSession } from './viewer.ts';

/** 30 days, renewed at most daily (DESIGN section 10). */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** The first half of logging in, while the second factor is asked for. */
export interface PendingSignIn {
  readonly memberId: MemberId;
  /** ISO 8601. */
  readonly since: string;
  /** Codes given so far. */
  readonly tries: number;
  /** Of the password that was right: once it is changed, this is worth nothing. */
  readonly passwordMark: string;
}

/** Somebody who was sent to another site to show who they are, and is not back yet. */
export interface PendingProvider {
  readonly key: string;
  readonly purpose: 'sign-in' | 'connect' | 'confirm';
  /** What whoever comes back has to fit to: worth nothing without the browser that has the cookie. */
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** ISO 8601. */
  readonly since: string;
  /** Where it leads in the end. */
  readonly next: string;
  /** The key of the invitation that they brought; '' without one. */
  readonly invitation: string;
}

/** Who somebody is at another site, until they have said which account here is to be theirs. */
export interface WaitingIdentity {
  readonly key: string;
  readonly issuer: string;
  readonly subject: string;
  readonly label: string;
  /** That the site has made sure of; null only where a member asked for it. */
  readonly email: string | null;
  /** '' when the site had none that can be one here. */
  readonly suggestedName: string;
  /** Who asked for it in the settings; null: somebody who was not logged in. */
  readonly askedBy: MemberId | null;
  /** ISO 8601. */
  readonly since: string;
  readonly next: string;
  /** As above. */
  readonly invitation: string;
}

/** Name and attributes of the session's cookie; the prefix makes browsers refuse it from subdomains and plain http. */
export function sessionCookie(siteUrl: string) {
  const secure = siteUrl.startsWith('https:');
  return {
    name: secure ? '__Host-session' : 'session',
    attributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
  } as const;
}

/** As much as is kept of where a session is used. */
export interface SessionOrigin {
  /** "Firefox on Windows" */
  readonly device: string;
  /** "192.0.2.x" */
  readonly addressPrefix: string;
}

declare module 'fastify' {
  interface Session {
    memberId?: MemberId;
    /** When the member last showed that it is them (ISO 8601): by logging in, or because it was asked once more. */
    provedAt?: string;
    /** Nobody is logged in by it. */
    pendingSignIn?: PendingSignIn;
    /** Nobody is logged in by either. */
    pendingProvider?: PendingProvider;
    waitingIdentity?: WaitingIdentity;
    /** Changed to renew the session: what the session library sees changed, it saves. */
    renewedAt?: string;
    /** Where it begins: stored with its first save, shown to its member. */
    origin?: SessionOrigin;
    /** Filled by the store on every load, never stored. */
    loaded?: LoadedSession;
  }
}

type Callback = (error?: unknown) => void;

export class DatabaseSessionStore {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #findSession: FindSession;

  constructor(db: Database, clock: Clock, findSession: FindSession) {
    this.#db = db;
    this.#clock = clock;
    this.#findSession = findSession;
  }

  get(sessionId: string, callback: (error: unknown, session?: Session | null) => void): void {
    this.#findSession(this.#db, sessionHash(sessionId), this.#clock.now()).then(
      (loaded) => {
        callback(null, loaded ? ({ ...loaded.data, loaded } as unknown as Session) : null);
      },
      (error: unknown) => {
        callback(error);
      },
    );
  }

  set(sessionId: string, session: Session, callback: Callback): void {
    const now = this.#clock.now();
    const { memberId, provedAt, pendingSignIn, pendingProvider, waitingIdentity, renewedAt } = session;
    const { origin, loaded } = session;
    // A visitor's holds what waits for somebody to log in: as long as the longest of it.
    const lasts = memberId === undefined ? WINDOWS.waitingIdentity : SESSION_SECONDS * 1_000;
    const expiresAt = new Date(now.getTime() + lasts);
    const data = { memberId, provedAt, pendingSignIn, pendingProvider, waitingIdentity, renewedAt };
    const row = { memberId: memberId ?? null, data, lastSeenAt: now, expiresAt };
    const idHash = sessionHash(sessionId);
    // A session that was loaded is only renewed: had it been ended meanwhile, it must not come back.
    const written = loaded
      ? this.#db.update(sessions).set(row).where(eq(sessions.idHash, idHash))
      : this.#db
          .insert(sessions)
          .values({ idHash, createdAt: now, ...row, ...origin })
          .onConflictDoUpdate({ target: sessions.idHash, set: row });
    written.then(
      () => {
        callback();
      },
      (error: unknown) => {
        // A renewal is tried again with the next request. Of any other the answer may have to be made without its page:
        // it must not show the statement.
        callback(loaded ? undefined : new Error('The session could not be saved.', { cause: error }));
      },
    );
  }

  destroy(sessionId: string, callback: Callback): void {
    this.#db
      .delete(sessions)
      .where(eq(sessions.idHash, sessionHash(sessionId)))
      .then(() => {
        callback();
      }, callback);
  }

  /** When and where it was seen: written at most every 10 minutes a session. */
  async noteSeen(sessionId: string, addressPrefix: string): Promise<void> {
    await this.#db
      .update(sessions)
      .set({ lastSeenAt: sql`greatest(${sessions.lastSeenAt}, ${this.#clock.now()})`, addressPrefix })
      .where(eq(sessions.idHash, sessionHash(sessionId)));
  }
}

/** Under which a session is stored. */
export function sessionHash(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex');
}
