// A small disk of its own for a data folder, that can be filled and freed: a tmpfs, which takes root to mount.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { patience, temporaryFolder } from '../db/embedded/processes.ts';

/** A new cluster with a demonstration forum takes about 80 MB; the rest is for what the load writes. */
const SIZE = '192m';
const CHUNK = Buffer.alloc(64 * 1024, 1);

export interface SmallDisk {
  readonly folder: string;
  /** Leaves no room on it. */
  fill(): void;
  free(): void;
  unmount(): Promise<void>;
}

/** @throws with what the system says when this account may not mount. */
export function mountSmallDisk(): SmallDisk {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'tokenwire-faults', folder], {
    stdio: 'pipe',
  });
  const filler = path.join(folder, 'filler');
  return {
    folder,
    fill() {
      const file = fs.openSync(filler, 'a');
      try {
        for (;;) fs.writeSync(file, CHUNK);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        fs.closeSync(file);
      }
    },
    free() {
      fs.rmSync(filler, { force: true });
    },
    async unmount() {
      // The last process that worked in it may be about to end.
      await vi.waitFor(() => execFileSync('umount', [folder], { stdio: 'pipe' }), patience);
      fs.rmdirSync(folder);
    },
  };
}
