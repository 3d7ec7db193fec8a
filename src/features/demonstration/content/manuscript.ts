// Two tags that let the demonstration be written as a manuscript: prose wrapped at the margin, and a discussion
// with one line per speaker instead of an object per reply. Both turn it into what a member would have typed.
import type { DemoReply } from './types.ts';

/** What a reply's line in a discussion may carry in `${…}` at its end: states, edits, flags, purpose. */
type ReplyMarks = Omit<DemoReply, 'author' | 'minutesAfter' | 'body' | 'upvotes' | 'replies'>;

// A list item, quote, table row, heading, footnote or fence starts a line of its own; other lines run on.
const OPENS_BLOCK = /^\s*(?:[-*+] |\d+\. |>|\||#{1,6} |\[\^[^\]]+\]:|~~~)/;
const FENCE = /^\s*~~~/;
const LOOKS_LIKE_HEADING = /^#\d/;
const HEADING = /^#(\d+) ([a-z][a-z0-9_]*) \+(\d+)([mh])(?: \^(\d+))?(?: \{(\d+)\})?$/;

/**
 * Markdown out of an indented template literal: the common indentation goes, and lines wrapped within a
 * paragraph or a list item are joined. Blank lines, tables, quotes, lists and ~~~ fences stay as they are.
 */
export function text(strings: TemplateStringsArray): string {
  return unwrap(dedent(strings.join('').split('\n')));
}

/**
 * A discussion, read from a manuscript in which each reply is a heading and its Markdown:
 *
 *     #1 substation +24m ^14
 *     Requests are paper; agreements are load.
 *
 *     #2 gridwatch +1h ^6 ${{ purpose: 'correction' }}
 *     Agreed, and the title should have said so.
 *
 * The figure after `#` is the depth, so the parent is the nearest earlier reply one level up; then the author,
 * the time after the parent (m minutes, h hours), the upvotes if any, and marks if any.
 * @throws Error naming the line when a heading cannot be read, skips a level or leaves a mark unused.
 */
export function discussion(strings: TemplateStringsArray, ...marks: readonly ReplyMarks[]): DemoReply[] {
  const script = strings.reduce((joined, part, index) => `${joined}{${index - 1}}${part}`);
  const used = new Set<ReplyMarks>();
  const root: Draft[] = [];
  const path: Draft[] = [];
  for (const { heading, lines } of speeches(dedent(script.split('\n')))) {
    const { depth, mark, ...head } = readHeading(heading);
    const parent = path[depth - 2];
    if (depth > path.length + 1) throw new Error(`No reply one level above "${heading}"`);
    const carried = mark === undefined ? undefined : marks[mark];
    if (carried) used.add(carried);
    const draft: Draft = { ...head, body: unwrap(lines), ...carried, replies: [] };
    (parent?.replies ?? root).push(draft);
    path.splice(depth - 1, path.length, draft);
  }
  if (used.size !== marks.length) throw new Error('A mark stands outside the heading of a reply');
  return root;
}

type Draft = Omit<DemoReply, 'replies'> & { readonly replies: Draft[] };

interface Speech {
  readonly heading: string;
  readonly lines: string[];
}

function speeches(lines: readonly string[]): Speech[] {
  const found: Speech[] = [];
  for (const line of lines) {
    if (LOOKS_LIKE_HEADING.test(line)) found.push({ heading: line, lines: [] });
    else if (found.length > 0) found.at(-1)?.lines.push(line);
    else if (line !== '') throw new Error(`A discussion starts with a heading, not with "${line}"`);
  }
  return found;
}

function readHeading(heading: string) {
  const [, depth, author = '', time, unit, upvotes, mark] = HEADING.exec(heading) ?? [];
  if (!depth) throw new Error(`Not the heading of a reply: "${heading}"`);
  return {
    depth: Number(depth),
    author,
    minutesAfter: Number(time) * (unit === 'h' ? 60 : 1),
    ...(upvotes === undefined ? {} : { upvotes: Number(upvotes) }),
    ...(mark === undefined ? {} : { mark: Number(mark) }),
  };
}

function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const common = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(common).trimEnd());
}

function unwrap(lines: readonly string[]): string {
  const out: string[] = [];
  let fenced = false;
  let open = false;
  for (const line of lines) {
    const fence = FENCE.test(line);
    const runsOn = open && !fenced && line !== '' && !OPENS_BLOCK.test(line);
    if (runsOn) out.push(`${out.pop() ?? ''} ${line.trimStart()}`);
    else out.push(line);
    if (fence) fenced = !fenced;
    open = line !== '' && !fence;
  }
  return out.join('\n').trim();
}
