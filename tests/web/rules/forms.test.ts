import { expect, test } from 'vitest';
import { formBody, formOf, readFlag, readLine, readText } from '../../../src/web/forms.ts';

test.each<[unknown, string]>([
  ['plain', 'plain'],
  ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
  ['a\u0000b', 'ab'],
  ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
  [['first', 'last'], 'last'],
  [undefined, ''],
  [7, ''],
  [{ a: 1 }, ''],
  [[['x']], ''],
])('reads %j as %j', (sent, text) => {
  expect(readText({ field: sent }, 'field')).toBe(text);
});

test('a line has no breaks and no white space around it', () => {
  expect(readLine({ title: '  A  title\r\n over\tlines ' }, 'title')).toBe('A title over lines');
});

test.each<[unknown, boolean]>([
  ['1', true],
  ['on', true],
  ['', false],
  ['0', false],
  ['false', false],
  [undefined, false],
])('the box sent as %j is %s', (sent, flag) => {
  expect(readFlag({ box: sent }, 'box')).toBe(flag);
});

test.each([undefined, null, 'text', ['a'], 7])('a body of %j is an empty form', (body) => {
  expect(formBody(body)).toEqual({});
});

test('a form keeps what was typed and lists what is wrong', () => {
  const form = formOf({ title: 'AI', body: 'text' }, { title: 'Too short.', body: undefined });
  expect(form).toEqual({
    fields: { title: { value: 'AI', error: 'Too short.' }, body: { value: 'text', error: '' } },
    errors: [{ field: 'title', error: 'Too short.' }],
    hasErrors: true,
  });
});
