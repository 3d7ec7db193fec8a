// What people type when they sign up, log in and change their password: read, cleaned, checked.
import type { Fault } from '../../domain/check.ts';
import { emailKey } from '../../domain/member-email.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { checkName, nameKey } from '../../domain/member-name.ts';
import { checkGivenPassword } from '../../domain/password-rule.ts';
import { type Form, formBody, formOf, readFlag, readLine, readText } from '../../web/forms.ts';
import { checkNewEmail, checkNewPassword } from './credentials.ts';

/** Passwords are never sent back: their fields come back empty. */
const UNSHOWN = '';
const WHO = 'Give your name or e-mail address.';

const RULES_NEEDED = 'An account takes your agreement to the rules.';

export type SignUpField = 'name' | 'email' | 'password' | 'rules';
type Faults<Name extends string> = Readonly<Partial<Record<Name, string | undefined>>>;

export interface SignUpInput {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Whether the rules were accepted. */
  readonly rules: boolean;
}

/** @param way with what the member is to log in; a passkey makes the password needless */
export function readSignUpForm(
  body: unknown,
  way: 'password' | 'passkey' = 'password',
): { values: SignUpInput; form: Form<SignUpField> } {
  const sent = formBody(body);
  const values: SignUpInput = {
    name: readLine(sent, 'name'),
    email: readLine(sent, 'email'),
    password: readText(sent, 'password'),
    rules: readFlag(sent, 'rules'),
  };
  const faults = {
    name: checkName(values.name),
    email: checkNewEmail(values.email),
    password: way === 'password' ? checkNewPassword(values.password, values) : undefined,
    rules: values.rules ? undefined : RULES_NEEDED,
  };
  return { values, form: signUpForm(values, faults) };
}

export const NAME_TAKEN = 'That name is taken, or looks too much like one that is.';

const TAKEN = {
  name: NAME_TAKEN,
  // Says no more than it must: who has an account here is nobody's business.
  email: 'This address cannot be used. If you have an account already, log in instead.',
} as const;

/** The form with what only the database could find wrong. */
export function takenSignUpForm(values: SignUpInput, taken: keyof typeof TAKEN): Form<SignUpField> {
  return signUpForm(values, { [taken]: TAKEN[taken] });
}

export function emptySignUpForm(): Form<SignUpField> {
  return signUpForm({ name: '', email: '', password: '', rules: false });
}

function signUpForm(
  { name, email, rules }: SignUpInput,
  faults: Faults<SignUpField> = {},
): Form<SignUpField> {
  return formOf({ name, email, password: UNSHOWN, rules: rules ? '1' : '' }, faults);
}

export type FinishField = 'name' | 'rules';

/** Signing up by way of another site, which has told the address. */
export interface FinishInput {
  readonly name: string;
  readonly rules: boolean;
}

export function readFinishForm(body: unknown): { values: FinishInput; form: Form<FinishField> } {
  const sent = formBody(body);
  const values = { name: readLine(sent, 'name'), rules: readFlag(sent, 'rules') };
  const faults = { name: checkName(values.name), rules: values.rules ? undefined : RULES_NEEDED };
  return { values, form: finishForm(values, faults) };
}

export function finishForm(
  { name, rules }: FinishInput,
  faults: Faults<FinishField> = {},
): Form<FinishField> {
  return formOf({ name, rules: rules ? '1' : '' }, faults);
}

export type SignInField = 'name' | 'password';
export interface SignInInput {
  /** A name or an e-mail address. */
  readonly name: string;
  readonly password: string;
}

export function readSignInForm(body: unknown): { values: SignInInput; form: Form<SignInField> } {
  const sent = formBody(body);
  const values: SignInInput = { name: readLine(sent, 'name'), password: readText(sent, 'password') };
  const faults = {
    name: values.name === '' ? WHO : undefined,
    password: values.password === '' ? 'Give your password.' : checkGivenPassword(values.password),
  };
  return { values, form: signInForm(values.name, faults) };
}

/** What was typed to name the account, alike for all spellings that name the same one. */
export function signInKey({ name }: SignInInput): string {
  return name.includes('@') ? emailKey(name) : nameKey(name);
}

export function signInForm(name = '', faults: Faults<SignInField> = {}): Form<SignInField> {
  return formOf({ name, password: UNSHOWN }, faults);
}

/** What a form needs of somebody who has to type the password they have. */
export function checkCurrentPassword(typed: string): Fault {
  return typed === '' ? 'Give your current password.' : checkGivenPassword(typed);
}

export type PasswordField = 'current' | 'password';
export type PasswordInput = Readonly<Record<PasswordField, string>>;

export function readPasswordForm(
  body: unknown,
  owner: { readonly name: string; readonly email: string | null; readonly hasPassword: boolean },
): { values: PasswordInput; form: Form<PasswordField> } {
  const sent = formBody(body);
  const values: PasswordInput = { current: readText(sent, 'current'), password: readText(sent, 'password') };
  const faults = {
    current: owner.hasPassword ? checkCurrentPassword(values.current) : undefined,
    password: checkNewPassword(values.password, { name: owner.name, email: owner.email ?? '' }),
  };
  return { values, form: passwordForm(faults) };
}

export function passwordForm(faults: Faults<PasswordField> = {}): Form<PasswordField> {
  return formOf({ current: UNSHOWN, password: UNSHOWN }, faults);
}

export function readEmailForm(body: unknown): {
  values: { readonly email: string };
  form: Form<'email'>;
} {
  const email = readLine(formBody(body), 'email');
  return { values: { email }, form: emailForm(email, checkNewEmail(email)) };
}

export function emailForm(email: string, fault?: string): Form<'email'> {
  return formOf({ email }, { email: fault });
}

export function readForgotForm(body: unknown): { values: { readonly name: string }; form: Form<'name'> } {
  const name = readLine(formBody(body), 'name');
  const tooLong = name.length > LENGTHS.email ? 'No name or e-mail address is that long.' : undefined;
  return { values: { name }, form: forgotForm(name, name === '' ? WHO : tooLong) };
}

export function forgotForm(name = '', fault?: string): Form<'name'> {
  return formOf({ name }, { name: fault });
}

export function readNewPasswordForm(
  body: unknown,
  owner: { readonly name: string; readonly email: string },
): { values: { readonly password: string }; form: Form<'password'> } {
  const password = readText(formBody(body), 'password');
  return { values: { password }, form: newPasswordForm(checkNewPassword(password, owner)) };
}

export function newPasswordForm(fault?: string): Form<'password'> {
  return formOf({ password: UNSHOWN }, { password: fault });
}
