// What a long text holds: its headings get addresses, and are listed beside it.
import { slugWords } from '../../../domain/slug.ts';
import { type SafeHtml, textOf } from '../../../lib/html.ts';

export interface ContentsEntry {
  readonly href: string;
  readonly text: string;
}

/** Fewer are seen at a glance. */
const FEWEST = 3;
/** More than anybody looks through; who writes thousands of headings makes no page twice as long. */
const MOST = 60;
/** Words of a heading that its address holds. */
const WORDS = 8;

/** As rendered Markdown has them. */
const HEADING = /<h([2-4]) dir="auto">([^]*?)<\/h\1>/g;

/**
 * The headings of a long text's highest level that has a few, as links, and the text with the ids they lead to. Those begin
 * with `s-`, as no other id of a page does.
 */
export function withContents(
  html: SafeHtml | '',
  long: boolean,
): {
  readonly html: SafeHtml | '';
  readonly contents: readonly ContentsEntry[];
} {
  const found = long ? [...html.matchAll(HEADING)] : [];
  const level = ['2', '3', '4'].find((each) => found.filter((match) => match[1] === each).length >= FEWEST);
  if (level === undefined) return { html, contents: [] };
  const contents: ContentsEntry[] = [];
  const taken = new Set<string>();
  const marked = html.replace(HEADING, (whole, depth: string, heading: string) => {
    const text = textOf(heading as SafeHtml);
    if (depth !== level || contents.length === MOST || text === '') return whole;
    const id = freeId(text, taken);
    contents.push({ href: `#${id}`, text });
    return `<h${depth} dir="auto" id="${id}">${heading}</h${depth}>`;
  });
  return { html: marked as SafeHtml, contents };
}

/** Of the heading's words (letters and digits alone), so that a link to it still leads there when others come before it. */
function freeId(heading: string, taken: Set<string>): string {
  const id = `s-${slugWords(heading).slice(0, WORDS).join('-')}`;
  let free = id;
  for (let n = 2; taken.has(free); n += 1) free = `${id}-${n}`;
  taken.add(free);
  return free;
}
