// The forum as pages know it, kept in memory. No timer: whoever asks for it when it has grown old sets off the reload,
// so that an idle process does nothing and a busy one is at most a few seconds behind the others.
import { queryTally, type Reader } from '../../db/connection.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Site, SiteSource } from '../../web/site.ts';
import { loadSite } from './queries.ts';

/** How old the forum in memory may be before the next request has it loaded again, in milliseconds. */
const FRESH_FOR = 2_000;

export interface SiteOptions {
  readonly clock: Clock;
  /** Told when a reload in the background failed; the old values stay. */
  readonly onTrouble: (error: unknown) => void;
}

/** Loads the forum's settings and sections and keeps them. @throws when the first load fails. */
export async function openSite(db: Reader, { clock, onTrouble }: SiteOptions): Promise<SiteSource> {
  let started = 0;
  let shown = 0;
  let loadedAt = clock.now().getTime();
  let reloading = false;
  let site: Site = await loadSite(db);

  /** A load that began earlier never replaces one that began later: its answer is from before the change. */
  async function refresh(): Promise<void> {
    const turn = ++started;
    loadedAt = clock.now().getTime();
    const loaded = await loadSite(db);
    if (turn > shown) {
      shown = turn;
      site = loaded;
    }
  }

  function reloadInBackground(): void {
    reloading = true;
    // On nobody's account: which request comes upon an old forum is chance.
    void queryTally
      .run(undefined, refresh)
      .catch(onTrouble)
      .finally(() => {
        reloading = false;
      });
  }

  return {
    current() {
      // A clock that was set back must not stop the reloads.
      const age = Math.abs(clock.now().getTime() - loadedAt);
      if (age >= FRESH_FOR && !reloading) reloadInBackground();
      return site;
    },
    refresh,
  };
}
