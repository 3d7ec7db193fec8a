// The templates: each is compiled once, when it is first rendered; a test compiles them all, so that none is released
// broken. Strict: a value a model lacks is an error, and templates can call nothing but if, unless, each, with and partials (docs/decisions/004).
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import type { SafeHtml } from '../lib/html.ts';
import type { Assets } from './assets.ts';
import type { LayoutModel } from './layout.ts';

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
  /** @throws when the template asks for something the model lacks. */
  renderPage<Name extends keyof Views>(name: Name, model: Views[Name], layout: LayoutModel): string;
  /** A view without the frame: a partial that is sent alone. @throws as renderPage does. */
  renderFragment<Name extends keyof Views>(name: Name, model: Views[Name], assets: Assets): string;
  /** Both parts of a mail in their frames. @throws when a template asks for something the model lacks. */
  renderMail<Name extends keyof Mails>(name: Name, model: Mails[Name] & MailModel): WrittenMail;
}

/** How every template is compiled. */
export const OPTIONS: CompileOptions = {
  strict: true,
  knownHelpersOnly: true,
  preventIndent: true,
  knownHelpers: {
    if: true,
    unless: true,
    each: true,
    with: true,
    lookup: false,
    log: false,
    blockHelperMissing: false,
    helperMissing: false,
  },
};

/** Reads every *.hbs below views/; those whose file name begins with "_" are partials, called by their path. */
export function openViews(folder: string = VIEWS): ViewRenderer {
  const engine = Handlebars.create();
  const templates = new Map<string, HandlebarsTemplateDelegate>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.hbs'))
    .sort()) {
    const name = relative('', file).replaceAll('\\', '/').slice(0, -'.hbs'.length);
    const source = readFileSync(join(folder, file), 'utf8');
    // Plain text has nothing to escape for.
    const template = engine.compile<unknown>(source, { ...OPTIONS, noEscape: name.endsWith('.txt') });
    templates.set(name, template);
    if (/(^|\/)_[^/]+$/.test(name)) engine.registerPartial(name.replace(/(^|\/)_/, '$1'), template);
  }
  const find = (name: string) => {
    const template = templates.get(name);
    if (!template) throw new Error(`views/${name}.hbs does not exist`);
    return template;
  };
  const layoutTemplate = find('layout');

  return {
    renderPage(name, model, layout) {
      const { site, viewer, assets } = layout;
      const bodyHtml = find(name)({ ...(model as object), site, viewer, assets });
      return layoutTemplate({ ...layout, bodyHtml });
    },
    renderFragment(name, model, assets) {
      return find(name)({ ...(model as object), assets });
    },
    renderMail(name, model) {
      const bodyText = find(`mails/${name}.txt`)(model);
      const bodyHtml = find(`mails/${name}.html`)(model);
      return {
        subject: model.subject,
        text: find('mails/layout.txt')({ ...model, bodyText }),
        html: find('mails/layout.html')({ ...model, bodyHtml }),
      };
    },
  };
}
