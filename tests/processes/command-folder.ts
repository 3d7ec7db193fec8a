// A folder for commands to work in: the files that they are given and write, and a forum's data.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type CommandName, type Ended, removeWithData, runCommand } from './command-process.ts';

export class CommandFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'tokenwire-command-'));
  /** Of the forum that the commands are about. */
  dataDir = join(this.path, 'data');

  /** @returns the path of the new file */
  put(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  run(name: CommandName, ...args: readonly string[]): Promise<Ended> {
    return runCommand(name, args, { dataDir: this.dataDir });
  }

  /** The whole forum as its export has it. */
  async exported(): Promise<string> {
    const path = join(this.path, 'out.jsonl');
    expect((await this.run('export', path)).code).toBe(0);
    return readFileSync(path, 'utf8');
  }

  /** Once the databases in it have ended. */
  remove(): Promise<void> {
    return removeWithData(this.path);
  }
}
