// The keeper: a small process of its own (`node keeper.ts DATA_DIR SETTINGS_AS_JSON`) that owns the PostgreSQL of one
// data folder for as long as anybody needs it. It belongs to no client, so that none of them can take it away from the
// others, and a client that is killed leaves nothing running.
import { once } from 'node:events';
import { openAudience } from './audience.ts';
import { ensureCluster } from './cluster.ts';
import { takeLock } from './lock.ts';
import { openLog } from './log.ts';
import { clearTheWay } from './orphan.ts';
import { closePlace, openPlace } from './place.ts';
import type { Place } from './place.ts';
import { startPostmaster } from './postmaster.ts';
import { preparePrograms } from './programs.ts';
import { supervise } from './supervisor.ts';

type Settings = Readonly<Record<string, string>>;

async function keep(place: Place, settings: Settings): Promise<void> {
  const log = openLog(place.log);
  const audience = await openAudience(place.control);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => audience.dismiss());
  const { gone } = audience;
  const advise = (message: string): string => {
    log(`${new Date().toISOString()} keeper: ${message}\n`);
    return `${message} Its log: ${place.log}`;
  };
  try {
    const programs = await preparePrograms(place);
    let fresh = await ensureCluster(place, programs, settings, { log, signal: gone });
    await supervise({
      gone,
      start: async () => {
        await clearTheWay(place);
        return startPostmaster(place, programs, settings, log);
      },
      onReady: () => {
        audience.ready(fresh);
        fresh = false;
      },
      onTrouble: (message) => audience.trouble(advise(message)),
    });
  } catch (error) {
    if (!gone.aborted) {
      audience.failed(advise((error as Error).message));
      await once(gone, 'abort');
    }
  }
  await audience.close();
}

const [dataDir = '', settings = '{}'] = process.argv.slice(2);
const place = openPlace(dataDir);
const lock = takeLock(place.lock);
// Without the lock another keeper is at work: the client that started this one finds that.
if (lock) {
  await keep(place, JSON.parse(settings) as Settings);
  closePlace(place);
  lock.release();
}
process.exit();
