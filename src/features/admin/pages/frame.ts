// What all administration pages share: the tabs, a field's choices, and errors that lead to one of several forms.
import { paths } from '../../../web/paths.ts';

export interface Tab {
  readonly href: string;
  readonly text: string;
  readonly current: boolean;
}

export type TabName = 'Settings' | 'Sections' | 'Members' | 'Moderators' | 'Feeds';

export function adminTabs(current: TabName): readonly Tab[] {
  const tabs: readonly { readonly href: string; readonly text: TabName }[] = [
    { href: paths.admin(), text: 'Settings' },
    { href: paths.adminSections(), text: 'Sections' },
    { href: paths.adminMembers(), text: 'Members' },
    { href: paths.moderators(), text: 'Moderators' },
    { href: paths.adminFeeds(), text: 'Feeds' },
  ];
  return tabs.map((tab) => ({ ...tab, current: tab.text === current }));
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

/** The options of a select, the chosen one marked. */
export function choices(
  options: readonly { readonly value: string; readonly label: string }[],
  chosen: string,
): readonly Choice[] {
  return options.map((option) => ({ ...option, selected: option.value === chosen }));
}
