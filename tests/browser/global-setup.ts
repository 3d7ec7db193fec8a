// Starts the forum as a newcomer does, on an empty data folder: what is tested is what they get.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startForum } from '../processes/forum-process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    forumUrl: string;
    /** Name → password of the demonstration accounts. */
    accounts: Record<string, string>;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tokenwire-browser-'));
  // Every context comes from an address of its own (openContext): people are not budgeted together with others.
  const forum = await startForum(dataDir, { env: { TRUST_PROXY: '127.0.0.1,::1' } });
  project.provide('forumUrl', forum.url);
  project.provide('accounts', forum.accounts);
  return async () => {
    await forum.stop();
    // PostgreSQL ends a moment after the last of its clients.
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
  };
}
