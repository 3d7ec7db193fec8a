// The rules, about and privacy pages as their template wants them.
import type { SafeHtml } from '../../lib/html.ts';
import { paths } from '../../web/paths.ts';
import type { Site } from '../../web/site.ts';
import type { Head } from '../../web/views.ts';

export type { FirstStepsView } from './pages/first-steps.ts';

export const TEXT_TITLES = { rules: 'Rules', about: 'About', privacy: 'Privacy' } as const;
export type TextName = keyof typeof TEXT_TITLES;

export interface TextPage {
  readonly head: Head;
  readonly title: string;
  readonly textHtml: SafeHtml;
  readonly tagline: string;
  readonly links: readonly { readonly href: string; readonly text: string; readonly current: boolean }[];
  /** On the about page; elsewhere empty. */
  readonly sections: readonly {
    readonly href: string;
    readonly name: string;
    readonly description: string;
  }[];
  /** The e-mail address of whoever runs the forum; '' when none is given. */
  readonly contact: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'site/text': TextPage;
  }
}

const DESCRIPTIONS: Readonly<Record<TextName, (forum: string) => string>> = {
  rules: (forum) => `What is asked of everyone who writes on ${forum}.`,
  about: (forum) => `What ${forum} is and how it works.`,
  privacy: (forum) => `What ${forum} knows about those who read and write here.`,
};

export function textPage(name: TextName, textHtml: SafeHtml, { settings, sections }: Site): TextPage {
  const links = [
    { href: paths.about(), text: TEXT_TITLES.about },
    { href: paths.rules(), text: TEXT_TITLES.rules },
    { href: paths.privacy(), text: TEXT_TITLES.privacy },
    { href: paths.moderationLog(), text: 'Moderation log' },
  ];
  const title = TEXT_TITLES[name];
  return {
    head: { title, description: DESCRIPTIONS[name](settings.name), canonical: paths[name]() },
    title,
    textHtml,
    tagline: settings.tagline,
    links: links.map((link) => ({ ...link, current: link.text === title })),
    sections:
      name === 'about'
        ? sections.map((section) => ({
            href: paths.section(section.slug),
            name: section.name,
            description: section.description,
          }))
        : [],
    contact: settings.contact,
  };
}
