// The weeks as a feed: an entry for each, with its topics by section. What is hidden later is gone from it.
import { endOfWeek, spellWeek } from '../../domain/iso-weeks.ts';
import { escapeHtml, type SafeHtml } from '../../lib/html.ts';
import { paths } from '../../web/paths.ts';
import type { Site } from '../../web/site.ts';
import type { WeekWithTopics } from '../weekly/index.ts';
import { bySection } from '../weekly/pages.ts';
import { type Feed, type FeedEntry, feedWith, type Followed, tagUri } from './feed.ts';

const WEEKS: Followed = {
  id: 'weeks',
  path: paths.weeksFeeds(),
  name: 'The week',
  description: 'The topics of each week, by section',
  href: paths.weeks(),
};

/** A feed of weeks, newest first. */
export function weeksFeed(
  site: Pick<Site, 'settings'>,
  weeks: readonly WeekWithTopics[],
  siteUrl: string,
): Feed {
  const author = { name: site.settings.name, href: undefined };
  const shown = weeks.filter(({ topics }) => topics.length > 0);
  const entries = shown.map((week) => ({ ...entryOf(week, siteUrl), author }));
  return feedWith(site, WEEKS, entries, siteUrl);
}

function entryOf(
  { name, startsAt, changedAt, topics }: WeekWithTopics,
  siteUrl: string,
): Omit<FeedEntry, 'author'> {
  return {
    id: tagUri(siteUrl, `week/${name}`),
    title: `The week of ${spellWeek(startsAt)}`,
    href: siteUrl + paths.week(name),
    sourceHref: undefined,
    categories: [],
    published: endOfWeek(startsAt),
    updated: changedAt,
    contentHtml: contentOf(topics, siteUrl),
  };
}

function contentOf(topics: WeekWithTopics['topics'], siteUrl: string): SafeHtml {
  const sections = bySection(topics).map(({ name, rows }) => {
    // No figures: every vote would be a change, of which no reader wants to hear.
    const items = rows.map(
      (row) => `<li><a href="${escapeHtml(siteUrl + paths.topic(row))}">${escapeHtml(row.title)}</a></li>`,
    );
    return `<h2>${escapeHtml(name)}</h2><ul>${items.join('')}</ul>`;
  });
  return sections.join('') as SafeHtml;
}
