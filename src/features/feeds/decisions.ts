// The moderation log as a feed: an entry for each decision, which changes when the decision is appealed against or undone.
// Everybody gets the same, as a visitor may know it: no title of what is hidden, and no slug, which repeats the title.
import { escapeHtml, type SafeHtml } from '../../lib/html.ts';
import { momentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import { visitor } from '../../domain/viewer.ts';
import type { Site } from '../../web/site.ts';
import type { LogRow } from '../log/index.ts';
import { decisionTitle, isPlaced, nameOfDecider, type Naming, whatIsConcerned } from '../log/pages.ts';
import { type Feed, type FeedEntry, feedWith, type Followed, tagUri } from './feed.ts';

const LOG: Followed = {
  id: 'moderation-log',
  path: paths.moderationLogFeeds(),
  name: 'Moderation log',
  description: 'What moderators decided, with the rule, the reason and whether it stands',
  href: paths.moderationLog(),
};

/** A feed of decisions, newest first. */
export function decisionsFeed(
  site: Pick<Site, 'settings'>,
  decisions: readonly LogRow[],
  siteUrl: string,
): Feed {
  const naming = { viewer: visitor, moderatorNames: site.settings.moderatorNames };
  const entries = decisions.map((row) => entryOf(row, naming, siteUrl));
  return feedWith(site, LOG, entries, siteUrl);
}

function entryOf(row: LogRow, naming: Naming, siteUrl: string): FeedEntry {
  const { id, at, undone, appeal } = row;
  const changes = [undone?.at, appeal?.at, appeal?.decidedAt].flatMap((moment) =>
    moment ? [new Date(moment).getTime()] : [],
  );
  return {
    id: tagUri(siteUrl, `decision/${id}`),
    title: decisionTitle(row),
    href: siteUrl + paths.moderationLog({ decision: id }),
    sourceHref: undefined,
    author: { name: nameOfDecider(row, naming), href: undefined },
    categories: [],
    published: at,
    updated: new Date(Math.max(at.getTime(), ...changes)),
    contentHtml: contentOf(row, naming, siteUrl),
  };
}

function contentOf(row: LogRow, naming: Naming, siteUrl: string): SafeHtml {
  const { topicId, posts, automatic } = row;
  const what = escapeHtml(whatIsConcerned(row));
  const lines = [
    topicId === null || !isPlaced(row)
      ? what
      : `<a href="${escapeHtml(siteUrl + paths.topicById(topicId))}">${what}</a>`,
    posts > 1 ? `${posts} posts in all` : '',
    `${automatic ? 'Automatically, by' : 'By'} ${escapeHtml(nameOfDecider(row, naming))}`,
    standing(row, naming),
  ].filter((line) => line !== '');
  return `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>` as SafeHtml;
}

function standing({ undone, appeal }: LogRow, naming: Naming): string {
  if (undone !== null) {
    const by = escapeHtml(nameOfDecider({ automatic: undone.automatic, by: undone }, naming));
    const how = appeal?.outcome === 'reversed' ? 'Undone on appeal' : 'Undone';
    return `${how} by ${by}, ${momentView(new Date(undone.at)).full}`;
  }
  if (appeal === null) return 'Stands';
  return appeal.outcome === null ? 'Under appeal' : 'Stands, upheld on appeal';
}
