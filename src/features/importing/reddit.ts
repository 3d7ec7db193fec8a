// Discussions as Reddit's archives have them, one JSON object a line: a submission with its comments as a flat list.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LENGTHS } from '../../domain/limits.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { joinWithin, slugWords } from '../../domain/slug.ts';
import { sortByTime } from '../../domain/thread.ts';
import { urlKey } from '../../domain/url-key.ts';
import {
  type MemberRecord,
  memberSchema,
  type ForumRecord,
  LONGEST_KEY,
  type TagRecord,
  tagSchema,
  type TopicRecord,
  topicSchema,
  type WrittenRecord,
} from './format.ts';
import { check, LineFault, parseJson } from './records.ts';

const id = z.string().regex(/^[a-z0-9]{1,20}$/i, 'is no id of Reddit');
const author = z
  .string()
  .regex(/^(?:[\w-]+|\[deleted\]|\[removed\])$/, 'is no name of Reddit')
  .nullish();
const seconds = z.number().min(0).max(32_503_680_000);
const score = z
  .int()
  .nullish()
  .transform((points) => points ?? 0);

const commentSchema = z.object({
  id,
  parent: id,
  author,
  created_utc: seconds,
  score,
  body: z.string(),
  /** When; archives of old comments only say that. */
  edited: z.union([z.boolean(), z.number()]).optional(),
});

const submissionSchema = z.object({
  id,
  title: z.string(),
  url: z.string().nullish(),
  is_self: z.boolean(),
  selftext: z.string().nullish(),
  author,
  created_utc: seconds,
  score,
  flair: z.string().nullish(),
  comments: z.array(commentSchema),
});

type Comment = z.output<typeof commentSchema>;
type Submission = z.output<typeof submissionSchema>;
type WrittenTopic = Extract<WrittenRecord, { kind: 'topic' }>;
type WrittenPost = WrittenTopic['posts'][number];

/**
 * Reads a discussion as its tag, its members and its topic, in this order. Scores come without votes; `[deleted]`
 * authors are former members, and texts that are `[deleted]` or `[removed]` are withdrawn.
 * @param section key of the section in which the topic is to stand
 * @throws LineFault
 */
export function readDiscussion(line: string, section: string): ForumRecord[] {
  const submission = check(submissionSchema, parseJson(line));
  const tag = tagOf(submission);
  return [...(tag ? [tag] : []), ...membersOf(submission), topicOf(submission, section, tag)];
}

function tagOf({ flair }: Submission): TagRecord | undefined {
  const name = cleanTitle(unescape(flair ?? ''));
  const slug = joinWithin(LENGTHS.slug, slugWords(name));
  return slug === '' ? undefined : check(tagSchema, { kind: 'tag', key: flairKey(slug), slug, name });
}

/** Each author once, as having joined with the first of these posts. */
function membersOf({ author, created_utc, comments }: Submission): MemberRecord[] {
  const joined = new Map<string, number>();
  for (const post of [{ author, created_utc }, ...comments]) {
    const name = nameOf(post);
    if (name !== undefined) joined.set(name, Math.min(joined.get(name) ?? Infinity, post.created_utc));
  }
  return [...joined].map(([name, at]) =>
    check(memberSchema, { kind: 'member', key: memberKey(name), name, joined_at: momentOf(at) }),
  );
}

function topicOf(submission: Submission, section: string, tag: TagRecord | undefined): TopicRecord {
  const { comments } = submission;
  const address = submission.is_self ? undefined : addressOf(submission);
  const topic: WrittenTopic = {
    kind: 'topic',
    key: topicKey(submission.id),
    topic_kind: address?.ok ? 'link' : 'text',
    title: unescape(submission.title),
    section,
    ...(tag && { tags: [tag.key] }),
    ...(address?.ok && {
      sources: [{ key: `${topicKey(submission.id)}/source`, url: address.shown, ...addedBy(submission) }],
    }),
    posts: [
      {
        key: `${topicKey(submission.id)}/text`,
        ...written(submission, openingText(submission, address)),
      },
      ...repliesOf(submission.id, comments),
    ],
  };
  return check(topicSchema, topic);
}

/** In the order in which they were written: the order of posts in a record is that of their ids. */
function repliesOf(submissionId: string, comments: readonly Comment[]): WrittenPost[] {
  const indexOf = new Map(comments.map((comment, index) => [comment.id, index]));
  const listed = comments.map((comment) => {
    const parent = comment.parent === submissionId ? null : indexOf.get(comment.parent);
    if (parent === undefined)
      throw new LineFault(`comment ${comment.id} answers ${comment.parent}, which is not there`);
    return { comment, parent, postedAt: new Date(momentOf(comment.created_utc)) };
  });
  const sorted = sortByTime(listed);
  if (!sorted) throw new LineFault('some of its comments answer each other in a circle');
  return sorted.map(({ comment, parent }) => ({
    key: commentKey(comment.id),
    ...(parent !== null && { parent: commentKey(comment.parent) }),
    ...written(comment, comment.body),
    ...(typeof comment.edited === 'number' && comment.edited > 1 && { edited_at: momentOf(comment.edited) }),
  }));
}

const GONE = new Set(['[deleted]', '[removed]']);

interface Post {
  readonly author?: string | null | undefined;
  readonly created_utc: number;
  readonly score: number;
}

function written(post: Post, text: string): Omit<WrittenPost, 'key' | 'parent'> {
  const name = nameOf(post);
  const posted_at = momentOf(post.created_utc);
  return {
    ...(name !== undefined && { author: memberKey(name) }),
    posted_at,
    ...(GONE.has(text.trim()) ? { body: '', withdrawn_at: posted_at } : { body: unescape(text) }),
    base_score: post.score,
  };
}

function addedBy(submission: Submission): { added_by?: string; added_at: string } {
  const name = nameOf(submission);
  return {
    ...(name !== undefined && { added_by: memberKey(name) }),
    added_at: momentOf(submission.created_utc),
  };
}

/** Reddit's own pages are named without their host at times. */
function addressOf({ url }: Submission): ReturnType<typeof urlKey> {
  const given = unescape(url ?? '');
  return urlKey(given.startsWith('/') ? `https://www.reddit.com${given}` : given);
}

/** What cannot be a source stays readable: it begins the text. */
function openingText({ url, selftext }: Submission, address: ReturnType<typeof urlKey> | undefined): string {
  const text = selftext ?? '';
  return address?.ok === false && url ? [url, text].filter((part) => part !== '').join('\n\n') : text;
}

function nameOf({ author }: Pick<Post, 'author'>): string | undefined {
  return author === undefined || author === null || GONE.has(author) ? undefined : author;
}

const topicKey = (submissionId: string) => `reddit:t3_${submissionId}`;
const commentKey = (commentId: string) => `reddit:t1_${commentId}`;
const memberKey = (name: string) => `reddit:u/${name}`;
/** Keys are ASCII, in which thirty letters of other scripts can be too long. */
function flairKey(slug: string): string {
  const key = `reddit:flair/${encodeURIComponent(slug)}`;
  if (key.length <= LONGEST_KEY) return key;
  return `reddit:flair/${createHash('sha256').update(slug).digest('hex')}`;
}

function momentOf(given: number): string {
  return new Date(Math.round(given * 1_000)).toISOString();
}

const ESCAPED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** Archives hold texts with these three escaped, once. */
function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) => ESCAPED[name] ?? '');
}
