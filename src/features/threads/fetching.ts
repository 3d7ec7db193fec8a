// The title of an article for the form of a new topic: asked of a job, and waited for a little while.
import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reader } from '../../db/connection.ts';
import { images } from '../../db/schema/index.ts';
import { FETCHING } from '../../domain/limits.ts';
import type { UrlKey } from '../../domain/url-key.ts';
import { memberOf } from '../../web/guards.ts';
import { Problem } from '../../web/problem.ts';
import { askToRead, findReading, isFresh, type PageReading } from '../links/index.ts';

/** How a form waits: what it returns waits for the next look, false when it is time to answer. */
export type Patience = (left: AbortSignal) => () => Promise<boolean>;

/** As long as a form waits at most, and no longer than somebody is waiting for it. */
export const PATIENCE: Patience = (left) => {
  const signal = AbortSignal.any([left, AbortSignal.timeout(FETCHING.formWaits)]);
  return () => sleep(FETCHING.betweenLooks, true, { signal }).catch(() => false);
};

/** What the form says of an article. */
export interface Fetched {
  readonly reading: PageReading | undefined;
  readonly image: { readonly hash: string; readonly width: number; readonly height: number } | undefined;
  /** The page is being read. */
  readonly pending: boolean;
  /** Why it is not, when a member has had too many of them read; '' otherwise. */
  readonly refusal: string;
}

/** Nobody has asked. */
export const NOT_FETCHED: Fetched = { reading: undefined, image: undefined, pending: false, refusal: '' };

export interface TitleFetcher {
  /** What was read of the page, without asking for it. */
  find(address: UrlKey): Promise<Fetched>;
  /** Asks for the page, unless it was read a while ago, and does not wait. */
  ask(request: FastifyRequest, reply: FastifyReply, address: UrlKey): Promise<Fetched>;
  /** Asks for the page, and waits for it as long as a form does. */
  fetch(request: FastifyRequest, reply: FastifyReply, address: UrlKey): Promise<Fetched>;
}

export function titleFetcher(app: FastifyInstance, patience: Patience): TitleFetcher {
  const { db, clock } = app;
  const spend = app.budgetPer('fetch', (request) => String(memberOf(request).id));

  async function askFor(request: FastifyRequest, reply: FastifyReply, address: UrlKey): Promise<string> {
    try {
      await spend(request, reply);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'too-many') throw error;
      return `You have had ${FETCHING.pagesAnHour} pages read within the hour. ${error.explanation}`;
    }
    await db.transaction((tx) => askToRead(tx, address, clock.now()));
    return '';
  }

  /** With what is known of a page; `refusal` says why nothing new is. */
  async function fetchedOf(reading: PageReading | undefined, refusal = ''): Promise<Fetched> {
    const pending = reading !== undefined && refusal === '' && isPending(reading, clock.now());
    return { reading, image: await findImage(db, reading), pending, refusal };
  }

  return {
    find: async (address) => fetchedOf(await findReading(db, address.key)),
    async ask(request, reply, address) {
      const known = await findReading(db, address.key);
      if (known) return fetchedOf(known);
      const refusal = await askFor(request, reply, address);
      return fetchedOf(await findReading(db, address.key), refusal);
    },
    async fetch(request, reply, address) {
      const known = await findReading(db, address.key);
      if (known && isFresh(known, clock.now())) return fetchedOf(known);
      const refusal = await askFor(request, reply, address);
      if (refusal !== '') return fetchedOf(known, refusal);
      const wait = patience(leaving(reply));
      for (;;) {
        const fetched = await fetchedOf(await findReading(db, address.key));
        if (!fetched.pending || !(await wait())) return fetched;
      }
    },
  };
}

/** Aborted when whoever waits for the answer has gone. */
function leaving(reply: FastifyReply): AbortSignal {
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  return left.signal;
}

/** Whether it is still to be read, or to be read again. */
function isPending(reading: PageReading, now: Date): boolean {
  const { readAt, askedAt } = reading;
  return readAt === null || (readAt < askedAt && !isFresh(reading, now));
}

async function findImage(db: Reader, reading: PageReading | undefined): Promise<Fetched['image']> {
  if (!reading?.imageId) return undefined;
  const { id, hash, width, height } = images;
  const [image] = await db.select({ hash, width, height }).from(images).where(eq(id, reading.imageId));
  return image;
}
