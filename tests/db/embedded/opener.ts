// A client in a process of its own, for tests that start several at once or kill one: `node opener.ts DATA_DIR`. It
// prints what it got as one line of JSON, then stays until its input closes.
import { openEmbedded } from '../../../src/db/embedded/index.ts';
import { fast } from './settings.ts';

const [dataDir = ''] = process.argv.slice(2);
const database = await openEmbedded({ dataDir, settings: fast });
process.stdout.write(`${JSON.stringify(database)}\n`);
process.stdin.resume().once('end', () => void database.release());
