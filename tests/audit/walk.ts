// Every page of a forum as each kind of person gets it: links are followed from the front page, and of pages of one shape
// ("a topic", "a member") two are kept.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unescapeHtml } from '../../src/lib/html.ts';

export interface Walker {
  readonly who: string;
  /** '' for a visitor. */
  readonly cookie: string;
}

interface Walked {
  /** Where the pages lie, one a file. */
  readonly files: readonly string[];
  /** Addresses on the forum that answered with a fault of the forum or led nowhere, and where they stood. */
  readonly dead: readonly string[];
}

/** Two of a shape: of one, a state that only the other has would be missed. */
const OF_A_SHAPE = 2;

/** Pages that no link leads to. */
const UNLINKED = [
  '/nothing',
  '/%',
  '/t/999999999/none',
  '/sign-up',
  '/sign-in',
  '/forgot',
  '/setup',
  '/dev/mail',
];
/** Forms sent with nothing in them: they come back with what is wrong beside each field. */
const FORMS = [
  '/sign-in',
  '/sign-up',
  '/forgot',
  '/submit',
  '/settings',
  '/settings/name',
  '/settings/password',
];

export async function walk(url: string, { who, cookie }: Walker, folder: string): Promise<Walked> {
  mkdirSync(folder, { recursive: true });
  const found = new Map<string, string>([['/', 'the start']]);
  for (const path of UNLINKED) found.set(path, 'nothing');
  const kept = new Map<string, number>();
  const files: string[] = [];
  const dead: string[] = [];

  const keep = (name: string, html: string): void => {
    const file = join(folder, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${files.length}.html`);
    writeFileSync(file, html);
    files.push(file);
  };

  for (const [path, from] of found) {
    const shape = shapeOf(path);
    const seen = kept.get(shape) ?? 0;
    if (seen >= OF_A_SHAPE) continue;
    kept.set(shape, seen + 1);
    const answer = await fetch(url + path, { headers: { cookie }, redirect: 'manual' });
    const to = answer.headers.get('location');
    if (to !== null) {
      if (!found.has(pathOf(to, url) ?? path)) found.set(pathOf(to, url) ?? path, path);
      continue;
    }
    const html = await answer.text();
    // The log leads to what is hidden, where the reason stands.
    if (answer.status >= 400 && answer.status !== 410 && !UNLINKED.includes(path))
      dead.push(`${answer.status} ${path} on ${from}`);
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    keep(`${who}-${shape}`, html);
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const next = pathOf(unescapeHtml(href), url + path);
      if (next !== undefined && !found.has(next)) found.set(next, path);
    }
  }
  for (const path of FORMS) {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { cookie, origin: url, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'next=%2F',
      redirect: 'manual',
    });
    if (answer.status === 422) keep(`${who}-sent-${path}`, await answer.text());
  }
  return { files, dead };
}

/** A path of this forum; undefined for other sites. */
function pathOf(href: string, base: string): string | undefined {
  const address = new URL(href, base);
  return address.origin === new URL(base).origin ? address.pathname + address.search : undefined;
}

/** What pages of one template have in common: numbers, names and values of queries are left out. */
function shapeOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://this.invalid');
  const named = pathname
    .replace(/^\/(t\/\d+|s|tag|site|u|week|moderation\/members)\/[^/]+/, '/$1/NAME')
    .replaceAll(/\d+/g, 'N');
  return `${named}?${[...searchParams.keys()].join('&')}`;
}
