// What all pages of settings share: the tabs, and the sentence on what was just saved.
import { paths } from '../../../web/paths.ts';

export interface Tab {
  readonly href: string;
  readonly text: string;
  readonly current: boolean;
}

type TabName =
  | 'Profile'
  | 'Appearance'
  | 'Notices'
  | 'Account'
  | 'Sessions'
  | 'Privacy'
  | 'Following'
  | 'Flags'
  | 'Invitations';

export function settingsTabs(current: TabName): readonly Tab[] {
  const tabs: readonly { readonly href: string; readonly text: TabName }[] = [
    { href: paths.settings(), text: 'Profile' },
    { href: paths.appearance(), text: 'Appearance' },
    { href: paths.notices(), text: 'Notices' },
    { href: paths.account(), text: 'Account' },
    { href: paths.sessions(), text: 'Sessions' },
    { href: paths.privacySettings(), text: 'Privacy' },
    { href: paths.follows(), text: 'Following' },
    { href: paths.ownFlags(), text: 'Flags' },
    { href: paths.ownInvitations(), text: 'Invitations' },
  ];
  return tabs.map((tab) => ({ ...tab, current: tab.text === current }));
}

/** @param saved as it stands in the address */
export function savedSentence(sentences: Readonly<Record<string, string>>, saved: unknown): string {
  return typeof saved === 'string' && Object.hasOwn(sentences, saved) ? (sentences[saved] ?? '') : '';
}
