import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Keeping a page is a third of the work of making it, and most tests ask for each page once. */
const NO_KEPT_PAGES = { PAGE_CACHE: 'off' };

export default defineConfig({
  root,
  test: {
    // As long as a busy machine may take to come to what is waited for.
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    // Stray output is a fault nobody looks at: it fails the run.
    onConsoleLog: (log) => {
      throw new Error(`Stray output: ${log}`);
    },
    // Of two cores, too: tests wait for the database, and for processes that they start.
    maxWorkers: 3,
    // A limit against hanging, not a measure: machines are shared.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['tests/{domain,lib}/**/*.test.ts', 'tests/*.test.ts', 'tests/web/rules/**/*.test.ts'],
          pool: 'forks',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'forum',
          include: ['tests/{features,db,jobs,views,architecture}/**/*.test.ts'],
          exclude: ['tests/db/embedded/**'],
          env: NO_KEPT_PAGES,
          pool: 'forks',
          // One application and database a worker, not a file.
          isolate: false,
          globalSetup: ['tests/support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          // With the page cache on: what no page may show is kept by none either.
          name: 'web',
          include: ['tests/web/**/*.test.ts'],
          exclude: ['tests/web/rules/**'],
          pool: 'forks',
          isolate: false,
          globalSetup: ['tests/support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'hostile',
          env: NO_KEPT_PAGES,
          testTimeout: 300_000,
          include: ['tests/hostile/**/*.test.ts'],
          pool: 'forks',
          isolate: false,
          globalSetup: ['tests/support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: ['tests/db/embedded/**/*.test.ts', 'tests/processes/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 180_000,
        },
      },
    ],
  },
});
