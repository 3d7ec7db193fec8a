// No field without hostile strings: what the forum's routes take, what its sources read and what its pages offer to
// fill in must all stand in the tables of fields.
import type { FastifyInstance } from 'fastify';
import { sourcesIn } from '../architecture/sources.ts';
import { expect, test } from '../support/forum.ts';
import { parsePage } from '../support/page.ts';
import { QUERIES } from './fields-addresses.ts';
import { FORMS } from './fields.ts';
import type { Form } from './fields-form.ts';
import { World } from './fields-world.ts';

const namesOf = ({ typed, chosen }: Form): string[] => [...Object.keys(typed), ...chosen];

test('every route that takes a form stands in the table', ({ app }) => {
  const routes = app.routes.filter(({ method }) => method === 'POST').map(({ url }) => `POST ${url}`);
  expect(FORMS.map(({ route }) => route).toSorted()).toEqual(routes.toSorted());
});

/** How the sources read a name out of a form or a query. */
const READINGS = [
  /\bread(?:Text|Line|Flag)\([^'\n]*'([\w-]+)'\)/g,
  /\b(?:read|number)\('([\w-]+)'\)/g,
  /\bquery\.(\w+)/g,
  /\b(?:body|formBody\([^)]*\))\.(\w+)/g,
];
/** Properties of what is called a query or a body and is none that was sent. */
const NOT_SENT = new Set(['html', 'kind', 'map', 'markdown', 'ts']);

test('every name that the sources read stands in a table', () => {
  const known = new Set([...FORMS.flatMap(namesOf), ...QUERIES.flatMap(({ names }) => names)]);
  const sources = [...sourcesIn('src/features', '.ts'), ...sourcesIn('src/web', '.ts')].filter(({ path }) =>
    /(?:routes|forms?)\.ts$/.test(path),
  );
  const read = sources.flatMap(({ text }) =>
    READINGS.flatMap((reading) => [...text.matchAll(reading)].map(([, name = '']) => name)),
  );
  expect(read.length).toBeGreaterThan(80);
  expect([...new Set(read)].filter((name) => !known.has(name) && !NOT_SENT.has(name))).toEqual([]);
});

test('every control on every page with a form stands in the table', async ({ app, make, clock }) => {
  const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
  const offered = new Map<string, Set<string>>();
  const note = (html: string) => {
    for (const [route, names] of controlsIn(html, app)) {
      const all = offered.get(route) ?? new Set();
      offered.set(route, new Set([...all, ...names]));
    }
  };
  await world.queueItem();
  for (const { occasion, beforeSetup } of FORMS) {
    if (beforeSetup) continue;
    const { who, path } = await occasion(world);
    for (const each of [who, world.writer, world.moderator, world.admin]) note((await each.get(path)).text);
  }
  for (const { path } of QUERIES)
    for (const who of [world.visitor, world.writer, world.moderator, world.admin])
      note((await who.get(path(world))).text);

  expect(offered.size).toBeGreaterThan(20);
  const unknown = [...offered].map(([route, names]) => {
    const form = FORMS.find((each) => each.route === route);
    const known = form
      ? namesOf(form)
      : QUERIES.filter((each) => `GET ${each.route}` === route).flatMap(({ names: all }) => all);
    return [route, [...names].filter((name) => !known.includes(name))] as const;
  });
  expect(unknown.filter(([, names]) => names.length > 0)).toEqual([]);
});

/** "METHOD route" → the names that a form on the page sends there. The tabs of an editor are no fields. */
function controlsIn(html: string, app: FastifyInstance): Map<string, string[]> {
  const document = parsePage(html);
  const found = new Map<string, string[]>();
  for (const form of document.querySelectorAll('form')) {
    const method = (form.getAttribute('method') ?? 'get').toUpperCase();
    for (const control of form.querySelectorAll('[name]')) {
      const name = control.getAttribute('name') ?? '';
      // A button may send the form elsewhere.
      const leads = control.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
      const action = leads.split('?', 1)[0] ?? '';
      const routes = app.routes.filter((each) => each.method === method && patternOf(each.url).test(action));
      // As the router chooses: the one with the fewest pieces left open.
      const [route] = routes.sort((one, other) => openPieces(one.url) - openPieces(other.url));
      const key = `${method} ${route?.url ?? action}`;
      found.set(key, [...(found.get(key) ?? []), ...(name.endsWith('-view') ? [] : [name])]);
    }
  }
  return found;
}

function openPieces(url: string): number {
  return url.split(':').length - 1;
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replace(/\(.*?\)/g, '').replaceAll(/:\w+/g, '[^/]+')}$`);
}
