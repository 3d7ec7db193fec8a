// Markdown of the greatest length a member may write, each text made to cost whoever reads or shows it the most.
import { LENGTHS } from '../../src/domain/limits.ts';

/** As much of a repeated text as a body may have. */
export function filled(unit: string, length: number = LENGTHS.body): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

function counted(unit: (n: number) => string, length: number = LENGTHS.body): string {
  let text = '';
  for (let n = 0; text.length < length; n += 1) text += unit(n);
  return text.slice(0, length);
}

/** Marks of two classes in the order that normalisation has to turn round, each for itself. */
export function disorderedMarks(length: number): string {
  return `a${'\u0301'.repeat(length / 2 - 1)}${'\u0323'.repeat(length / 2)}`;
}

const rowOf = (cell: string) => `|${cell.repeat(20)}\n`;

export const HOSTILE_MARKDOWN: Readonly<Record<string, string>> = {
  'emphasis that never closes': filled('*a **a '),
  'emphasis in lines': filled('*a_ **b~~ c__\n\n'),
  'asterisks alone': filled('*'),
  'alternating delimiters': filled('*_~'),
  'deep quotes': filled('> '),
  'quotes of falling depth': counted((n) => `${'>'.repeat(12 - (n % 12))} a\n`),
  'nested lists': counted((n) => `${'  '.repeat(n % 12)}- a\n`),
  'lists on one line': filled('- '),
  'numbers on one line': filled('1. '),
  'loose list': filled('- a\n\n\n'),
  indentation: filled('        a\n'),
  'opening brackets': filled('['),
  'brackets and parentheses': filled('[a]('),
  'nested links': filled('[a](b'),
  'images in links': filled('[![a](b)'),
  'backslashes in brackets': filled('[\\'),
  'backticks of growing length': counted((n) => `${'`'.repeat(n + 1)}a`),
  backticks: filled('`a``b'),
  fences: filled('```\n~~~\n'),
  'a wide table': rowOf('a|') + rowOf('-|') + filled(rowOf('*|'), LENGTHS.body - 100),
  pipes: filled('|'),
  'delimiter rows': filled('|-|\n'),
  autolinks: filled('https://a.example/'),
  'short links': filled('a.co www.b.co '),
  'mail addresses': filled('a@b.c '),
  'a long local part': filled('a'),
  'angle brackets': filled('<a '),
  'tags with attributes': filled('<a a="b" '),
  comments: filled('<!-- '),
  declarations: filled('<!A <?a '),
  'link definitions': counted((n) => `[${n}]: /a\n[${n}] `),
  'definitions that never end': filled('[a]: <b "c\n'),
  entities: filled('&amp;&#x1;&copy;'),
  ampersands: filled('&'),
  footnotes: counted((n) => `[^${n}]: a\n\n[^${n}]`),
  'one footnote cited often': `[^1]: a\n\n${filled('[^1]', LENGTHS.body - 12)}`,
  'footnotes in footnotes': counted((n) => `[^${n}]: [^${n + 1}]\n\n`),
  mentions: counted((n) => `@m${n} `),
  'at signs': filled('@a'),
  headings: filled('# a\n'),
  'rules and underlines': filled('a\n---\n'),
  'hard breaks': filled('a  \n'),
  spaces: `a${' '.repeat(LENGTHS.body - 2)}b`,
  'tabs and line ends': filled('\t\n'),
  'code of brackets': `\`\`\`js\n${filled('({[', LENGTHS.body - 12)}\n\`\`\``,
  'code of lines': `\`\`\`ts\n${filled('const a = `${b}`; // "\n', 9_900)}\n\`\`\``,
  'disordered marks': disorderedMarks(LENGTHS.body),
  'right to left': filled('\u202Eabc \u2066\u200F'),
  'emoji in sequences': filled('👩‍👩‍👧‍👦 '),
  'ampersands to be escaped': filled('"&<>\' '),
};
