// What `npm start` and the commands put before the program (--import), so that its thousand modules load in a third of the
// time. Nothing depends on it: without it, the same modules load. Plain JavaScript: the first TypeScript file wakes Node's
// compiler.
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';

// What Node made of the sources is kept beside the packages: whoever may write there may change the program anyway. Where
// nobody may, Node goes on without. Entries name the content they were made of, and Node checks it.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/node-compile'));

/** Specifier of a package → what it stands for in our own files, which all see the same node_modules. */
const packages = new Map();

registerHooks({
  /** As Node resolves, but without asking the disk again what is known: an import of our own names its file in full. */
  resolve(specifier, context, next) {
    const { parentURL, conditions } = context;
    if (parentURL === undefined || !conditions.includes('import')) return next(specifier, context);
    if (specifier.startsWith('.')) {
      const format = formatOf(specifier, parentURL);
      if (format === undefined) return next(specifier, context);
      return { url: beside(parentURL, specifier), format, shortCircuit: true };
    }
    if (specifier.includes(':') || parentURL.includes('/node_modules/')) return next(specifier, context);
    let resolved = packages.get(specifier);
    if (resolved === undefined) {
      resolved = { ...next(specifier, context), shortCircuit: true };
      packages.set(specifier, resolved);
    }
    return resolved;
  },
});

/** Undefined where only Node can tell. */
function formatOf(specifier, parentURL) {
  if (specifier.endsWith('.ts')) return 'module-typescript';
  // For the format of each file, Node parses the package.json anew; drizzle's has 179 kB.
  if (specifier.endsWith('.js') && parentURL.includes('/node_modules/drizzle-orm/')) return 'module';
  return undefined;
}

/** As `new URL(specifier, parentURL).href`, of `./` and `../` before a file's name: four thousand are asked for at a start. */
function beside(parentURL, specifier) {
  let folder = parentURL.lastIndexOf('/');
  let rest = specifier.startsWith('./') ? 2 : 0;
  for (; specifier.startsWith('../', rest); rest += 3) folder = parentURL.lastIndexOf('/', folder - 1);
  return parentURL.slice(0, folder + 1) + specifier.slice(rest);
}
