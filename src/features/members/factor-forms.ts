// Codes and passwords as people type them to show that it is them. None of it is ever sent back.
import { checkGivenPassword } from '../../domain/password-rule.ts';
import { readRecoveryCode } from '../../lib/recovery-codes.ts';
import { type Form, formBody, formOf, readText } from '../../web/forms.ts';
import type { GivenCode } from './commands/second-factor.ts';

export type CodeField = 'code' | 'recovery';
type Faults = Readonly<Partial<Record<CodeField, string>>>;

/** A code of the app, or from the other field a recovery code. */
export function readCodeForm(body: unknown): { given: GivenCode; form: Form<CodeField> } {
  const sent = formBody(body);
  const recovery = readText(sent, 'recovery');
  if (recovery !== '') {
    const code = readRecoveryCode(recovery);
    const fault = { recovery: 'Recovery codes are six groups of four letters and digits.' };
    return { given: { kind: 'recovery', code: code ?? '' }, form: codeForm(code === undefined ? fault : {}) };
  }
  const code = readText(sent, 'code').replace(/[\s-]/g, '');
  const fault = { code: code === '' ? 'Give the code that your app shows.' : 'The code has six digits.' };
  return { given: { kind: 'app', code }, form: codeForm(/^\d{6}$/.test(code) ? {} : fault) };
}

export function codeForm(faults: Faults = {}): Form<CodeField> {
  return formOf({ code: '', recovery: '' }, faults);
}

/** The form with what is wrong with a code that looked like one. */
export function wrongCodeForm({ kind }: GivenCode): Form<CodeField> {
  return kind === 'app'
    ? codeForm({ code: 'This code is not right, or has been used. Wait for the next one.' })
    : codeForm({ recovery: 'This is none of your recovery codes, or it has been used.' });
}

export function readProofForm(body: unknown): { password: string; form: Form<'password'> } {
  const password = readText(formBody(body), 'password');
  return {
    password,
    form: proofForm(password === '' ? 'Give your password.' : checkGivenPassword(password)),
  };
}

export function proofForm(fault?: string): Form<'password'> {
  return formOf({ password: '' }, { password: fault });
}
