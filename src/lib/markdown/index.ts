// Markdown to safe HTML, in a worker thread with a deadline: no text can stall the process that asked. The libraries
// that do it are loaded in that thread only.
import { escapeHtml } from '../html.ts';
import type { SafeHtml } from '../html.ts';
import { JobThread } from './job-thread.ts';
import type { MarkdownLimits } from './limits.ts';
import type { MarkdownOptions, MarkdownText, Rendering } from './types.ts';
import type { MarkdownJob, MarkdownResult } from './worker.ts';

export { addressesIn } from './addresses.ts';
export { RENDERER_VERSION } from './types.ts';
export type { MarkdownLimits, MarkdownOptions, MarkdownText, Rendering };

export interface MarkdownRenderer {
  /** The HTML of a text, or the reason it has none. Rejects only when the worker cannot run at all. */
  render(markdown: string, options: MarkdownOptions): Promise<Rendering>;
  /** The same for many texts at once, in their order: an import asks for a thousand times as many as a writer. */
  renderAll(texts: readonly MarkdownText[]): Promise<Rendering[]>;
  /**
   * The @names a text speaks to, as `render` would link them: lower-case, each once, at most 50, none out of code,
   * links and addresses; empty when the text cannot be read.
   */
  mentions(markdown: string): Promise<readonly string[]>;
  /** Finishes what was asked for, then ends the worker. */
  close(): Promise<void>;
}

/** A post takes less than a millisecond, a digest two; the rest is for a busy machine. */
const DEADLINE_MS = 2_000;
const MEMORY_MB = 192;
/** What a text leaves behind is garbage at once: more room for it only makes the process larger. */
const YOUNG_MB = 24;
/** UTF-16 units that the worker is given in one go: a few milliseconds of work, far below the deadline of a single text. */
const BATCH_LENGTH = 20_000;

const REASONS = {
  deadline: 'The text takes too long to format. Please simplify its Markdown.',
  memory: 'The text becomes too large on the page. Please simplify its Markdown.',
};

/** Starts the worker, which ends with the process or by `close`. `deadlineMs` is the time for one text. */
export function startMarkdownRenderer({
  deadlineMs = DEADLINE_MS,
}: { deadlineMs?: number } = {}): MarkdownRenderer {
  const thread = new JobThread<MarkdownJob, MarkdownResult>(new URL('./worker.ts', import.meta.url), {
    deadlineMs,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const renderBatch = async (texts: readonly MarkdownText[]): Promise<readonly Rendering[]> => {
    const outcome = await thread.run({ do: 'render', texts });
    if (outcome.ok) return outcome.result as readonly Rendering[];
    if (texts.length === 1) return [{ ok: false, reason: REASONS[outcome.because] }];
    // One of them is to blame: the others are rendered without it.
    return (await Promise.all(texts.map((text) => renderBatch([text])))).flat();
  };
  return {
    async render(markdown, options) {
      const [rendering] = await renderBatch([{ markdown, options }]);
      return rendering!;
    },
    async renderAll(texts) {
      return (await Promise.all(batches(texts).map(renderBatch))).flat();
    },
    async mentions(markdown) {
      const outcome = await thread.run({ do: 'mentions', markdown });
      return outcome.ok ? (outcome.result as readonly string[]) : [];
    },
    close: () => thread.close(),
  };
}

/** Cuts a list where a batch is long enough. */
function batches(texts: readonly MarkdownText[]): MarkdownText[][] {
  const cut: MarkdownText[][] = [];
  let room = 0;
  for (const text of texts) {
    if (room <= 0) {
      cut.push([]);
      room = BATCH_LENGTH;
    }
    cut.at(-1)?.push(text);
    room -= text.markdown.length;
  }
  return cut;
}

/** The text as it was typed, in paragraphs: for imports and re-rendering when `render` has no HTML for it. */
export function renderEscaped(markdown: string): SafeHtml {
  const text = markdown.replaceAll('\0', '\uFFFD').toWellFormed().replace(/\r\n?/g, '\n');
  const paragraphs = text.split(/\n(?:[ \t]*\n)+/).map((paragraph) => paragraph.trim());
  return paragraphs
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p dir="auto">${escapeHtml(paragraph).replaceAll('\n', '<br>\n')}</p>\n`)
    .join('') as SafeHtml;
}
