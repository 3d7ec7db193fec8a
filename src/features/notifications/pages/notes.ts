// What a notification says, in the inbox and in mails that gather them.
import { ACTIONS, withRule } from '../../../domain/actions.ts';
import { excerpt, excerptOf } from '../../../lib/html.ts';
import { paths } from '../../../web/paths.ts';
import type { NotificationRow } from '../rows.ts';

export interface NoteText {
  readonly icon: 'reply' | 'at' | 'bell' | 'merge' | 'shield';
  readonly title: string;
  /** '' when there is nothing (left) to look at. */
  readonly href: string;
  /** Title of the topic it happened in; '' when there is none to name. */
  readonly topic: string;
  /** The beginning of the text, or the reason of an action. */
  readonly detail: string;
  /** The public log, for actions that stand there; '' otherwise. */
  readonly logHref: string;
}

const EXCERPT_CHARACTERS = 160;
const FORMER_MEMBER = 'A former member';

/** What one notification says. */
export function noteText(row: NotificationRow): NoteText {
  if (row.action) return actionText(row, row.action);
  if (row.message) return messageText(row.message);
  const { kind, post, topic } = row;
  const href = post && topic ? paths.post(post.id) : '';
  const about = { href, topic: topic?.title ?? '', detail: beginningOf(row), logHref: '' };
  if (kind === 'new-topic')
    return { ...about, icon: 'bell', title: newTopicTitle(row), topic: '', detail: about.topic };
  const who = row.actor?.name ?? FORMER_MEMBER;
  if (kind === 'mention') return { ...about, icon: 'at', title: `${who} mentioned you` };
  if (kind === 'topic') return { ...about, icon: 'bell', title: `${who} replied` };
  return { ...about, icon: 'reply', title: `${who} replied to ${post?.isTopLevel ? 'your topic' : 'you'}` };
}

/** The beginning of the post that a notification tells of. */
export function beginningOf({ post }: NotificationRow): string {
  return post ? excerptOf(post.bodyHtml, EXCERPT_CHARACTERS) : '';
}

/** "New topic in Funding, a section you follow" */
function newTopicTitle({ actor, followed }: NotificationRow): string {
  const { tag, section, host, member, word } = followed;
  if (tag !== null) return `New topic tagged ${tag}, which you follow`;
  if (section !== null) return `New topic in ${section}, a section you follow`;
  if (host !== null) return `New topic from ${host}, a site you follow`;
  if (member !== null) return `New topic by ${member}, whom you follow`;
  if (word !== null) return `New topic with “${word}” in its title, which you follow`;
  return `New topic by ${actor?.name ?? FORMER_MEMBER.toLowerCase()}`;
}

function actionText(
  { actor, post, topic }: NotificationRow,
  { id, kind, rule, reason, data, into }: NonNullable<NotificationRow['action']>,
): NoteText {
  const { label, inLog } = ACTIONS[kind];
  const by = actor === null ? 'automatically' : actor.role === 'admin' ? 'by an admin' : 'by a moderator';
  // A topic has many sources, also others' than its author's: whoever is told about one wants to know which.
  const isSource = kind === 'edit-source';
  const what = post === null || isSource ? '' : post.isOpening ? ': your topic' : ': your reply';
  const source = isSource && typeof data.what === 'string' ? `${data.what}. ` : '';
  const target = into === null ? '' : `Into “${into}”. `;
  return {
    icon: kind === 'merge' ? 'merge' : 'shield',
    title: `${label} ${by}${what}`,
    href: paths.decision(id),
    topic: topic?.title ?? '',
    detail: `${source}${target}Reason: ${withRule(reason, rule)}`,
    logHref: inLog ? paths.moderationLog({ action: kind }) : '',
  };
}

function messageText({ itemId, body }: NonNullable<NotificationRow['message']>): NoteText {
  return {
    icon: 'shield',
    title: 'A moderator has written to you',
    href: paths.talk(itemId),
    topic: '',
    detail: excerpt(body, EXCERPT_CHARACTERS),
    logHref: '',
  };
}
