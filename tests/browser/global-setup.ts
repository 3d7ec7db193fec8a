// Starts a forum for each worker as a newcomer does, on an empty data folder: what is tested is what they get.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startForum } from '../processes/forum-process.ts';

interface Demonstration {
  readonly url: string;
  /** Name → password of the demonstration accounts. */
  readonly accounts: Record<string, string>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** One a worker, in the order of their numbers. */
    demonstrations: readonly Demonstration[];
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const opened = await Promise.all(Array.from({ length: project.config.maxWorkers }, () => open()));
  project.provide(
    'demonstrations',
    opened.map(({ url, accounts }) => ({ url, accounts })),
  );
  return async () => {
    await Promise.all(opened.map((each) => each.close()));
  };
}

async function open(): Promise<Demonstration & { close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tokenwire-browser-'));
  // Every context comes from an address of its own (openContext): people are not budgeted together with others.
  const forum = await startForum(dataDir, { env: { TRUST_PROXY: '127.0.0.1,::1' } });
  return {
    url: forum.url,
    accounts: forum.accounts,
    async close() {
      await forum.stop();
      // PostgreSQL ends a moment after the last of its clients.
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
    },
  };
}
