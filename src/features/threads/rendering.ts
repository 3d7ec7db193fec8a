// From what a member wrote to the HTML that is stored: who is mentioned is looked up, then the renderer runs, before the
// transaction begins; what the rules want to know of the text comes with it.
import { randomBytes } from 'node:crypto';
import type { Reader } from '../../db/connection.ts';
import { findNamed } from '../../db/names.ts';
import { IMPORT_LENGTHS, LENGTHS, MARKDOWN } from '../../domain/limits.ts';
import type { BodyFacts } from '../../domain/policy/trust.ts';
import { type BodyKind, checkBody } from '../../domain/post-text.ts';
import type { SafeHtml } from '../../lib/html.ts';
import {
  addressesIn,
  type MarkdownLimits,
  type MarkdownOptions,
  type MarkdownRenderer,
  renderEscaped,
  RENDERER_VERSION,
} from '../../lib/markdown/index.ts';
import { paths } from '../../web/paths.ts';

/** What rendering needs of the application; a Fastify instance has it, and so have the services of any process. */
export interface RenderingServices {
  readonly db: Reader;
  readonly markdown: MarkdownRenderer;
  readonly config: { readonly siteUrl: string };
}

/** A body ready to be stored. */
export interface RenderedBody {
  readonly markdown: string;
  readonly html: SafeHtml;
  readonly version: number;
}

/** A body that a member wrote, with what the rules for new members ask of it. */
export interface WrittenBody extends RenderedBody, BodyFacts {
  /** Outside this site, one for each link. */
  readonly addresses: readonly string[];
}

export type WrittenOrNot =
  { readonly ok: true; readonly body: WrittenBody } | { readonly ok: false; readonly reason: string };

export interface BodyContext {
  readonly kind: BodyKind;
  /** The topic's title, for opening posts: a first heading that repeats it is dropped. */
  readonly title?: string;
}

/** Renders a member's text. A refusal is a sentence to stand beside the field. */
export async function renderPost(
  services: RenderingServices,
  markdown: string,
  { kind, title }: BodyContext,
): Promise<WrittenOrNot> {
  // A preview says what posting will say; that a text is still missing is no fault yet.
  const fault = markdown.trim() === '' ? undefined : checkBody(markdown, kind);
  if (fault !== undefined) return { ok: false, reason: fault };
  const length = kind === 'digest' ? LENGTHS.digestBody : LENGTHS.body;
  const known = await mentionsIn(services, [markdown]);
  const rendering = await services.markdown.render(markdown, optionsFor(services, length, known, title));
  if (!rendering.ok) return rendering;
  const { html, version } = rendering;
  const addresses = addressesIn(html);
  const mentions = Object.keys(known).length;
  return { ok: true, body: { markdown, html, version, addresses, linksInBody: addresses.length, mentions } };
}

/** A text of a post that was written elsewhere. */
export interface ImportedBody {
  readonly markdown: string;
  /** Of the topic that it opens. */
  readonly title?: string;
}

/**
 * Renders texts that nobody can be asked to change; what has no HTML is shown as it was typed, and `fellBack`.
 * @param mentions false when an @name in them is not one of this forum's
 */
export async function renderImported(
  services: RenderingServices,
  bodies: readonly ImportedBody[],
  { mentions = true }: { readonly mentions?: boolean } = {},
): Promise<(RenderedBody & { readonly fellBack: boolean })[]> {
  const known = mentions
    ? await mentionsIn(
        services,
        bodies.map(({ markdown }) => markdown),
      )
    : {};
  const texts = bodies.map(({ markdown, title }) => ({
    markdown,
    options: optionsFor(services, IMPORT_LENGTHS.body, known, title),
  }));
  const renderings = await services.markdown.renderAll(texts);
  return renderings.map((rendering, index) => {
    const markdown = texts[index]!.markdown;
    return rendering.ok
      ? { markdown, html: rendering.html, version: rendering.version, fellBack: false }
      : { markdown, html: renderEscaped(markdown), version: RENDERER_VERSION, fellBack: true };
  });
}

/** Name in lower case → address, for those that these texts speak to and that are members'. */
async function mentionsIn(
  { db, markdown: renderer }: RenderingServices,
  texts: readonly string[],
): Promise<Record<string, string>> {
  const speaking = texts.filter((text) => text.includes('@'));
  const named = await Promise.all(speaking.map((text) => renderer.mentions(text)));
  const names = [...new Set(named.flat())];
  const known = await findNamed(db, names);
  return Object.fromEntries(known.map(({ key, name }) => [key, paths.member(name)]));
}

function optionsFor(
  { config }: RenderingServices,
  length: number,
  mentions: Record<string, string>,
  title: string | undefined,
): MarkdownOptions {
  const limits: MarkdownLimits = {
    // Bodies are counted in characters, the renderer counts UTF-16 units: up to two a character.
    characters: 2 * length,
    nesting: MARKDOWN.nesting,
    tableColumns: MARKDOWN.tableColumns,
    outputRatio: MARKDOWN.outputFactor,
  };
  return {
    // Unique among the texts of a page, and nothing to be guessed from: it only ties footnotes to their numbers.
    idPrefix: `${randomBytes(5).toString('hex')}-`,
    mentions,
    siteUrl: config.siteUrl,
    limits,
    ...(title !== undefined && { title }),
  };
}
