// How pages tell feed readers which feeds follow them: each in both formats.
import { paths } from './paths.ts';
import type { Head } from './views.ts';

type FeedAddress = Parameters<typeof paths.atomFeed>;

/** For a page's head. @param title as readers offer it, beside others of the page */
export function feedLinks(title: string, ...address: FeedAddress): NonNullable<Head['feeds']> {
  return [
    { type: 'atom', href: paths.atomFeed(...address), title },
    { type: 'json', href: paths.jsonFeed(...address), title },
  ];
}
