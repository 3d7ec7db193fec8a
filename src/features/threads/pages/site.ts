// What stands above the list of a site's topics: figures and the feed.
import { SITE_SHARES_FROM } from '../../../domain/limits.ts';
import { SOURCE_ROLES, type SourceRole } from '../../../domain/source-roles.ts';
import { counted, momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { SiteFacts } from '../queries/sites.ts';

export interface SiteView {
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** '' where there is nothing to follow. */
  readonly feedHref: string;
}

const ROLES: Readonly<Record<SourceRole, string>> = {
  primary: 'Primary documents',
  first_report: 'First reports',
  report: 'Reports',
  syndicated: 'Syndicated copies',
  analysis: 'Analyses',
  free_copy: 'Free copies',
};

export function siteView(host: string, site: SiteFacts): SiteView {
  const { topics, sources, byRole, dead, firstAt } = site;
  const roles = SOURCE_ROLES.filter((role) => byRole[role] > 0).map((role) => ({
    label: ROLES[role],
    value: figure(byRole[role]),
  }));
  const facts = [
    { label: 'Topics', value: figure(topics) },
    ...roles,
    ...(sources >= SITE_SHARES_FROM
      ? [{ label: 'Dead links', value: `${figure(dead)} of ${figure(sources)}` }]
      : []),
    ...(firstAt === null ? [] : [{ label: 'First seen', value: momentView(firstAt).day }]),
  ];
  return {
    facts: sources === 0 ? [] : facts,
    feedHref: sources === 0 ? '' : paths.atomFeed(`/site/${host}`),
  };
}

/** "Topics with an article from this site", or that there are none. */
export function siteIntro(host: string, { topics }: SiteFacts): string {
  return topics === 0
    ? `Nobody has posted an article from ${host} yet.`
    : `${counted(topics, 'topic', 'topics')} with an article from ${host}`;
}

function figure(n: number): string {
  return n.toLocaleString('en-GB');
}
