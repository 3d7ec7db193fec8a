// The worker thread: one message when it is ready, then one answer for each job.
import { parentPort } from 'node:worker_threads';
import { mentionedNames, renderMarkdown } from './render.ts';
import type { MarkdownText, Rendering } from './types.ts';

export type MarkdownJob =
  | { readonly do: 'render'; readonly texts: readonly MarkdownText[] }
  | { readonly do: 'mentions'; readonly markdown: string };

export type MarkdownResult = readonly Rendering[] | readonly string[];

function perform(job: MarkdownJob): MarkdownResult {
  return job.do === 'render'
    ? job.texts.map(({ markdown, options }) => renderMarkdown(markdown, options))
    : mentionedNames(job.markdown);
}

parentPort?.on('message', (job: MarkdownJob) => parentPort?.postMessage(perform(job)));
parentPort?.postMessage('ready');
