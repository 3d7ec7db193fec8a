// Topics and replies as entries of feeds: the whole text, and below it what stands around it on the topic's page and a
// reader of the feed would miss.
import { escapeHtml, type SafeHtml } from '../../lib/html.ts';
import { paths } from '../../web/paths.ts';
import { absolute, authorAndCategories, type FeedEntry, latest, tagUri } from './feed.ts';
import type { FeedReply } from './queries/feed-replies.ts';
import type { FeedTopic } from './queries/feed-topics.ts';

/** A topic, with the article that it was posted with. */
export function topicEntry(topic: FeedTopic, siteUrl: string): FeedEntry {
  const { id, title, postedAt, changedAt, sources, bodyHtml } = topic;
  const href = siteUrl + paths.topic(topic);
  const articles = sources.map(
    ({ url, title: headline, host }) => `Article: ${link(url, headline ?? url)} (${escapeHtml(host)})`,
  );
  return {
    id: topicUri(siteUrl, id),
    title,
    href,
    sourceHref: sources[0]?.url,
    ...authorAndCategories(topic, siteUrl),
    repliesHref: siteUrl + paths.atomFeed(paths.topicFeeds(id)),
    published: postedAt,
    updated: latest(postedAt, [changedAt]),
    contentHtml: withLines(absolute(bodyHtml, siteUrl, href), [...articles, link(href, 'Discussion')]),
  };
}

/** A reply, which has no title of its own: whose it is, and in which topic. */
function replyEntry(reply: FeedReply, siteUrl: string): FeedEntry {
  const { id, topic, parentId, to, postedAt, changedAt, bodyHtml } = reply;
  const href = siteUrl + paths.post(id);
  const discussion = siteUrl + paths.topic(topic);
  const answered =
    parentId === null
      ? { id: topicUri(siteUrl, topic.id), href: discussion }
      : { id: replyUri(siteUrl, parentId), href: siteUrl + paths.post(parentId) };
  const named = authorAndCategories(reply, siteUrl);
  return {
    id: replyUri(siteUrl, id),
    title: `${reply.authorName ?? 'A former member'} in ${topic.title}`,
    href,
    sourceHref: undefined,
    ...named,
    inReplyTo: answered,
    published: postedAt,
    updated: latest(postedAt, [changedAt]),
    contentHtml: withLines(absolute(bodyHtml, siteUrl, discussion), [
      ...(parentId === null
        ? []
        : [link(answered.href, to === null ? 'In reply to this' : `In reply to ${to}`)]),
      `Discussion: ${link(discussion, topic.title)}`,
    ]),
  };
}

/** Both as one stream, newest first. */
export function postEntries(
  {
    topics = [],
    replies = [],
  }: { readonly topics?: readonly FeedTopic[]; readonly replies?: readonly FeedReply[] },
  siteUrl: string,
): FeedEntry[] {
  return [
    ...topics.map((topic) => topicEntry(topic, siteUrl)),
    ...replies.map((reply) => replyEntry(reply, siteUrl)),
  ].sort((a, b) => b.published.getTime() - a.published.getTime());
}

function topicUri(siteUrl: string, id: FeedTopic['id']): string {
  return tagUri(siteUrl, `topic/${id}`);
}

function replyUri(siteUrl: string, id: FeedReply['id']): string {
  return tagUri(siteUrl, `reply/${id}`);
}

function link(href: string, text: string): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
}

function withLines(html: string, lines: readonly string[]): SafeHtml {
  return `${html}<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>` as SafeHtml;
}
