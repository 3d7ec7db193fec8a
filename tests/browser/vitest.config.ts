import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The file that takes longest begins, so that no worker is left with it when the others have ended. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith('/pages.test.ts');
    return [...files.filter(isLongest), ...files.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'browser',
    include: ['tests/browser/**/*.test.ts'],
    globalSetup: [
      fileURLToPath(new URL('./global-setup.ts', import.meta.url)),
      // For tests that need a forum of their own, with a clock and without budgets.
      fileURLToPath(new URL('../support/global-setup.ts', import.meta.url)),
    ],
    // Limits against hanging, not measures: machines are shared.
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    pool: 'forks',
    // A forum and a Chromium a worker. The worker is one process for all its files, so that its sessions serve them all.
    maxWorkers: 2,
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
