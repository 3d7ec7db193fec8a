import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { loggedError, withoutValues } from '../../src/lib/log-errors.ts';

test('what was typed is not in it: not in message, stack, properties or causes', () => {
  const database = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    detail: 'Key (email_key)=(private.person@example.org) already exists.',
  });
  const error = new DrizzleQueryError(
    'insert into members values ($1, $2)',
    ['two\nlines\n    at home', 'private.person@example.org'],
    database,
  );
  const logged = loggedError(error);
  const text = JSON.stringify(logged);
  expect(text).not.toContain('private.person');
  expect(text).not.toContain('lines');
  expect(logged).toMatchObject({
    message: 'Failed query: insert into members values ($1, $2)\nparams: not logged',
    cause: { code: '23505' },
  });
  expect(logged.stack).toContain('    at ');
});

test('causes that go in a circle come to an end', () => {
  const error = new Error('a');
  error.cause = error;
  expect(JSON.stringify(loggedError(error)).length).toBeGreaterThan(0);
});

test.each([
  ['nothing to take out', 'nothing to take out'],
  ['Failed query: select 1\nparams: secret', 'Failed query: select 1\nparams: not logged'],
  [
    'Failed query: select 1\nparams: a\n    at night,private.person@example.org',
    'Failed query: select 1\nparams: not logged',
  ],
])('%j', (text, expected) => {
  expect(withoutValues(text)).toBe(expected);
});

test('what is no error is told as it is', () => {
  expect(loggedError('thrown text')).toEqual({ type: 'string', message: 'thrown text', stack: '' });
});
