// Hearing what other processes change, and telling them of what this one has: on a connection of its own, so that it waits
// behind no request. Notifications say only that there is something to read; each second it is read besides.
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { hearChanges, type PageChangeListener } from '../../db/page-changes.ts';
import { SECOND } from '../../domain/times.ts';

const CHANNEL = 'page_changes';
const EVERY = SECOND;
/** After so long without an answer nothing is known of the others: a frozen process, a cut line. */
const DEAF_AFTER = 3 * SECOND;
const AGAIN_AFTER = SECOND / 2;
/** A statement of the connection takes a millisecond; what takes this long does not come. */
const PATIENCE = 2 * SECOND;

export interface HearingOptions {
  /** Of a connection that does not go through a transaction pooler. */
  readonly url: string;
  /** What this process tells by, and does not need to hear. */
  readonly toldBy: string;
  readonly onChanges: PageChangeListener;
  /** It hears (again): of all that is committed from before now on, and of nothing before. */
  readonly onBack: () => void;
  /** It hears nothing any more. */
  readonly onGone: () => void;
  readonly onTrouble: (error: unknown) => void;
}

export class Hearing {
  readonly #options: HearingOptions;
  #client: pg.Client | undefined;
  #snapshot: string | undefined;
  #heardAt = -Infinity;
  #isReading = false;
  #readAgain = false;
  #toldAt = -Infinity;
  #telling: NodeJS.Timeout | undefined;
  /** When that is due. */
  #tellsAt = Infinity;
  #isUntold = false;
  #isClosed = false;
  readonly #timer: NodeJS.Timeout;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#read(), EVERY).unref();
  }

  /** Whether what others changed up to some moments ago is known. */
  get isLive(): boolean {
    return this.#client !== undefined && performance.now() - this.#heardAt < DEAF_AFTER;
  }

  /** Resolves when it hears, or could not begin to; then it goes on trying. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      application_name: 'tokenwire pages',
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
      options: '-c jit=off -c timezone=UTC',
    });
    client.on('error', (error) => this.#lose(client, error));
    client.on('end', () => this.#lose(client));
    client.on('notification', ({ payload }) => {
      if (payload !== this.#options.toldBy) void this.#read();
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      const asked = performance.now();
      const { snapshot } = await hearChanges(client, this.#options.toldBy);
      if (this.#isClosed) return await client.end();
      this.#client = client;
      this.#snapshot = snapshot;
      this.#heardAt = asked;
      if (this.#isUntold) void this.#notify();
      this.#options.onBack();
    } catch (error) {
      this.#lose(client, error);
      this.#tryAgain();
    }
  }

  /**
   * Tells the others that there is something to read: now, but for what was told lately.
   * @param apart from one time to the next, in milliseconds: what comes between is told together
   */
  tell(apart: number): void {
    const now = performance.now();
    const at = Math.max(now, this.#toldAt + apart);
    if (at >= this.#tellsAt) return;
    clearTimeout(this.#telling);
    this.#tellsAt = at;
    if (at === now) void this.#notify();
    else this.#telling = setTimeout(() => void this.#notify(), at - now).unref();
  }

  async #notify(): Promise<void> {
    this.#toldAt = performance.now();
    this.#tellsAt = Infinity;
    // Without a connection the others read it within a second, or are told by the next one.
    this.#isUntold = this.#client === undefined;
    try {
      await this.#client?.query('select pg_notify($1, $2)', [CHANNEL, this.#options.toldBy]);
    } catch (error) {
      this.#isUntold = true;
      this.#options.onTrouble(error);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
    clearTimeout(this.#telling);
    // Waited for: a connection that ends while it is asked something ends at once, and says nothing.
    if (this.#tellsAt < Infinity) await this.#notify();
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  async #read(): Promise<void> {
    const client = this.#client;
    this.#readAgain = this.#isReading;
    if (!client || this.#isReading) return;
    this.#isReading = true;
    try {
      const asked = performance.now();
      const heard = await hearChanges(client, this.#options.toldBy, this.#snapshot);
      if (this.#client !== client) return;
      this.#options.onChanges(heard.changes);
      this.#snapshot = heard.snapshot;
      this.#heardAt = asked;
    } catch (error) {
      this.#lose(client, error);
    } finally {
      this.#isReading = false;
    }
    if (this.#readAgain) await this.#read();
  }

  #lose(client: pg.Client, error?: unknown): void {
    if (error !== undefined && !this.#isClosed) this.#options.onTrouble(error);
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#options.onGone();
    client.end().catch(this.#options.onTrouble);
    this.#tryAgain();
  }

  #tryAgain(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.start(), AGAIN_AFTER).unref();
  }
}
