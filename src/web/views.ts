// The templates: each is compiled once, when it is first rendered; a test compiles them all, so that none is released
// broken. Strict: a value a model lacks is an error, and templates can call nothing but if, unless, each, with, lookup and partials (docs/decisions/004).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeHtml } from '../lib/html.ts';
import { ICONS } from './icons.ts';
import type { LayoutModel } from './layout.ts';
import { Pieces } from './pieces.ts';
import { Templates } from './templates.ts';

const VIEWS = join(import.meta.dirname, '../../views');

/** A page by its name and path. */
export interface Crumb {
  readonly name: string;
  readonly href: string;
}

/** How a page is shown where somebody shares it: https://ogp.me */
interface OpenGraph {
  readonly type: 'website' | 'article' | 'profile';
  /** Of an article: moments, and its section's name. */
  readonly publishedIso?: string;
  readonly modifiedIso?: string;
  readonly section?: string;
  /** Of a member. */
  readonly username?: string;
  /** The forum's icon where there is none. */
  readonly image?: {
    readonly href: string;
    readonly width: number;
    readonly height: number;
    readonly alt: string;
  };
}

/** What a page says of itself outside its body. */
export interface Head {
  readonly title: string;
  readonly description?: string;
  /** Path of the one address this content should be known by. */
  readonly canonical?: string;
  readonly noindex?: boolean;
  readonly feeds?: readonly {
    readonly type: 'atom' | 'json';
    readonly href: string;
    readonly title: string;
  }[];
  readonly openGraph?: OpenGraph;
  /** What stands between the front page and this one, which stands last. */
  readonly trail?: readonly Crumb[];
  /** Made by web/json-ld.ts alone. */
  readonly jsonLdHtml?: SafeHtml;
  /** Slug of the section to mark as current in the masthead. */
  readonly section?: string;
  readonly next?: string;
}

/**
 * View name → its model. Each feature's pages.ts adds its own:
 *   declare module '../../web/views.ts' { interface Views { 'topics/show': TopicPage } }
 * Partials that a script puts into a page stand here, too, under the names of their files.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Views {}

export interface PageModel {
  readonly head: Head;
  /** When a visitor's page would be another by time alone, where that may be within the next minute. */
  readonly freshUntil?: Date | undefined;
}

/** What every mail says beside its own: to whom, and from where. */
export interface MailModel {
  readonly subject: string;
  /** Name of the member it is for; '' for somebody without an account. */
  readonly member: string;
  readonly site: { readonly name: string; readonly href: string };
}

/** Mail name → its model, added to as Views is. Each has two templates: views/mails/NAME.txt.hbs and NAME.html.hbs. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Mails {}

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Besides those that every mail has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ViewRenderer {
  /** @returns its bytes, with times by the clock of the zone. @throws when the template asks for something the model lacks. */
  renderPage<Name extends keyof Views>(
    name: Name,
    model: Views[Name],
    layout: LayoutModel,
    timeZone: string,
  ): Buffer;
  /** A view without the frame: a partial that is sent alone. @throws as renderPage does. */
  renderFragment<Name extends keyof Views>(name: Name, model: Views[Name]): string;
  /** Both parts of a mail in their frames. @throws when a template asks for something the model lacks. */
  renderMail<Name extends keyof Mails>(name: Name, model: Mails[Name] & MailModel): WrittenMail;
}

/** Reads every *.hbs below views/: templates by their paths without the ending. */
export function readTemplates(folder: string = VIEWS): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.hbs'),
  );
  return new Map(
    files.map((file) => [
      file.replaceAll('\\', '/').slice(0, -'.hbs'.length),
      readFileSync(join(folder, file), 'utf8'),
    ]),
  );
}

/** What these write is kept as long as what they write of: nothing of the rest of a page is looked at but its icons. */
export const PURE_PARTIALS = ['replies/_itself'] as const;

/** Pages and mails made of templates. */
export function openViews(sources: ReadonlyMap<string, string> = readTemplates()): ViewRenderer {
  const templates = new Templates(sources, PURE_PARTIALS);
  const pieces = new Pieces();
  return {
    renderPage(name, model, layout, timeZone) {
      const { site, viewer } = layout;
      return pieces.page(timeZone, (standIn) => {
        const body = { ...(model as object), site, viewer, icons: ICONS };
        const bodyHtml = templates.render(name, body, standIn);
        return templates.render('layout', { ...layout, icons: ICONS, bodyHtml }, standIn);
      });
    },
    renderFragment(name, model) {
      return templates.render(name, { ...(model as object), icons: ICONS });
    },
    renderMail(name, model) {
      const bodyText = templates.render(`mails/${name}.txt`, model);
      const bodyHtml = templates.render(`mails/${name}.html`, model);
      return {
        subject: model.subject,
        text: templates.render('mails/layout.txt', { ...model, bodyText }),
        html: templates.render('mails/layout.html', { ...model, bodyHtml }),
      };
    },
  };
}
