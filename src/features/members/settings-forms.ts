// What members type about themselves and choose for themselves: read, cleaned, checked.
import type { Fault } from '../../domain/check.ts';
import { checkAbout, checkAffiliation, cleanAbout } from '../../domain/member-about.ts';
import { checkEmail, emailKey } from '../../domain/member-email.ts';
import { checkName } from '../../domain/member-name.ts';
import { checkGivenPassword } from '../../domain/password-rule.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { type Form, formBody, formOf, readLine, readText } from '../../web/forms.ts';

export type ProfileField = 'about' | 'affiliation';
export type ProfileInput = Readonly<Record<ProfileField, string>>;

export function readProfileForm(body: unknown): { values: ProfileInput; form: Form<ProfileField> } {
  const sent = formBody(body);
  const typed: ProfileInput = { about: readText(sent, 'about'), affiliation: readLine(sent, 'affiliation') };
  const values: ProfileInput = { about: cleanAbout(typed.about), affiliation: cleanTitle(typed.affiliation) };
  const faults = { about: checkAbout(values.about), affiliation: checkAffiliation(values.affiliation) };
  return { values, form: formOf(typed, faults) };
}

export type NewNameField = 'name' | 'passwordForName';
export interface NewNameInput {
  readonly name: string;
  readonly password: string;
}

export function readNewNameForm(
  body: unknown,
  current: string,
): { values: NewNameInput; form: Form<NewNameField> } {
  const sent = formBody(body);
  const values = { name: readLine(sent, 'name'), password: readText(sent, 'passwordForName') };
  const isSame = values.name === current;
  const faults = {
    name: isSame ? 'This is your name already.' : checkName(values.name),
    passwordForName: checkCurrentPassword(values.password),
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
  current: string | null,
): { values: NewEmailInput; form: Form<NewEmailField> } {
  const sent = formBody(body);
  const values = { email: readLine(sent, 'email'), password: readText(sent, 'passwordForEmail') };
  const isSame = current !== null && emailKey(values.email) === emailKey(current);
  const faults = {
    email: checkEmail(values.email) ?? (isSame ? 'This is your address already.' : undefined),
    passwordForEmail: checkCurrentPassword(values.password),
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

function checkCurrentPassword(typed: string): Fault {
  return typed === '' ? 'Give your current password.' : checkGivenPassword(typed);
}
