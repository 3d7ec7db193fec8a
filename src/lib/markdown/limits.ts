// What a text may cost: the caps a caller sets, and the refusal that tells the writer which one was passed.

export interface MarkdownLimits {
  /** Length of the text in UTF-16 units. */
  readonly characters: number;
  /** Quotes and lists inside each other, counted together; a footnote counts as one. */
  readonly nesting: number;
  readonly tableColumns: number;
  /** Length of the HTML as a multiple of the text's; short texts have OUTPUT_FLOOR. */
  readonly outputRatio: number;
}

/** A text that passes a cap. Its message is a sentence for the writer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Length of HTML that any text may become: footnotes, and tables of small numbers, are mostly markup. */
const OUTPUT_FLOOR = 20_000;

/** The longest HTML a text of `length` may become, in UTF-16 units. */
export function outputCap(length: number, limits: MarkdownLimits): number {
  return Math.max(OUTPUT_FLOOR, length * limits.outputRatio);
}

export function tooLong(length: number, limits: MarkdownLimits): Refusal {
  return new Refusal(
    `The text has ${count(length)} characters; at most ${count(limits.characters)} are possible.`,
  );
}

export function tooDeep(limits: MarkdownLimits): Refusal {
  return new Refusal(
    `Quotes and lists stand inside each other more than ${limits.nesting} levels deep. Take some levels out.`,
  );
}

export function tooWide(columns: number, limits: MarkdownLimits): Refusal {
  return new Refusal(
    `A table has ${count(columns)} columns; at most ${limits.tableColumns} are possible. Split it, or leave some out.`,
  );
}

export function tooMuchOutput(limits: MarkdownLimits): Refusal {
  return new Refusal(
    `On the page the text would be more than ${limits.outputRatio} times as long as it was written. ` +
      'Use fewer table cells, footnotes, or repeated links.',
  );
}

function count(n: number): string {
  return n.toLocaleString('en');
}
