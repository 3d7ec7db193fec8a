// The form of /setup: the forum's first settings, its sections one a line, and its first admin.
import type { Fault } from '../../domain/check.ts';
import { MOST_SECTIONS } from '../../domain/limits.ts';
import { checkName } from '../../domain/member-name.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import {
  checkSectionName,
  DEFAULT_SECTIONS,
  type SectionDefault,
  sectionSlugOf,
} from '../../domain/sections.ts';
import { checkSettings, DEFAULT_SETTINGS, type Settings } from '../../domain/settings.ts';
import { type Form, formBody, formOf, readLine, readText } from '../../web/forms.ts';
import { checkNewEmail, checkNewPassword } from '../members/index.ts';

export type SetupForm = Form<
  'name' | 'tagline' | 'accent' | 'sections' | 'rules' | 'memberName' | 'email' | 'password'
>;
export type SetupFaults = Readonly<Partial<Record<keyof SetupForm['fields'], Fault>>>;

export interface SetupValues {
  readonly settings: Settings;
  readonly sections: readonly SectionDefault[];
  readonly admin: { readonly name: string; readonly email: string; readonly password: string };
}

export interface SetupInput {
  /** Shown again as typed but for the password, with faults that only the database can find added. */
  readonly form: (faults?: SetupFaults) => SetupForm;
  /** Undefined when something is wrong. */
  readonly values: SetupValues | undefined;
}

/** The form before anything was typed: the defaults, and the sections that are there. */
export function freshSetupForm(
  settings: Settings,
  sections: readonly { readonly name: string }[],
): SetupForm {
  const names = (sections.length > 0 ? sections : DEFAULT_SECTIONS).map(({ name }) => name);
  const { name, tagline, accent, rules } = settings;
  const nobody = { memberName: '', email: '', password: '' };
  return formOf({ name, tagline, accent, sections: names.join('\n'), rules, ...nobody });
}

export function readSetupForm(body: unknown): SetupInput {
  const sent = formBody(body);
  const typed = {
    name: readText(sent, 'name'),
    tagline: readText(sent, 'tagline'),
    accent: readText(sent, 'accent'),
    sections: readText(sent, 'sections'),
    rules: readText(sent, 'rules'),
    memberName: readLine(sent, 'memberName'),
    email: readLine(sent, 'email'),
    password: readText(sent, 'password'),
  };
  const { tagline, accent, rules, memberName: name, email, password } = typed;
  const check = checkSettings({ name: typed.name, tagline, accent, rules, about: aboutOf(typed.name) });
  const sections = sectionsIn(typed.sections);
  const faults: SetupFaults = {
    ...(check.ok ? {} : check.faults),
    sections: sections.fault,
    memberName: checkName(name),
    email: checkNewEmail(email),
    password: checkNewPassword(password, { name, email }),
  };
  const isSound = check.ok && Object.values(faults).every((fault) => fault === undefined);
  return {
    form: (more = {}) => formOf({ ...typed, password: '' }, { ...faults, ...more }),
    values: isSound
      ? { settings: check.settings, sections: sections.sections, admin: { name, email, password } }
      : undefined,
  };
}

/** The default text says the default name. */
function aboutOf(name: string): string {
  return DEFAULT_SETTINGS.about.replaceAll(DEFAULT_SETTINGS.name, () => cleanTitle(name));
}

interface ReadSections {
  readonly sections: readonly SectionDefault[];
  readonly fault: Fault;
}

/** Sections by name, one a line; those of the defaults keep their line of description. */
function sectionsIn(text: string): ReadSections {
  const sections = new Map<string, SectionDefault>();
  for (const line of text.split('\n')) {
    const name = cleanTitle(line);
    if (name === '') continue;
    const slug = sectionSlugOf(name);
    const fault = checkSectionName(name);
    if (fault !== undefined) return { sections: [], fault: `${name}: ${fault}` };
    const twin = sections.get(slug);
    if (twin) return { sections: [], fault: `${twin.name} and ${name} would have the same address.` };
    const description = DEFAULT_SECTIONS.find((known) => known.slug === slug)?.description ?? '';
    sections.set(slug, { slug, name, description });
  }
  if (sections.size === 0) return { sections: [], fault: 'A forum needs at least one section.' };
  if (sections.size > MOST_SECTIONS)
    return { sections: [], fault: `A forum has at most ${MOST_SECTIONS} sections.` };
  return { sections: [...sections.values()], fault: undefined };
}
