// public/ under one address that changes with its content: browsers may keep every file for good, and files can refer
// to each other by relative paths since they all share the same prefix.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Assets {
  /** "styles/tokenwire.css" → what it holds. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** "/assets/3f2a…/" */
  readonly prefix: string;
  readonly style: string;
  readonly script: string;
  /** What the script imports before a page is shown: the browser need not read the one to ask for the others. */
  readonly imports: readonly string[];
}

export function readAssets(folder: string = join(import.meta.dirname, '../../public')): Assets {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
  const files = new Map(
    names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name))] as const),
  );
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(name).update(content);
  const prefix = `/assets/${hash.digest('hex').slice(0, 16)}/`;
  return {
    files,
    prefix,
    style: `${prefix}styles/tokenwire.css`,
    script: `${prefix}scripts/tokenwire.js`,
    imports: ['pieces', 'times'].map((name) => `${prefix}scripts/${name}.js`),
  };
}
