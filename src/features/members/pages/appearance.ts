// The page of settings on which members choose how the forum looks.
import type { Theme } from '../../../db/schema/index.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { settingsTabs, type Tab } from './frame.ts';

export interface AppearancePage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly themes: readonly { readonly value: Theme; readonly label: string; readonly chosen: boolean }[];
  readonly here: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/appearance': AppearancePage;
  }
}

const THEMES: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'auto', label: 'As the system says' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function appearancePage({ theme }: { readonly theme: Theme }): AppearancePage {
  return {
    head: { title: 'Appearance', noindex: true, section: 'none' },
    tabs: settingsTabs('Appearance'),
    themes: THEMES.map(({ value, label }) => ({ value, label, chosen: value === theme })),
    here: paths.appearance(),
  };
}
