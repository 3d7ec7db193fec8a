// The first page of settings: what others read of a member.
import { LENGTHS } from '../../../domain/limits.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { ProfileField } from '../settings-forms.ts';
import { savedSentence, settingsTabs, type Tab } from './frame.ts';

export interface ProfileSettingsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  /** What has just been saved, as a sentence; '' otherwise. */
  readonly saved: string;
  readonly memberHref: string;
  /** Why it was not taken; '' otherwise. */
  readonly refusal: string;
  readonly form: Form<ProfileField>;
  readonly lengths: {
    readonly about: number;
    readonly affiliation: number;
    readonly link: number;
    readonly pronouns: number;
  };
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/settings': ProfileSettingsPage;
  }
}

const SAVED = { profile: 'Your page has been changed.' };

export function profilePage(facts: {
  readonly name: string;
  readonly form: Form<ProfileField>;
  readonly refusal?: string;
  /** As it stands in the address. */
  readonly saved?: unknown;
}): ProfileSettingsPage {
  const { name, form, refusal = '', saved } = facts;
  return {
    head: { title: 'Settings', noindex: true, section: 'none' },
    tabs: settingsTabs('Profile'),
    saved: savedSentence(SAVED, saved),
    memberHref: paths.member(name),
    refusal,
    form,
    lengths: {
      about: LENGTHS.about,
      affiliation: LENGTHS.affiliation,
      link: LENGTHS.address,
      pronouns: LENGTHS.pronouns,
    },
  };
}
