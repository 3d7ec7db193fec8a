// The write load: several members at once send forms over HTTP and note every answer. It goes on through faults.
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadMember } from './fault-forum.ts';
import type { Journal } from './journal.ts';
import type { Chance } from './rounds.ts';
import { Choices, type Write } from './writes.ts';

/** Requests under way at the same time: more than the two cores of a small machine, fewer than its connections. */
const WRITERS = 6;
/** Longer than any answer may take: what takes longer hangs. */
const HANG_MS = 15_000;
/** A writer that was not answered tries again so much later: what a person needs to press a button. */
const AGAIN_MS = 100;

/** What was answered while the forum could not do what was asked. */
export interface Refusals {
  /** Answers 503. */
  count: number;
  slowestMs: number;
  /** Answers that nobody should get, each in a line. */
  readonly faults: string[];
}

export interface WriteLoad {
  readonly refusals: Refusals;
  /** Sends on until it is paused. */
  resume(): void;
  /** Resolves when nothing is under way any more. */
  pause(): Promise<void>;
}

export function writeLoad(
  urlOf: () => string,
  members: readonly LoadMember[],
  journal: Journal,
  chance: Chance,
): WriteLoad {
  const choices = new Choices(journal, chance);
  const refusals: Refusals = { count: 0, slowestMs: 0, faults: [] };
  const idle = [...members];
  let running = false;
  let writers: Promise<void>[] = [];

  async function writeOn(): Promise<void> {
    while (running) {
      const member = idle.shift();
      if (!member) throw new Error('More writers than members.');
      const write = choices.next(member);
      const answered = await send(write);
      idle.push(member);
      if (!answered) await pause(AGAIN_MS);
    }
  }

  async function send(write: Write): Promise<boolean> {
    const began = performance.now();
    let response: Response;
    let html: string;
    try {
      response = await post(urlOf(), write);
      html = await response.text();
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') refusals.faults.push(`${write.path} hung`);
      write.settle(undefined);
      return false;
    }
    const location = response.status === 303 ? (response.headers.get('location') ?? undefined) : undefined;
    write.settle(location);
    if (location !== undefined) {
      journal.tally.answered += 1;
      return true;
    }
    noteRefusal(refusals, write, { response, html, ms: performance.now() - began });
    return false;
  }

  return {
    refusals,
    resume() {
      running = true;
      writers = Array.from({ length: WRITERS }, writeOn);
    },
    async pause() {
      running = false;
      await Promise.all(writers);
    },
  };
}

/** Sends a form as a browser does. */
export function post(url: string, { member, path, form }: Omit<Write, 'settle'>): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: member.cookie, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(form),
    signal: AbortSignal.timeout(HANG_MS),
  });
}

function noteRefusal(
  refusals: Refusals,
  { path }: Write,
  { response, html, ms }: { response: Response; html: string; ms: number },
): void {
  const said = `${path} was answered with ${response.status}: ${html.slice(Math.max(0, html.indexOf('<main'))).slice(0, 600)}`;
  if (response.status !== 503) {
    refusals.faults.push(said);
    return;
  }
  refusals.count += 1;
  refusals.slowestMs = Math.max(refusals.slowestMs, ms);
  if (!response.headers.has('retry-after')) refusals.faults.push(`${said} without Retry-After`);
  if (!html.includes('The forum is catching its breath')) refusals.faults.push(`${said} and another page`);
  if (/\n\s+at /.test(html)) refusals.faults.push(`${said} and a stack`);
}
