// The page of settings on which members change by what they are known and log in.
import { LENGTHS } from '../../../domain/limits.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { PasswordField } from '../forms.ts';
import { savedSentence, settingsTabs, type Tab } from './frame.ts';

export interface AccountPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly name: string;
  readonly memberHref: string;
  readonly email: string;
  readonly password: Form<PasswordField>;
  readonly lengths: { readonly passwordMin: number };
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/account': AccountPage;
  }
}

const SAVED = { password: 'Your password has been changed. All other devices have been logged out.' };

export function accountPage(facts: {
  readonly member: { readonly name: string; readonly email: string | null };
  readonly password: Form<PasswordField>;
  /** As it stands in the address. */
  readonly saved?: unknown;
}): AccountPage {
  const { member, password, saved } = facts;
  return {
    head: { title: 'Account', noindex: true, section: 'none' },
    tabs: settingsTabs('Account'),
    saved: savedSentence(SAVED, saved),
    name: member.name,
    memberHref: paths.member(member.name),
    email: member.email ?? '',
    password,
    lengths: { passwordMin: LENGTHS.password.min },
  };
}
