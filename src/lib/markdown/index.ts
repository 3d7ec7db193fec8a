// Markdown to safe HTML, in a worker thread with a deadline: no text can stall the process that asked. The libraries
// that do it are loaded in that thread only.
import { escapeHtml } from '../html.ts';
import type { SafeHtml } from '../html.ts';
import { JobThread } from './job-thread.ts';
import type { MarkdownLimits } from './limits.ts';
import type { MarkdownOptions, Rendering } from './types.ts';
import type { MarkdownJob, MarkdownResult } from './worker.ts';

export { RENDERER_VERSION } from './types.ts';
export type { MarkdownLimits, MarkdownOptions, Rendering };

export interface MarkdownRenderer {
  /** The HTML of a text, or the reason it has none. Rejects only when the worker cannot run at all. */
  render(markdown: string, options: MarkdownOptions): Promise<Rendering>;
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
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return {
    async render(markdown, options) {
      const outcome = await thread.run({ do: 'render', markdown, options });
      return outcome.ok ? (outcome.result as Rendering) : { ok: false, reason: REASONS[outcome.because] };
    },
    async mentions(markdown) {
      const outcome = await thread.run({ do: 'mentions', markdown });
      return outcome.ok ? (outcome.result as readonly string[]) : [];
    },
    close: () => thread.close(),
  };
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
