// The page of settings on which members change by what they are known and log in.
import { LENGTHS } from '../../../domain/limits.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { PasswordField } from '../forms.ts';
import type { TwoStep } from '../factor-queries.ts';
import { savedSentence, settingsTabs, type Tab } from './frame.ts';
import { twoStepSection, type TwoStepSection } from './two-step.ts';

export interface AccountPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly name: string;
  readonly memberHref: string;
  readonly email: string;
  readonly password: Form<PasswordField>;
  readonly twoStep: TwoStepSection;
  readonly lengths: { readonly passwordMin: number };
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/account': AccountPage;
  }
}

const SAVED = {
  password: 'Your password has been changed. All other devices have been logged out.',
  'two-step-off': 'Two-step login has been turned off.',
};

export function accountPage(facts: {
  readonly member: { readonly name: string; readonly email: string | null };
  readonly password: Form<PasswordField>;
  readonly twoStep: TwoStep;
  /** As it stands in the address. */
  readonly saved?: unknown;
}): AccountPage {
  const { member, password, twoStep, saved } = facts;
  return {
    head: { title: 'Account', noindex: true, section: 'none' },
    tabs: settingsTabs('Account'),
    saved: savedSentence(SAVED, saved),
    name: member.name,
    memberHref: paths.member(member.name),
    email: member.email ?? '',
    password,
    twoStep: twoStepSection(twoStep),
    lengths: { passwordMin: LENGTHS.password.min },
  };
}
