// The program compiles a template when it is first rendered; here all are, so that none is released broken.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { OPTIONS } from '../../src/web/views.ts';
import { ROOT } from '../architecture/sources.ts';

const files = globSync('views/**/*.hbs', { cwd: ROOT });

test('every template compiles', () => {
  expect(files.length).toBeGreaterThan(200);
  const broken = files.filter((file) => {
    try {
      Handlebars.precompile(readFileSync(join(ROOT, file), 'utf8'), OPTIONS);
      return false;
    } catch {
      return true;
    }
  });
  expect(broken).toEqual([]);
});
