// One of several processes (`node child.ts "web 1"`, `node child.ts jobs`), started and kept by processes.ts.
import closeWithGrace from 'close-with-grace';
import { readConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { beginDuties } from './duties.ts';
import { END, JOBS, type Report } from './processes.ts';
import { openResources } from './resources.ts';
import { explain, GRACE_MS } from './start-faults.ts';

const [name = ''] = process.argv.slice(2);
let close = (): void => process.exit();
let ending = false;
const end = (): void => {
  if (!ending) close();
  ending = true;
};
process.on('message', (told) => {
  if (told === END) end();
});
process.on('SIGTERM', end);
// A terminal's go to all processes: the one that keeps this one has heard them, too, and says what is to be done.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => undefined);

function report(text: Report, done?: () => void): void {
  process.send?.(text, undefined, undefined, done);
}

async function begin(): Promise<void> {
  const config = readConfig(process.env);
  const say = (text: string): void => {
    process.stdout.write(`${name}: ${text}\n`);
  };
  const database = await openDatabase(config, say);
  const opened = openResources({ config, database, say, processName: name });
  const onDuty = await beginDuties(opened, { web: name !== JOBS, jobs: name === JOBS });
  const grace = closeWithGrace(
    { delay: GRACE_MS, skip: ['SIGINT', 'SIGHUP', 'SIGTERM'] },
    async ({ err }) => {
      if (err) onDuty.log.fatal({ err }, 'the process ends because of a fault');
      await onDuty.stop();
      await opened.close();
      await database.release();
    },
  );
  close = grace.close;
  report({ announcement: onDuty.announcement });
}

begin().catch((error: unknown) => {
  report({ fault: explain(error) }, () => process.exit(1));
});
