// GET and POST /admin: the forum's settings.
import { type Accent, accentPair, checkAccent, PAPER } from '../../../domain/accent.ts';
import { LENGTHS, NEW_MEMBER } from '../../../domain/limits.ts';
import type { ModeratorNames, NewMemberLimitMode, Settings, SignUpMode } from '../../../domain/settings.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { FirstStepsView } from '../../site/pages.ts';
import { SETTING_NAMES, type SettingsForm } from '../forms.ts';
import { SETTING_LABELS } from '../log.ts';
import { adminTabs, type Choice, choices, type Tab } from './frame.ts';

interface Shade extends Accent {
  readonly paper: string;
}

export interface SettingsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly form: SettingsForm;
  /** Of the settings shown, sent back with them. */
  readonly version: number;
  readonly signUp: readonly Choice[];
  readonly newMemberLimits: readonly Choice[];
  readonly moderatorNames: readonly Choice[];
  /** How the accent of the form looks in both themes; null when it is none. */
  readonly shades: { readonly light: Shade; readonly dark: Shade } | null;
  readonly saved: boolean;
  /** What is to be done on a new forum; null: nothing. */
  readonly firstSteps: FirstStepsView | null;
  /** What another admin saved meanwhile and the form has otherwise; '' when nobody did. */
  readonly overtaken: string;
  readonly settingsHref: string;
  readonly logHref: string;
  readonly lengths: { readonly name: number; readonly tagline: number };
}

declare module '../../../web/views.ts' {
  interface Views {
    'admin/settings': SettingsPage;
  }
}

const SIGN_UP: readonly { readonly value: SignUpMode; readonly label: string }[] = [
  { value: 'open', label: 'Open: whoever wants to can join' },
  { value: 'invitation', label: 'By invitation: whom a member invites can join' },
  { value: 'closed', label: 'Closed: nobody new can join' },
];

const NEW_MEMBER_LIMITS: readonly { readonly value: NewMemberLimitMode; readonly label: string }[] = [
  { value: 'auto', label: `From ${NEW_MEMBER.inForceFromMembers} members on` },
  { value: 'on', label: 'Always' },
  { value: 'off', label: 'Never' },
];

const MODERATOR_NAMES: readonly { readonly value: ModeratorNames; readonly label: string }[] = [
  { value: 'names', label: 'By name: whoever decides stands by it' },
  { value: 'numbers', label: 'By number, as “moderator 2”: nobody is followed home for a decision' },
];

export interface SettingsFacts {
  readonly form: SettingsForm;
  readonly version: number;
  readonly saved?: boolean;
  readonly firstSteps?: FirstStepsView | null;
  /** What is stored, when it is no longer what the admin saw. */
  readonly overtakenBy?: Settings;
}

export function settingsPage({
  form,
  version,
  saved = false,
  firstSteps = null,
  overtakenBy,
}: SettingsFacts): SettingsPage {
  return {
    head: { title: 'Administration', noindex: true },
    tabs: adminTabs('Settings'),
    form,
    version,
    signUp: choices(SIGN_UP, form.fields.signUp.value),
    newMemberLimits: choices(NEW_MEMBER_LIMITS, form.fields.newMemberLimits.value),
    moderatorNames: choices(MODERATOR_NAMES, form.fields.moderatorNames.value),
    shades: shadesOf(form.fields.accent.value),
    saved,
    firstSteps,
    overtaken: overtakenBy ? namesOfDifferences(form, overtakenBy) : '',
    settingsHref: paths.admin(),
    logHref: paths.moderationLog(),
    lengths: { name: LENGTHS.siteName, tagline: LENGTHS.tagline },
  };
}

function shadesOf(accent: string): SettingsPage['shades'] {
  if (checkAccent(accent) !== undefined) return null;
  const { light, dark } = accentPair(accent);
  return { light: { ...light, paper: PAPER.light }, dark: { ...dark, paper: PAPER.dark } };
}

function namesOfDifferences(form: SettingsForm, stored: Settings): string {
  const differing = SETTING_NAMES.filter((name) => form.fields[name].value !== stored[name]);
  return differing.map((name) => SETTING_LABELS[name]?.label ?? name).join(', ');
}
