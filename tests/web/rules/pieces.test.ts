// What pure partials write is kept with the object it was written of; and nothing else is.
import { expect, test } from 'vitest';
import { Pieces } from '../../../src/web/pieces.ts';
import { Templates } from '../../../src/web/templates.ts';
import { PURE_PARTIALS, readTemplates } from '../../../src/web/views.ts';

const sources = new Map([
  ['page', '<p>{{title}}</p>{{#each list}}[{{> one this}}]{{/each}}é'],
  ['_one', '{{text}}'],
  ['_moment', '<time datetime="{{iso}}">{{full}}</time>'],
]);

function pages(pure: readonly string[] = ['_one', '_moment']) {
  const [templates, pieces] = [new Templates(sources, pure), new Pieces()];
  return (model: object, { timeZone = 'UTC', name = 'page' } = {}) =>
    pieces.page(timeZone, (standIn) => templates.render(name, model, standIn)).toString();
}

test('a page is the same with pieces as without', () => {
  const model = { title: '<ü>', list: [{ text: 'a "b"' }, { text: 'ß' }] };
  const expected = '<p>&lt;ü&gt;</p>[a &quot;b&quot;][ß]é';
  const render = pages();
  expect(render(model)).toBe(expected);
  expect(render(model)).toBe(expected);
  expect(pages([])(model)).toBe(expected);
  expect(render({ title: '', list: [] })).toBe('<p></p>é');
});

test('an object is written once, wherever it is shown, and its like by itself', () => {
  const [one, like] = [{ text: 'one' }, { text: 'one' }];
  const render = pages();
  expect(render({ title: '', list: [one, like, one] })).toBe('<p></p>[one][one][one]é');
  // No view is ever changed; were one, this is how one sees what was kept.
  one.text = 'another';
  expect(render({ title: 'b', list: [like, one] })).toBe('<p>b</p>[one][one]é');
  like.text = 'its like';
  expect(pages()({ title: 'b', list: [like, one] })).toBe('<p>b</p>[its like][another]é');
});

test('by the clock of each zone', () => {
  const moment = { iso: '2026-04-03T13:38:00.000Z', full: '3 April 2026, 13:38 UTC' };
  const render = pages();
  const zones = ['UTC', 'Europe/Berlin', 'Asia/Tokyo', 'UTC', 'Asia/Tokyo'];
  const shown = zones.map((timeZone) => render(moment, { timeZone, name: '_moment' }));
  expect(shown.map((html) => /, (.*)</.exec(html)?.[1])).toEqual([
    '13:38 UTC',
    '15:38 CEST',
    '22:38 GMT+9',
    '13:38 UTC',
    '22:38 GMT+9',
  ]);
});

test('what stands for a piece cannot be written by anybody, and none is lost', () => {
  const pieces = new Pieces();
  const twice = () => pieces.page('UTC', (standIn) => standIn('a', {}, () => 'x').repeat(2));
  expect(twice).toThrow('other pieces');
  const none = () => pieces.page('UTC', (standIn) => standIn('a', {}, () => 'x').slice(0, 0));
  expect(none).toThrow('other pieces');
});

test('pure partials, and those they call, look at nothing of the page but its icons', () => {
  const templates = readTemplates();
  const looksAt = (name: string, seen: Set<string>): string[] => {
    if (seen.has(name)) return [];
    seen.add(name);
    const text = templates.get(name) ?? '';
    expect(text, name).not.toBe('');
    const called = [...text.matchAll(/{{> *([\w/-]+)/g)].map(([, partial = '']) =>
      partial.replace(/[^/]*$/, '_$&'),
    );
    const own = [...text.matchAll(/@root\.(\w+)/g)].map(([, what = '']) => what);
    return [...own, ...called.flatMap((partial) => looksAt(partial, seen))];
  };
  expect(PURE_PARTIALS.length).toBeGreaterThan(0);
  for (const name of PURE_PARTIALS)
    expect(new Set(looksAt(name, new Set())), name).toEqual(new Set(['icons']));
});
