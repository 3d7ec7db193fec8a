// Kills, outages and full disks take minutes: a command of their own, one file at a time. About eight minutes with 20 rounds
// (FAULT_ROUNDS, also the default), a little over one with 2; nothing else should run on the machine, since what is promised in
// seconds is measured. FAULT_SEED repeats the choices of a run, FAULT_REPORT names a file for what was measured.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'faults',
    include: ['tests/faults/**/*.test.ts'],
    expect: { requireAssertions: true },
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
