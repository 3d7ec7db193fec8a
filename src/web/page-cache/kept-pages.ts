// The pages that are kept: which, until when, and what drops them. It knows neither the database nor the web: it is told
// of changes, and asked for pages.
import type { PageChange } from '../../db/page-changes.ts';
import type { TopicId } from '../../domain/ids.ts';
import { DAY, MINUTE, SECOND, startOfDay } from '../../domain/times.ts';
import type { Clock } from '../../lib/clock.ts';
import type { CodedText } from './coded-text.ts';

export interface KeptPage {
  readonly text: CodedText;
  /** Names and values in turn, as Node takes them, without those that depend on the coding and on who asks. */
  readonly headers: readonly string[];
  readonly etag: string;
  /** Logs that it was sent, whole, to a GET. */
  readonly logSent: () => void;
}

/** How long pages may go on saying what was, in milliseconds. */
export interface Lateness {
  /** Lists, that a topic has grown. */
  readonly grown: number;
  /** All, how many voted. */
  readonly voted: number;
}
export const LATENESS: Lateness = { grown: SECOND, voted: 4 * SECOND };

/** As long as a page may be late by time alone. */
const LONGEST = MINUTE;
const MOST_BYTES = 32 * 1_024 * 1_024;
/** What a page costs beside its bytes, roughly: its headers, its key, its places in the maps. */
const FRAME_BYTES = 2_048;

/** What a page is about, and until when it is right by time alone. */
export interface Facts {
  /** Undefined: a list, as far as changes are concerned. */
  readonly topicId: TopicId | undefined;
  readonly freshUntil: Date | undefined;
}

/** A page that is being made. It hears of all changes since before its first query. */
export interface Making {
  readonly key: string;
  readonly beganAt: number;
  readonly changes: { readonly change: PageChange; readonly at: number }[];
  /** Resolves when it is over; to whether another should try, since only a change kept it from being kept. */
  readonly over: Promise<boolean>;
  end(again: boolean): void;
}

interface Entry {
  readonly key: string;
  readonly page: KeptPage;
  readonly topicId: TopicId | undefined;
  readonly keptAt: number;
  freshUntil: number;
  bytes: number;
  /** Since room was last made. */
  wasAsked: boolean;
}

export interface KeptPagesOptions {
  readonly clock: Clock;
  readonly lateness?: Lateness | undefined;
  readonly mostBytes?: number | undefined;
}

export class KeptPages {
  readonly #clock: Clock;
  readonly #lateness: Lateness;
  readonly #mostBytes: number;
  /** By key; when room is made those at the front go first, but for what was asked for since the last time. */
  readonly #entries = new Map<string, Entry>();
  readonly #byTopic = new Map<TopicId | undefined, Set<Entry>>();
  readonly #making = new Map<string, Making>();
  #bytes = 0;
  #isOpen = false;

  constructor({ clock, lateness = LATENESS, mostBytes = MOST_BYTES }: KeptPagesOptions) {
    this.#clock = clock;
    this.#lateness = lateness;
    this.#mostBytes = mostBytes;
  }

  /** While it is shut it is empty, and nothing is kept. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  get bytes(): number {
    return this.#bytes;
  }

  open(): void {
    this.#isOpen = true;
  }

  /** Forgets everything, and what is being made will not be kept. */
  shut(): void {
    this.#isOpen = false;
    this.#entries.clear();
    this.#byTopic.clear();
    this.#bytes = 0;
    for (const making of this.#making.values()) making.end(true);
    this.#making.clear();
  }

  /** A page that may be shown now. */
  find(key: string): KeptPage | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const now = this.#clock.now().getTime();
    // A clock that was set back must not make pages last longer.
    if (now >= entry.freshUntil || now < entry.keptAt) {
      this.#drop(entry);
      return undefined;
    }
    entry.wasAsked = true;
    return entry.page;
  }

  /** The page of that key that is being made now. */
  inMaking(key: string): Making | undefined {
    return this.#making.get(key);
  }

  /** Before the first query of a page. Undefined while nothing is kept. */
  begin(key: string): Making | undefined {
    if (!this.#isOpen || this.#making.has(key)) return undefined;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const beganAt = this.#clock.now().getTime();
    const making: Making = {
      ...{ key, beganAt, changes: [], over: promise },
      end: (again) => {
        if (this.#making.get(key) === making) this.#making.delete(key);
        resolve(again);
      },
    };
    this.#making.set(key, making);
    return making;
  }

  /** Keeps what was made, unless something has changed since it was begun. */
  keep(making: Making, page: KeptPage, { topicId, freshUntil }: Facts): void {
    if (this.#making.get(making.key) !== making) return;
    const began = new Date(making.beganAt);
    const entry: Entry = {
      ...{ key: making.key, page, topicId, keptAt: making.beganAt, bytes: 0, wasAsked: false },
      freshUntil: Math.min(
        making.beganAt + LONGEST,
        startOfDay(began).getTime() + DAY,
        freshUntil?.getTime() ?? Infinity,
      ),
    };
    for (const { change, at } of making.changes)
      entry.freshUntil = Math.min(entry.freshUntil, this.#freshAfter(change, topicId, at));
    const isFresh = entry.freshUntil > this.#clock.now().getTime();
    if (isFresh) this.#add(entry);
    making.end(!isFresh);
  }

  /** After a page was made in one more coding. */
  weigh(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) this.#weigh(entry);
  }

  /** Drops what changes make wrong; what they make late is to go when it is too late. */
  hear(changes: readonly PageChange[]): void {
    const at = this.#clock.now().getTime();
    for (const change of changes) {
      if (change.effect === 'everything') return this.shut();
      for (const making of this.#making.values()) making.changes.push({ change, at });
      for (const topicId of [change.topicId, undefined]) {
        const freshUntil = this.#freshAfter(change, topicId, at);
        for (const entry of this.#byTopic.get(topicId) ?? []) {
          entry.freshUntil = Math.min(entry.freshUntil, freshUntil);
          if (freshUntil <= at) this.#drop(entry);
        }
      }
    }
  }

  /** Until when a page is right that was made before a change was heard of. */
  #freshAfter(change: PageChange, topicId: TopicId | undefined, at: number): number {
    if (change.effect === 'everything') return -Infinity;
    if (topicId !== undefined && topicId !== change.topicId) return Infinity;
    if (change.effect === 'voted') return at + this.#lateness.voted;
    return topicId === undefined ? at + this.#lateness.grown : -Infinity;
  }

  #add(entry: Entry): void {
    const before = this.#entries.get(entry.key);
    if (before) this.#drop(before);
    this.#entries.set(entry.key, entry);
    const others = this.#byTopic.get(entry.topicId) ?? new Set();
    this.#byTopic.set(entry.topicId, others.add(entry));
    this.#weigh(entry);
  }

  /** Takes what an entry weighs now into account, and makes room. */
  #weigh(entry: Entry): void {
    const bytes = entry.page.text.size + FRAME_BYTES + 4 * entry.key.length;
    this.#bytes += bytes - entry.bytes;
    entry.bytes = bytes;
    for (const oldest of this.#entries.values()) {
      if (this.#bytes <= this.#mostBytes) return;
      if (oldest.wasAsked) {
        // To the end, where this walk comes by once more if it has to.
        oldest.wasAsked = false;
        this.#entries.delete(oldest.key);
        this.#entries.set(oldest.key, oldest);
      } else this.#drop(oldest);
    }
  }

  #drop(entry: Entry): void {
    if (this.#entries.get(entry.key) !== entry) return;
    this.#entries.delete(entry.key);
    this.#bytes -= entry.bytes;
    const others = this.#byTopic.get(entry.topicId);
    others?.delete(entry);
    if (others?.size === 0) this.#byTopic.delete(entry.topicId);
  }
}
