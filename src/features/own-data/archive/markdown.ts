// The texts once more, for reading: Markdown with the facts at its head, as static site generators take it.
import { paths } from '../../../web/paths.ts';
import type { ReplyOfMember, TopicOfMember } from './rows.ts';

/** A topic as a file of its own. */
export function topicMarkdown(
  { topic, section, post, tags, sources }: TopicOfMember,
  siteUrl: string,
): string {
  const head = frontMatter({
    title: topic.title,
    address: siteUrl + paths.topic(topic),
    posted: post.postedAt.toISOString(),
    section,
    tags,
    sources,
    state: post.state,
  });
  return `${head}\n${post.bodyMd}\n`;
}

/** The head of a file with the replies of a month. */
export function monthHead(month: string): string {
  return frontMatter({ title: `Replies of ${month}` });
}

/** One reply below it. */
export function replyMarkdown({ topic, post }: ReplyOfMember, siteUrl: string): string {
  const facts = [post.postedAt.toISOString(), post.state, siteUrl + paths.post(post.id)].join(' · ');
  return `\n# ${oneLine(topic.title ?? `A topic (${topic.id})`)}\n\n${facts}\n\n${post.bodyMd}\n`;
}

/** YAML in which every value is written as JSON, which YAML holds: no title can end it. */
function frontMatter(facts: Readonly<Record<string, string | readonly string[]>>): string {
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  return `---\n${lines.join('')}---\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
