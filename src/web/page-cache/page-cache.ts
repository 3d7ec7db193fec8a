// The page cache of a process: what is kept, held to what this process and the others change. While it cannot hear the
// others, it is empty; while the settings are loaded anew, too, since pages show them.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Connection } from '../../db/connection.ts';
import type { PageChange } from '../../db/page-changes.ts';
import type { SiteSource } from '../site.ts';
import { Hearing } from './hearing.ts';
import { KeptPages, type KeptPagesOptions } from './kept-pages.ts';

/** Where changes are told and heard. */
export interface PageChangeSource {
  readonly connection: Pick<Connection, 'onPageChanges' | 'toldBy'>;
  /** Not through a transaction pooler: notifications are heard there. */
  readonly directUrl: string;
}

export interface PageCacheOptions extends PageChangeSource, KeptPagesOptions {
  readonly site: Pick<SiteSource, 'refresh'>;
  readonly onTrouble: (error: unknown) => void;
}

/**
 * In milliseconds. What was hidden is gone everywhere within 100; a reply may take as long to get to the visitors of other
 * processes. A vote waits for the reading of each second: pages may say it later still.
 */
const TOLD_APART: Readonly<Record<PageChange['effect'], number | undefined>> = {
  everything: 20,
  grown: 100,
  voted: undefined,
};

export class PageCache {
  readonly pages: KeptPages;
  readonly #site: Pick<SiteSource, 'refresh'>;
  readonly #onTrouble: (error: unknown) => void;
  readonly #hearing: Hearing;
  readonly #unsubscribe: () => void;
  /** Out of the request that changed something: what follows from it is not its own. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #wanted = 0;
  #opening: Promise<void> | undefined;

  constructor(options: PageCacheOptions) {
    this.pages = new KeptPages(options);
    this.#site = options.site;
    this.#onTrouble = options.onTrouble;
    const { connection, directUrl: url } = options;
    this.#hearing = new Hearing({
      url,
      toldBy: connection.toldBy,
      onChanges: (changes) => this.#hear(changes),
      onBack: () => this.#open(),
      onGone: () => this.pages.shut(),
      onTrouble: options.onTrouble,
    });
    // Called before the writer's answer: whoever has it finds no earlier page here.
    this.#unsubscribe = connection.onPageChanges((changes) => {
      this.#outside(() => {
        this.#hear(changes);
        this.#tell(changes);
      });
    });
  }

  /** Resolves when it is of use, or could not become so yet. */
  async start(): Promise<void> {
    await this.#hearing.start();
    await this.#opening;
  }

  /** Whether what is kept may be shown. */
  get isOn(): boolean {
    return this.#hearing.isLive;
  }

  /** Of the settings' loading, when one is under way. */
  get opening(): Promise<void> | undefined {
    return this.#opening;
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    this.pages.shut();
    await this.#hearing.close();
  }

  #tell(changes: readonly PageChange[]): void {
    const apart = changes.flatMap(({ effect }) => TOLD_APART[effect] ?? []);
    if (apart.length > 0) this.#hearing.tell(Math.min(...apart));
  }

  #hear(changes: readonly PageChange[]): void {
    this.pages.hear(changes);
    // Of whatever changed, settings may be a part: no page with earlier ones may be kept from now on.
    if (!this.pages.isOpen) this.#open();
  }

  #open(): void {
    this.#wanted += 1;
    this.#opening ??= this.#loadAndOpen().finally(() => {
      this.#opening = undefined;
    });
  }

  async #loadAndOpen(): Promise<void> {
    try {
      for (let loaded = -1; loaded !== this.#wanted;) {
        loaded = this.#wanted;
        await this.#site.refresh();
      }
      if (this.isOn) this.pages.open();
    } catch (error) {
      // The next hearing, a second later, tries again.
      this.#onTrouble(error);
    }
  }
}
