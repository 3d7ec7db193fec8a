// How processes of the forum begin and end: why one does not start, for the person at the terminal; how long one may take to end.
import { ConfigError } from './config.ts';

/** How long what has begun may take when a process is told to end, in milliseconds. */
export const GRACE_MS = 10_000;

/** What kept a process from starting, already in words for the person at the terminal. */
export class StartFault extends Error {}

/** What they can do something about is said in a sentence; anything else with its stack. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartFault) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: another forum may be running. End it, or set PORT to another number.`;
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be used by this account. Set PORT to a number above 1023.`;
  return error.stack ?? error.message;
}
