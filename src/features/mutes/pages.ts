// The page of settings with what a member has muted.
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import { settingsTabs, type Tab } from '../members/pages.ts';
import type { MutedSite } from './queries.ts';

export interface MutesPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly here: string;
  readonly sites: readonly {
    readonly host: string;
    readonly href: string;
    readonly muteHref: string;
    readonly muted: MomentView;
  }[];
}
declare module '../../web/views.ts' {
  interface Views {
    'mutes/list': MutesPage;
  }
}

export function mutesPage(sites: readonly MutedSite[]): MutesPage {
  return {
    head: { title: 'Muted sites', noindex: true },
    tabs: settingsTabs('Muted'),
    here: paths.mutes(),
    sites: sites.map(({ host, mutedAt }) => ({
      host,
      href: paths.site(host),
      muteHref: paths.siteMute(host),
      muted: momentView(mutedAt),
    })),
  };
}
