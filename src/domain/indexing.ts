// Which pages are worth an entry in a search engine. What is thin there pulls down what is not, and is kept from it until
// it has grown; people find it by links all the same.

/** A list of one topic says nothing that the topic's own page does not. */
const LEAST_TOPICS = 2;

/** Whether a list of so many topics (of a tag, a site, a section) is too thin to be found by. */
export function isThinList(topics: number): boolean {
  return topics < LEAST_TOPICS;
}

/** The lists that a sitemap names besides its topics: the largest, so that a forum of any number of tags fits into one part. */
export const SITEMAP_TAGS = { atLeast: LEAST_TOPICS, most: 5_000 } as const;
