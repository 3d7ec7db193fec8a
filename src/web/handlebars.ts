// Of Handlebars its parser, and how it escapes: all of it is five times as many files, read at each start.
import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';

const require = createRequire(import.meta.url);
const { parse: parseText } = require('handlebars/dist/cjs/handlebars/compiler/base.js') as Pick<
  typeof Handlebars,
  'parse'
>;
export const { escapeExpression } =
  require('handlebars/dist/cjs/handlebars/utils.js') as typeof Handlebars.Utils;

/** @throws when the text of views/NAME.hbs is no template */
export function parse(name: string, text: string): hbs.AST.Program {
  try {
    return parseText(text);
  } catch (cause) {
    throw new Error(`views/${name}.hbs cannot be read: ${String(cause)}`, { cause });
  }
}
