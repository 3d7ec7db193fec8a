// The feeds that a list leads readers to. A part of the forum has one, of what is new there; the whole of it one for each
// of its lists, and on its front page the one that misses nothing first.
import { feedLinks } from '../../../web/feed-links.ts';
import { type ListName, paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { tagFeedBase } from '../../tags/pages.ts';
import type { ListOf, TopicListFacts } from './list-facts.ts';

type Links = NonNullable<Head['feeds']>;

/** For the head of a list's page. */
export function listFeedLinks({ of, list, period, siteName }: TopicListFacts): Links {
  if (of) return linksOf(of, siteName);
  const links: Readonly<Record<ListName, Links>> = {
    new: feedLinks(siteName, paths.listFeeds('new')),
    hot: feedLinks(`${siteName}: front page`, paths.listFeeds('hot')),
    active: feedLinks(`${siteName}: replies`, paths.listFeeds('active')),
    top: feedLinks(`${siteName}: top topics`, paths.listFeeds('top'), { t: period }),
  };
  return list === 'hot' ? [...links.new, ...links.hot, ...links.active] : links[list];
}

function linksOf(of: ListOf, siteName: string): Links {
  switch (of.kind) {
    case 'section':
      return feedLinks(`${siteName}: ${of.name}`, `/s/${of.slug}`);
    case 'tag':
      return feedLinks(`${siteName}: ${of.name}`, tagFeedBase(of.slug));
    case 'site':
      return of.site.topics > 0 ? feedLinks(`${siteName}: ${of.name}`, `/site/${of.slug}`) : [];
    case 'chosen':
      // What is followed has a feed with a key, which no head of a page should tell to whatever reads it.
      return of.chosen === 'second-chance'
        ? feedLinks(`${siteName}: second chance`, paths.secondChanceFeeds())
        : [];
  }
}
