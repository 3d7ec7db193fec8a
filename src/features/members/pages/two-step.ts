// The pages of two-step login: its settings, and the recovery codes on the one occasion that they are seen.
import { spellDuration } from '../../../domain/times.ts';
import { TWO_STEP, WINDOWS } from '../../../domain/limits.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { codeKeyAddress } from '../../../lib/one-time-codes.ts';
import { qrCodeHtml } from '../../../lib/qr-code.ts';
import type { Form } from '../../../web/forms.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { CodeField } from '../factor-forms.ts';
import type { TwoStep } from '../factor-queries.ts';

export interface TwoStepPage {
  readonly head: Head;
  readonly settingsHref: string;
  readonly form: Form<CodeField>;
  readonly codeCount: number;
  /** Null: off. */
  readonly on: { readonly since: MomentView; readonly codesLeft: number } | null;
  /** The key to be put into an app; null when two-step login is on, or nobody has begun to turn it on. */
  readonly key: {
    readonly qrHtml: SafeHtml;
    readonly href: string;
    /** As people type it: "JBSW Y3DP …". */
    readonly text: string;
    /** "60 minutes" */
    readonly lasts: string;
  } | null;
}

export interface RecoveryCodesPage {
  readonly head: Head;
  readonly codes: readonly string[];
  /** Whether two-step login was turned on just now; else they replace earlier ones. */
  readonly turnedOn: boolean;
  readonly settingsHref: string;
}

/** The section on the page of all settings. */
export interface TwoStepSection {
  /** Null: off. */
  readonly on: { readonly since: MomentView; readonly codesLeft: number } | null;
  readonly href: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/two-step': TwoStepPage;
    'members/recovery-codes': RecoveryCodesPage;
  }
}

export function twoStepPage(facts: {
  readonly twoStep: TwoStep;
  /** The key that waits for its first code. */
  readonly newKey: string | undefined;
  /** Under which the app files it. */
  readonly account: { readonly issuer: string; readonly account: string };
  readonly form: Form<CodeField>;
}): TwoStepPage {
  const { twoStep, newKey, account, form } = facts;
  return {
    head: { title: 'Two-step login', noindex: true, section: 'none' },
    settingsHref: paths.account(),
    form,
    codeCount: TWO_STEP.recoveryCodes,
    on: onView(twoStep),
    key: newKey === undefined ? null : keyView(newKey, codeKeyAddress(newKey, account)),
  };
}

export function recoveryCodesPage(facts: {
  readonly codes: readonly string[];
  readonly turnedOn: boolean;
}): RecoveryCodesPage {
  return {
    head: { title: 'Your recovery codes', noindex: true, section: 'none' },
    ...facts,
    settingsHref: paths.account(),
  };
}

export function twoStepSection(twoStep: TwoStep): TwoStepSection {
  return { on: onView(twoStep), href: paths.twoStep() };
}

function onView({ onSince, codesLeft }: TwoStep): TwoStepPage['on'] {
  return onSince === null ? null : { since: momentView(onSince), codesLeft };
}

function keyView(key: string, address: string): TwoStepPage['key'] {
  return {
    qrHtml: qrCodeHtml(address),
    href: address,
    text: key.replace(/(.{4})(?!$)/g, '$1 '),
    lasts: spellDuration(WINDOWS.twoStepSetUp),
  };
}
