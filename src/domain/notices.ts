// What members are told of, by which channels, and how they choose.

/**
 * reply: an answer to the member. topic: a reply in a topic that the member follows. new-topic: a topic in a tag, section or
 * site, by a member or with a word that the member follows. message: something was said to the member inside a queue item.
 */
export const NOTICE_KINDS = ['reply', 'mention', 'topic', 'new-topic', 'action', 'message'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** When a mail tells of it besides: at once, or gathered once a day or a week at the member's hour. */
export const MAIL_TIMES = ['at-once', 'daily', 'weekly'] as const;
export type MailTime = (typeof MAIL_TIMES)[number];

/** What is sent at most once a day or week: gathered notices, and the week's topics. */
export const MAILINGS = ['daily', 'weekly', 'week'] as const;
export type Mailing = (typeof MAILINGS)[number];

/** By which channels a member is told of something. */
export interface Channels {
  readonly inbox: boolean;
  /** Null: no mail. */
  readonly mail: MailTime | null;
}

interface NoticeRule {
  /** As the page of settings names it. */
  readonly label: string;
  readonly hint: string;
  /** Without a choice of the member's. Nobody asked for mail by joining, so there is none, but where it matters when it comes. */
  readonly channels: Channels;
  /** Whoever is decided about must be able to learn of it: the inbox keeps it, whatever was chosen. */
  readonly alwaysInInbox: boolean;
}

const INBOX_ALONE: Channels = { inbox: true, mail: null };
/** The time for an appeal runs from the decision, and a moderator waits for the answer. */
const ALSO_BY_MAIL: Channels = { inbox: true, mail: 'at-once' };

export const NOTICES: Readonly<Record<NoticeKind, NoticeRule>> = {
  reply: {
    label: 'Replies to you',
    hint: 'to your topics and to your replies',
    channels: INBOX_ALONE,
    alwaysInInbox: false,
  },
  mention: {
    label: 'Mentions',
    hint: 'of your name with an @ before it',
    channels: INBOX_ALONE,
    alwaysInInbox: false,
  },
  topic: {
    label: 'Topics you follow',
    hint: 'every reply in them',
    channels: INBOX_ALONE,
    alwaysInInbox: false,
  },
  'new-topic': {
    label: 'New topics',
    hint: 'in tags, sections and sites, by members and with words that you follow',
    channels: INBOX_ALONE,
    alwaysInInbox: false,
  },
  action: {
    label: 'Decisions of moderators',
    hint: 'about you and what you wrote',
    channels: ALSO_BY_MAIL,
    alwaysInInbox: true,
  },
  message: {
    label: 'Messages of moderators',
    hint: 'to you',
    channels: ALSO_BY_MAIL,
    alwaysInInbox: true,
  },
};

/** By which channels a member is told of a kind of notice. @param choice the member's own; undefined: none was made */
export function channelsOf(kind: NoticeKind, choice: Channels | undefined): Channels {
  const { channels, alwaysInInbox } = NOTICES[kind];
  const { inbox, mail } = choice ?? channels;
  return { inbox: inbox || alwaysInInbox, mail };
}

/** How many are told in one transaction: short enough that nobody waits for its locks, long enough that 10,000 are told in seconds. */
export const TOLD_AT_ONCE = 1_000;

/** The most unread notifications that are counted on every page; one more reads "99+". */
export const MOST_COUNTED = 100;

/** "3", and "99+" where they were not counted further; '' for none. */
export function spellUnread(count: number): string {
  if (count === 0) return '';
  return count < MOST_COUNTED ? String(count) : `${MOST_COUNTED - 1}+`;
}

/** The most notifications of one topic that an entry of the inbox sums up. */
export const MOST_SUMMED = 100;
