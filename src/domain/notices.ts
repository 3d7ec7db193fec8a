// What members are told of, and by which channels.

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
