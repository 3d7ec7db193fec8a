// What processes have used, as Linux tells it: https://docs.kernel.org/filesystems/proc.html. Other systems have no /proc.
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks a second of the times in /proc (USER_HZ): 100 on every Linux that Node runs on. */
const TICKS = 100;

interface Stat {
  readonly parent: number;
  /** Seconds of processor time, of the process with its threads and of its children that have ended. */
  readonly cpu: number;
}

/** Undefined once it has ended. */
function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, which may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, usersOfEnded, systemOfEnded] = fields.slice(11, 15).map(Number) as [
      ...[number, number, number, number],
    ];
    return { parent: Number(fields[1]), cpu: (user + system + usersOfEnded + systemOfEnded) / TICKS };
  } catch {
    return undefined;
  }
}

/** A process and all below it. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = statOf(Number(name))?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Seconds of processor time of these processes and all that they have started. */
export function cpuOf(roots: readonly number[]): number {
  const pids = new Set(roots.flatMap(treeOf));
  return [...pids].reduce((sum, pid) => sum + (statOf(pid)?.cpu ?? 0), 0);
}

/** The process that started another: of a backend of PostgreSQL, the one that started all of them. */
export function parentOf(pid: number): number {
  const stat = statOf(pid);
  if (!stat) throw new Error(`Process ${pid} is not on this machine: its processor time cannot be measured.`);
  return stat.parent;
}

/** Megabytes that a process holds in memory; 0 once it has ended. */
export function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Seconds that all processors of this machine have worked since it started, for whomever. */
export function machineCpu(): number {
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .split(/\s+/)
    .map(Number);
  return (user! + nice! + system! + irq! + softirq!) / TICKS;
}
