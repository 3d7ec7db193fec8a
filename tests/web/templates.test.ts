// What templates mean, case by case: the little of Handlebars that they use, in strict mode.
import { expect, test } from 'vitest';
import { Templates } from '../../src/web/templates.ts';
import { readTemplates } from '../../src/web/views.ts';

const render = (text: string, model: object, partials: Readonly<Record<string, string>> = {}): string => {
  return new Templates(new Map([...Object.entries(partials), ['page', text]])).render('page', model);
};

const CASES: readonly (readonly [what: string, text: string, model: object, html: string])[] = [
  ['escapes', '<a title="{{x}}">', { x: `<b>"'&\`=` }, '<a title="&lt;b&gt;&quot;&#x27;&amp;&#x60;&#x3D;">'],
  ['leaves HTML of ours as it is', '{{{x}}}', { x: '<b>' }, '<b>'],
  ['writes numbers and booleans', '{{a}} {{b}} {{c}}', { a: 0, b: false, c: 1.5 }, '0 false 1.5'],
  ['writes nothing for null', '[{{a}}{{{a}}}]', { a: null }, '[]'],
  ['writes nothing for what is said to be undefined', '[{{a}}]', { a: undefined }, '[]'],
  ['follows paths', '{{a.b.c}}', { a: { b: { c: 1 } } }, '1'],
  ['takes an empty list for nothing', '{{#if a}}1{{else}}2{{/if}}', { a: [] }, '2'],
  ['takes a name that is not there for nothing in a question', '{{#if a}}1{{else}}2{{/if}}', {}, '2'],
  ['turns a question round', '{{#unless a}}1{{else}}2{{/unless}}', { a: '' }, '1'],
  ['goes through lists', '{{#each a}}{{@index}}{{b}} {{/each}}', { a: [{ b: 'x' }, { b: 'y' }] }, '0x 1y '],
  ['goes through lists of texts', '{{#each a}}{{this}}{{/each}}', { a: ['<', 'b'] }, '&lt;b'],
  ['says what stands for no list', '{{#each a}}1{{else}}2{{/each}}', { a: [] }, '2'],
  ['looks into', '{{#with a}}{{b}}{{else}}none{{/with}}', { a: { b: 1 } }, '1'],
  ['looks into nothing', '{{#with a}}{{b}}{{else}}none{{/with}}', { a: null }, 'none'],
  ['looks out', '{{#each a}}{{#if on}}{{../b}}{{/if}}{{/each}}', { a: [{ on: true }], b: 1 }, '1'],
  ['looks at the whole', '{{#each a}}{{@root.b}}{{/each}}', { a: [1], b: 2 }, '2'],
  ['finds by name', '{{lookup @root.a "x"}}{{lookup b c}}', { a: { x: '<' }, b: { y: 2 }, c: 'y' }, '&lt;2'],
  ['drops comments and the lines of blocks', 'a\n{{#if x}}\nb\n{{/if}}\n{{! no }}c', { x: 1 }, 'a\nb\nc'],
];

for (const [what, text, model, html] of CASES) {
  test(what, () => {
    expect(render(text, model)).toBe(html);
  });
}

test('partials see what they are called with', () => {
  const partials = { _plain: '({{a}})', 'of/_mine': '[{{name}}{{a}}{{> plain}}]' };
  expect(render('{{> plain}}', { a: 1 }, partials)).toBe('(1)');
  expect(render('{{> plain b}}', { a: 1, b: { a: 2 } }, partials)).toBe('(2)');
  expect(render('{{> of/mine name="<"}}', { a: 1 }, partials)).toBe('[&lt;1(1)]');
  expect(render('{{> of/mine b name=a}}', { a: 1, b: { a: 2 } }, partials)).toBe('[12(2)]');
  expect(render('{{> of/mine a="x" name=none}}', { a: 1 }, partials)).toBe('[x(x)]');
});

test('what a partial is given reaches the partials in it, and not the things it goes through', () => {
  const partials = { _list: '{{#each list}}{{> one}}{{/each}}{{> one}}', _one: '{{x}}' };
  expect(render('{{> list x="given"}}', { x: 0, list: [{ x: 1 }, { x: 2 }] }, partials)).toBe('12given');
});

test('partials call themselves', () => {
  const partials = { _tree: '{{n}}({{#each below}}{{> tree}}{{/each}})' };
  const model = { n: 1, below: [{ n: 2, below: [{ n: 3, below: [] }] }] };
  expect(render('{{> tree}}', model, partials)).toBe('1(2(3()))');
});

test('texts of mails are not escaped', () => {
  expect(new Templates(new Map([['a.txt', '{{x}}']])).render('a.txt', { x: '<' })).toBe('<');
});

test('what a model lacks is an error that says where', () => {
  expect(() => render('\n{{none}}', {})).toThrow('"none" not defined in the model of views/page.hbs, line 2');
  expect(() => render('{{lookup a "none"}}', { a: {} })).toThrow('"none" not defined');
  expect(() => render('{{a.b.c}}', { a: {} })).toThrow(TypeError);
  expect(() => render('{{> p}}', {}, { _p: '{{none}}' })).toThrow('views/_p.hbs, line 1');
  expect(() => render('{{#each a}}{{/each}}', { a: { b: 1 } })).toThrow('no list');
});

test('what no template may do is a fault', () => {
  for (const [text, reason] of [
    ['{{> none}}', 'views/page.hbs calls _none, which does not exist'],
    ['{{a b}}', 'no value'],
    ['{{lookup a}}', 'no value'],
    ['{{lookup a b c}}', 'no value'],
    ['{{#a}}{{/a}}', 'views/page.hbs calls a'],
    ['{{#lookup a}}{{/lookup}}', 'calls lookup'],
    ['{{#if (a b)}}{{/if}}', 'SubExpression'],
    ['{{../a}}', 'outside'],
    ['{{@key}}', '@key'],
    ['{{#if a}}', 'cannot be read'],
  ] as const)
    expect(() => render(text, {}), text).toThrow(reason);
  expect(() => render('{{> p a=1}}', {}, { _p: '{{> p a=2}}' })).toThrow('inside of itself');
});

test('names of a model are no code', () => {
  expect(render('{{[a"b]}} {{a.[c d]}}', { 'a"b': 1, a: { 'c d': 2 } })).toBe('1 2');
});

test('every template of the forum compiles: a start does not, so that none must be released broken', () => {
  const sources = readTemplates();
  const templates = new Templates(sources);
  expect(sources.size).toBeGreaterThan(200);
  for (const name of sources.keys()) expect(() => templates.compile(name), name).not.toThrow();
});
