// No rule without something it is for, no class without a rule: the stylesheet and the pages know each other.
import { expect, test } from 'vitest';
import { sourcesIn } from './sources.ts';

const textOf = (folder: string, ending: string): string =>
  sourcesIn(folder, ending)
    .filter(({ path }) => !path.startsWith('views/mails/'))
    .map(({ text }) => text)
    .join('\n');

const views = textOf('views', '.hbs');
const scripts = textOf('public/scripts', '.js');
const stylesheet = textOf('public/styles', '.css').replace(/\/\*.*?\*\//gs, '');

/** In texts that were rendered: what Markdown became, and what highlight.js calls the parts of code. */
const RENDERED = /^(?:url|task|footnotes|footnote-ref|hljs-[a-z_-]+)$/;
/** Whose number is the model's. */
const NUMBERED = /^(?:id|shade)-\d$/;

const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap(([, found = '']) => found.split(/\s+/)).filter(Boolean)),
];

const withRule = all(stylesheet, /\.([a-z][\w-]*)/gi);
/** Of the classes that a condition chooses between, each. */
const inViews = all(views.replace(/\{\{[^}]*\}\}/g, ' '), /\sclass="([^"]*)"/g);
const inScripts = all(scripts, /(?:className = |classList\.(?:add|toggle|remove)\()'([^']+)'/g);
/** What scripts and tests find things by. */
const strings = (scripts + textOf('tests/browser', '.ts')).match(/'[^'\n]*'|`[^`\n]*`/g) ?? [];
const hooks = all(strings.join('\n'), /\.([a-z]+(?:-[a-z]+)*)/g);

test('every rule is for something', () => {
  expect(withRule.length).toBeGreaterThan(200);
  expect(
    withRule.filter(
      (name) => ![...inViews, ...inScripts].includes(name) && !RENDERED.test(name) && !NUMBERED.test(name),
    ),
  ).toEqual([]);
});

test('every class has a rule, or is what a script or a test finds a thing by', () => {
  expect(inScripts).not.toEqual([]);
  expect(
    [...inViews, ...inScripts].filter(
      (name) => !withRule.includes(name) && !hooks.includes(name) && name !== 'id-',
    ),
  ).toEqual([]);
});

test('every variable is set and used', () => {
  const set = all(stylesheet, /(--[\w-]+):/g);
  const used = all(stylesheet, /var\((--[\w-]+)\)/g);
  expect(set.sort()).toEqual(used.sort());
});
