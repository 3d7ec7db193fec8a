// The words between the callers, the main thread and the worker.
import type { SafeHtml } from '../html.ts';
import type { MarkdownLimits } from './limits.ts';

/** Stored beside the HTML; raised when the same text would render differently, so that stored HTML can be redone. */
export const RENDERER_VERSION = 3;

export interface MarkdownOptions {
  /** Begins the ids of footnotes; unique per text on a page. */
  readonly idPrefix: string;
  /** The page's heading: a first heading equal to it is dropped. */
  readonly title?: string;
  /** Lower-case name → address. Other @names stay text. */
  readonly mentions: Readonly<Record<string, string>>;
  /** Addresses of this origin are the site's own: written as paths, and without rel. */
  readonly siteUrl: string;
  readonly limits: MarkdownLimits;
}

/** A text to render. */
export interface MarkdownText {
  readonly markdown: string;
  readonly options: MarkdownOptions;
}

/** The HTML of a text, or why it has none: a sentence the writer can act on. */
export type Rendering =
  | { readonly ok: true; readonly html: SafeHtml; readonly version: number }
  | { readonly ok: false; readonly reason: string };
