// What an admin changes at run time. One row in the database holds all of it; what is missing there has its default.
import { checkAccent } from './accent.ts';
import { checkReasons, DEFAULT_REASONS } from './canned-reasons.ts';
import type { Fault } from './check.ts';
import { countCharacters } from './check.ts';
import { DEFAULT_ABOUT, DEFAULT_PRIVACY, DEFAULT_RULES } from './house-texts.ts';
import { LENGTHS } from './limits.ts';
import { checkEmail } from './member-email.ts';
import { cleanTitle } from './post-text.ts';

const SIGN_UP_MODES = ['open', 'invitation', 'closed'] as const;
export type SignUpMode = (typeof SIGN_UP_MODES)[number];

/** Whether the limits of new members are in force; `auto`: once the forum has grown. */
const NEW_MEMBER_LIMIT_MODES = ['auto', 'on', 'off'] as const;
export type NewMemberLimitMode = (typeof NEW_MEMBER_LIMIT_MODES)[number];

/** How the public log names moderators: by name, or as "moderator 2". Moderators themselves always see names. */
const MODERATOR_NAMES = ['names', 'numbers'] as const;
export type ModeratorNames = (typeof MODERATOR_NAMES)[number];

export interface Settings {
  readonly name: string;
  readonly tagline: string;
  /** `#rrggbb`, readable in both themes (domain/accent.ts). */
  readonly accent: string;
  /** The rules, about and privacy pages in Markdown. */
  readonly rules: string;
  readonly about: string;
  readonly privacy: string;
  /** An e-mail address at which the people who run the forum can be reached, shown in public; empty: none. */
  readonly contact: string;
  readonly signUp: SignUpMode;
  readonly newMemberLimits: NewMemberLimitMode;
  /** The reasons that moderators need not type, a line each, the rule's number first: "4 Spam or promotion". */
  readonly reasons: string;
  readonly moderatorNames: ModeratorNames;
}

export const DEFAULT_SETTINGS: Settings = Object.freeze({
  name: 'Tokenwire',
  tagline: 'What happens in AI, discussed with sources',
  accent: '#00666a',
  rules: DEFAULT_RULES,
  about: DEFAULT_ABOUT,
  privacy: DEFAULT_PRIVACY,
  contact: '',
  signUp: 'open',
  newMemberLimits: 'auto',
  reasons: DEFAULT_REASONS,
  moderatorNames: 'names',
});

export type SettingsFaults = { readonly [Name in keyof Settings]?: string };
export type SettingsCheck =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly faults: SettingsFaults };

/**
 * Reads settings out of a form or a stored row. A value that is not there takes its default, so that a setting added
 * later needs no migration; one that is there and wrong is a fault.
 */
export function checkSettings(raw: Readonly<Record<string, unknown>>): SettingsCheck {
  const read = <Name extends keyof Settings>(name: Name): string =>
    textOf(raw[name] ?? DEFAULT_SETTINGS[name]);
  const line = (name: keyof Settings): string => cleanTitle(read(name));
  const typed = {
    name: line('name'),
    tagline: line('tagline'),
    accent: line('accent').toLowerCase(),
    rules: read('rules'),
    about: read('about'),
    privacy: read('privacy'),
    contact: line('contact'),
    signUp: SIGN_UP_MODES.find((mode) => mode === read('signUp')),
    newMemberLimits: NEW_MEMBER_LIMIT_MODES.find((mode) => mode === read('newMemberLimits')),
    reasons: read('reasons').trim(),
    moderatorNames: MODERATOR_NAMES.find((mode) => mode === read('moderatorNames')),
  };
  const { signUp, newMemberLimits, moderatorNames } = typed;
  const faults: Record<keyof Settings, Fault> = {
    name: checkLength('The name', typed.name, LENGTHS.siteName, 'Say what the forum is called.'),
    tagline: checkLength('The tagline', typed.tagline, LENGTHS.tagline),
    accent: checkAccent(typed.accent),
    rules: checkLength(
      'The text of the rules',
      typed.rules,
      LENGTHS.sitePage,
      'Write what the page “Rules” says.',
    ),
    about: checkLength(
      'The text about the forum',
      typed.about,
      LENGTHS.sitePage,
      'Write what the page “About” says.',
    ),
    privacy: checkLength(
      'The text on privacy',
      typed.privacy,
      LENGTHS.sitePage,
      'Write what the page “Privacy” says.',
    ),
    contact: typed.contact === '' ? undefined : checkEmail(typed.contact),
    signUp: signUp === undefined ? 'Choose whether people can sign up.' : undefined,
    newMemberLimits:
      newMemberLimits === undefined ? 'Choose when the limits of new members hold.' : undefined,
    reasons: checkReasons(typed.reasons),
    moderatorNames: moderatorNames === undefined ? 'Choose how the log names moderators.' : undefined,
  };
  const found = Object.entries(faults).filter(([, fault]) => fault !== undefined);
  if (
    found.length > 0 ||
    signUp === undefined ||
    newMemberLimits === undefined ||
    moderatorNames === undefined
  ) {
    return { ok: false, faults: Object.fromEntries(found) };
  }
  return { ok: true, settings: { ...typed, signUp, newMemberLimits, moderatorNames } };
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}

/**
 * The sentence stands at the head of the form, too, among those of other fields: it says which of them it is about.
 * @param what the field, as a sentence begins with it
 * @param whenEmpty undefined: it may be empty
 */
function checkLength(what: string, text: string, max: number, whenEmpty?: string): Fault {
  const length = countCharacters(text.trim());
  if (length === 0) return whenEmpty;
  return length > max ? `${what} is too long by ${length - max}: it may have ${max} characters.` : undefined;
}
