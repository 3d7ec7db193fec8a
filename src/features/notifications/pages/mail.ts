// What the mail about one post says: who wrote what, why it came, and how it is ended.
import type { MemberId } from '../../../domain/ids.ts';
import type { NoticeKind } from '../../../domain/notices.ts';
import { excerpt, textOf } from '../../../lib/html.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { mailHeaders, unsubscribeLink } from '../../mails/index.ts';
import { type MailFacts, mailModel } from '../../mails/pages.ts';
import type { NotificationRow } from '../rows.ts';
import { noteText } from './notes.ts';

interface NoticeMail extends MailModel {
  /** "ana replied to you" */
  readonly title: string;
  readonly topic: string;
  readonly paragraphs: readonly string[];
  /** Whether there is more to read than the mail says. */
  readonly goesOn: boolean;
  readonly href: string;
  /** "it answers you" */
  readonly because: string;
  readonly topicHref: string;
  readonly unsubscribeHref: string;
  readonly noticesHref: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    notice: NoticeMail;
  }
}

/** Enough to know what it is about; whoever wants to answer reads it in its place anyway. */
const MOST_CHARACTERS = 2_000;

const BECAUSE: Readonly<Record<NoticeKind, string>> = {
  reply: 'it answers you',
  mention: 'it names you',
  topic: 'you follow the topic',
  'new-topic': 'you follow what it is about',
  action: '',
  message: '',
};

/** Undefined for what is about no post that can be read. */
export function noticeMail(
  facts: MailFacts,
  memberId: MemberId,
  row: NotificationRow,
): { readonly model: NoticeMail; readonly headers: Readonly<Record<string, string>> } | undefined {
  const { id, kind, post, topic } = row;
  if (!post || !topic || row.action || row.message) return undefined;
  const { siteUrl, secret } = facts;
  const unsubscribeHref = siteUrl + unsubscribeLink(secret, memberId, kind);
  const text = textOf(post.bodyHtml);
  // What the first mail of a topic is called, the others answer: so mail programs keep them together.
  const subject = post.isOpening ? topic.title : `Re: ${topic.title}`;
  return {
    model: {
      ...mailModel(facts, subject),
      title: noteText(row).title,
      topic: topic.title,
      paragraphs: paragraphsOf(text),
      goesOn: text.length > MOST_CHARACTERS,
      href: siteUrl + paths.post(post.id),
      because: BECAUSE[kind],
      topicHref: siteUrl + paths.topic(topic),
      unsubscribeHref,
      noticesHref: siteUrl + paths.notices(),
    },
    headers: mailHeaders({ unsubscribeHref, name: `notice-${id}`, thread: `topic-${topic.id}` }),
  };
}

function paragraphsOf(text: string): string[] {
  let left = MOST_CHARACTERS;
  return text.split('\n').flatMap((paragraph) => {
    if (left <= 0) return [];
    const shown = paragraph.length > left ? excerpt(paragraph, left) : paragraph;
    left -= paragraph.length;
    return [shown];
  });
}
