// How the forum's programs are started by tests: as by hand, but for what Node made of their files the last time.
import { join } from 'node:path';
import { ROOT } from '../architecture/sources.ts';

/** Reading and compiling the same files is most of what a command does: a run of the tests starts dozens. */
const NODE_COMPILE_CACHE = join(ROOT, 'node_modules/.cache/tokenwire-compiled');

/** What a terminal would give them. */
export const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_COMPILE_CACHE,
};
