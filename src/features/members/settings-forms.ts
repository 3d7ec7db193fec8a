// What members type about themselves and choose for themselves: read, cleaned, checked.
import type { Theme } from '../../db/schema/index.ts';
import { DENSITIES, LIST_SORTS, PAGE_SIZES, type Reading, TEXT_SIZES } from '../../domain/appearance.ts';
import {
  checkAbout,
  checkAffiliation,
  checkLink,
  checkPronouns,
  cleanAbout,
  cleanLink,
} from '../../domain/member-about.ts';
import { checkEmail, emailKey } from '../../domain/member-email.ts';
import { checkName } from '../../domain/member-name.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { REPLY_SORTS } from '../../domain/thread.ts';
import { type Form, formBody, formOf, readLine, readText } from '../../web/forms.ts';
import { checkCurrentPassword } from './forms.ts';

export type ProfileField = 'about' | 'affiliation' | 'link' | 'pronouns';
export type ProfileInput = Readonly<Record<ProfileField, string>>;

export function readProfileForm(body: unknown): { values: ProfileInput; form: Form<ProfileField> } {
  const sent = formBody(body);
  const typed: ProfileInput = {
    about: readText(sent, 'about'),
    affiliation: readLine(sent, 'affiliation'),
    link: readLine(sent, 'link'),
    pronouns: readLine(sent, 'pronouns'),
  };
  const values: ProfileInput = {
    about: cleanAbout(typed.about),
    affiliation: cleanTitle(typed.affiliation),
    link: cleanLink(typed.link),
    pronouns: cleanTitle(typed.pronouns),
  };
  const faults = {
    about: checkAbout(values.about),
    affiliation: checkAffiliation(values.affiliation),
    link: checkLink(typed.link),
    pronouns: checkPronouns(values.pronouns),
  };
  return { values, form: formOf(typed, faults) };
}

/** What may be chosen, by the name of its field. */
const CHOICES = {
  theme: ['auto', 'light', 'dark'],
  density: DENSITIES,
  textSize: TEXT_SIZES,
  pageSize: PAGE_SIZES.map(String),
  replySort: REPLY_SORTS,
  listSort: LIST_SORTS,
  modelWritten: ['show', 'hide'],
  keys: ['on', 'off'],
} as const satisfies Record<string, readonly string[]>;

export type AppearanceField = keyof typeof CHOICES;
export interface Appearance extends Reading {
  readonly theme: Theme;
}

/** @returns undefined when it is none of what the page offers */
export function readTheme(body: unknown): Theme | undefined {
  const typed = readText(formBody(body), 'theme');
  return CHOICES.theme.find((theme) => theme === typed);
}

/** `values` is undefined while something is chosen that the page does not offer. */
export function readAppearanceForm(body: unknown): {
  values: Appearance | undefined;
  form: Form<AppearanceField>;
} {
  const sent = formBody(body);
  const typed = {
    theme: readText(sent, 'theme'),
    density: readText(sent, 'density'),
    textSize: readText(sent, 'textSize'),
    pageSize: readText(sent, 'pageSize'),
    replySort: readText(sent, 'replySort'),
    listSort: readText(sent, 'listSort'),
    modelWritten: readText(sent, 'modelWritten'),
    keys: readText(sent, 'keys'),
  };
  const fault = (field: AppearanceField) =>
    CHOICES[field].some((choice) => choice === typed[field]) ? undefined : 'Choose one of these.';
  const faults = {
    theme: fault('theme'),
    density: fault('density'),
    textSize: fault('textSize'),
    pageSize: fault('pageSize'),
    replySort: fault('replySort'),
    listSort: fault('listSort'),
    modelWritten: fault('modelWritten'),
    keys: fault('keys'),
  };
  const form = formOf(typed, faults);
  const { modelWritten, keys, pageSize, ...others } = typed;
  const switches = { hidesModelWritten: modelWritten === 'hide', usesKeys: keys === 'on' };
  const chosen = { ...others, ...switches, pageSize: Number(pageSize) } as Appearance;
  return { values: form.hasErrors ? undefined : chosen, form };
}

/** The form with what a member has chosen. */
export function appearanceForm({
  pageSize,
  hidesModelWritten,
  usesKeys,
  ...chosen
}: Appearance): Form<AppearanceField> {
  const switches = { modelWritten: hidesModelWritten ? 'hide' : 'show', keys: usesKeys ? 'on' : 'off' };
  return formOf({ ...chosen, ...switches, pageSize: String(pageSize) });
}

export type NewNameField = 'name' | 'passwordForName';
export interface NewNameInput {
  readonly name: string;
  readonly password: string;
}

export function readNewNameForm(
  body: unknown,
  { name: current, hasPassword }: { readonly name: string; readonly hasPassword: boolean },
): { values: NewNameInput; form: Form<NewNameField> } {
  const sent = formBody(body);
  const values = { name: readLine(sent, 'name'), password: readText(sent, 'passwordForName') };
  const isSame = values.name === current;
  const faults = {
    name: isSame ? 'This is your name already.' : checkName(values.name),
    passwordForName: hasPassword ? checkCurrentPassword(values.password) : undefined,
  };
  return { values, form: newNameForm(values.name, faults) };
}

/** The password is never sent back. */
export function newNameForm(
  name = '',
  faults: Readonly<Partial<Record<NewNameField, string | undefined>>> = {},
): Form<NewNameField> {
  return formOf({ name, passwordForName: '' }, faults);
}

export type NewEmailField = 'email' | 'passwordForEmail';
export interface NewEmailInput {
  readonly email: string;
  readonly password: string;
}

export function readNewEmailForm(
  body: unknown,
  { email: current, hasPassword }: { readonly email: string | null; readonly hasPassword: boolean },
): { values: NewEmailInput; form: Form<NewEmailField> } {
  const sent = formBody(body);
  const values = { email: readLine(sent, 'email'), password: readText(sent, 'passwordForEmail') };
  const isSame = current !== null && emailKey(values.email) === emailKey(current);
  const faults = {
    email: checkEmail(values.email) ?? (isSame ? 'This is your address already.' : undefined),
    passwordForEmail: hasPassword ? checkCurrentPassword(values.password) : undefined,
  };
  return { values, form: newEmailForm(values.email, faults) };
}

/** The password is never sent back. */
export function newEmailForm(
  email = '',
  faults: Readonly<Partial<Record<NewEmailField, string | undefined>>> = {},
): Form<NewEmailField> {
  return formOf({ email, passwordForEmail: '' }, faults);
}
