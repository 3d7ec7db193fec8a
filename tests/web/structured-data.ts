// The properties that Google reads of discussion forums, members' pages and breadcrumbs, as its pages for search
// developers list them, in a table that a page's structured data is held against.
import type { Browser } from '../support/browser.ts';

export type Data = Readonly<Record<string, unknown>>;

interface Listed {
  readonly required: readonly string[];
  readonly recommended: readonly string[];
  /** Recommended, and never there, with the reason. */
  readonly absent?: Readonly<Record<string, string>>;
}

const NO_FILES = 'members upload no pictures and no films';

export const LISTED: Readonly<Record<string, Listed>> = {
  DiscussionForumPosting: {
    required: ['author', 'datePublished', 'text'],
    recommended: [
      ...['comment', 'dateModified', 'digitalSourceType', 'headline', 'interactionStatistic', 'isPartOf'],
      ...['sharedContent', 'url', 'mainEntityOfPage', 'commentCount'],
    ],
    absent: {
      image: NO_FILES,
      video: NO_FILES,
      creativeWorkStatus: 'what is deleted or hidden has no structured data at all',
    },
  },
  Comment: {
    required: ['author', 'datePublished', 'text'],
    recommended: ['comment', 'dateModified', 'digitalSourceType', 'interactionStatistic', 'url'],
    absent: {
      image: NO_FILES,
      video: NO_FILES,
      sharedContent: 'a reply has links in its text, and none that it is about',
      creativeWorkStatus: 'what is deleted or hidden is left out, and its answers move up',
    },
  },
  Person: { required: ['name'], recommended: ['url'] },
  WebPage: { required: ['url'], recommended: ['headline', 'image'] },
  InteractionCounter: { required: ['interactionType', 'userInteractionCount'], recommended: [] },
  BreadcrumbList: { required: ['itemListElement'], recommended: [] },
  ListItem: { required: ['item', 'name', 'position'], recommended: [] },
  ProfilePage: {
    required: ['mainEntity'],
    recommended: ['dateCreated'],
    absent: {
      dateModified: 'a page changes with every vote on what the member wrote',
      hasPart: 'what the member wrote is linked, and described where it stands',
    },
  },
  'the member of a ProfilePage': {
    required: ['name'],
    recommended: ['agentInteractionStatistic', 'description', 'identifier', 'interactionStatistic', 'sameAs'],
    absent: { alternateName: 'a member has one name', image: 'the drawing beside a name has no address' },
  },
  WebSite: { required: ['name', 'url'], recommended: ['potentialAction'] },
};

/** All structured data of a page, in its order. */
export async function structuredOf(browser: Browser, path: string): Promise<Data[]> {
  const { document } = await browser.visit(path);
  return [...document.querySelectorAll('script[type="application/ld+json"]')].map(
    (script) => JSON.parse(script.textContent ?? '') as Data,
  );
}

/** Every part of it that says what it is, whatever it stands in. */
export function partsOf(value: unknown): Data[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = '@type' in value ? [value as Data] : [];
  return [...own, ...Object.values(value).flatMap(partsOf)];
}

/** What a part lacks that is required of it, or has that is known to be empty. */
export function faultsOf(part: Data): string[] {
  const type = String(part['@type']);
  const { required = [] } = LISTED[type] ?? {};
  const lacking = required.filter((name) => !(name in part)).map((name) => `${type} lacks ${name}`);
  const empty = Object.entries(part)
    .filter(([, value]) => value === null || value === '' || (Array.isArray(value) && value.length === 0))
    .map(([name]) => `${type}: ${name} is empty`);
  const dates = Object.entries(part)
    .filter(([name, value]) => name.startsWith('date') && !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(value)))
    .map(([name]) => `${type}: ${name} has no zone`);
  const addresses = Object.entries(part)
    .filter(([name, value]) => name === 'url' && !URL.canParse(String(value)))
    .map(([name]) => `${type}: ${name} is no whole address`);
  return [...lacking, ...empty, ...dates, ...addresses];
}
