// What people type when they sign up, log in and change their settings: read, cleaned, checked.
import { checkAbout, checkAffiliation, cleanAbout } from '../../domain/member-about.ts';
import { checkEmail, emailKey } from '../../domain/member-email.ts';
import { checkName, nameKey } from '../../domain/member-name.ts';
import { checkGivenPassword, checkPassword } from '../../domain/password-rule.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { type Form, formBody, formOf, readFlag, readLine, readText } from '../../web/forms.ts';

/** Passwords are never sent back: their fields come back empty. */
const UNSHOWN = '';

export type SignUpField = 'name' | 'email' | 'password' | 'rules';
type Faults<Name extends string> = Readonly<Partial<Record<Name, string | undefined>>>;

export interface SignUpInput {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Whether the rules were accepted. */
  readonly rules: boolean;
}

export function readSignUpForm(body: unknown): { values: SignUpInput; form: Form<SignUpField> } {
  const sent = formBody(body);
  const values: SignUpInput = {
    name: readLine(sent, 'name'),
    email: readLine(sent, 'email'),
    password: readText(sent, 'password'),
    rules: readFlag(sent, 'rules'),
  };
  const faults = {
    name: checkName(values.name),
    email: checkEmail(values.email),
    password: checkPassword(values.password, values),
    rules: values.rules ? undefined : 'An account takes your agreement to the rules.',
  };
  return { values, form: signUpForm(values, faults) };
}

const TAKEN = {
  name: 'That name is taken, or looks too much like one that is.',
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
    name: values.name === '' ? 'Give your name or e-mail address.' : undefined,
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

export type AboutField = 'about' | 'affiliation';
export type AboutInput = Readonly<Record<AboutField, string>>;

export function readAboutForm(body: unknown): { values: AboutInput; form: Form<AboutField> } {
  const sent = formBody(body);
  const typed: AboutInput = { about: readText(sent, 'about'), affiliation: readLine(sent, 'affiliation') };
  const values: AboutInput = { about: cleanAbout(typed.about), affiliation: cleanTitle(typed.affiliation) };
  const faults = { about: checkAbout(values.about), affiliation: checkAffiliation(values.affiliation) };
  return { values, form: formOf(typed, faults) };
}

export type PasswordField = 'current' | 'password';
export type PasswordInput = Readonly<Record<PasswordField, string>>;

export function readPasswordForm(
  body: unknown,
  owner: { readonly name: string; readonly email: string | null },
): { values: PasswordInput; form: Form<PasswordField> } {
  const sent = formBody(body);
  const values: PasswordInput = { current: readText(sent, 'current'), password: readText(sent, 'password') };
  const faults = {
    current: values.current === '' ? 'Give your current password.' : checkGivenPassword(values.current),
    password: checkPassword(values.password, { name: owner.name, email: owner.email ?? '' }),
  };
  return { values, form: passwordForm(faults) };
}

export function passwordForm(faults: Faults<PasswordField> = {}): Form<PasswordField> {
  return formOf({ current: UNSHOWN, password: UNSHOWN }, faults);
}
