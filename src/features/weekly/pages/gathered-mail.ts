// The mail of what a member was told in a day or a week: grouped by topic, the newest first.
import type { MemberId } from '../../../domain/ids.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { mailHeaders, unsubscribeLink } from '../../mails/index.ts';
import { type MailFacts, mailModel } from '../../mails/pages.ts';
import type { NotificationRow } from '../../notifications/index.ts';
import { beginningOf, noteText } from '../../notifications/pages.ts';

interface NoticeLine {
  /** "anna replied to you" */
  readonly what: string;
  /** The beginning of the text; '' where there is none. */
  readonly detail: string;
  readonly href: string;
}

interface Group {
  /** Title of the topic; '' for what is about none. */
  readonly topic: string;
  readonly lines: readonly NoticeLine[];
  /** "and 12 more"; '' otherwise. */
  readonly more: string;
}

interface GatheredMail extends MailModel {
  /** "today" or "this week" */
  readonly since: string;
  readonly groups: readonly Group[];
  /** "And 30 more topics in your inbox"; '' otherwise. */
  readonly more: string;
  readonly inboxHref: string;
  readonly timesHref: string;
  readonly unsubscribeHref: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    gathered: GatheredMail;
  }
}

/** Nobody reads more in one mail; mail programs cut what is longer. */
const MOST_TOPICS = 100;
/** The newest of a topic say what is going on there; the topic has the others. */
const MOST_LINES = 5;

export function gatheredMail(
  facts: MailFacts,
  {
    to,
    which,
    notices,
  }: {
    readonly to: MemberId;
    readonly which: 'daily' | 'weekly';
    readonly notices: readonly NotificationRow[];
  },
): GatheredMail & { readonly headers: Readonly<Record<string, string>> } {
  const { settings, siteUrl, secret } = facts;
  const groups = byTopic(notices);
  const left = groups.length - MOST_TOPICS;
  const unsubscribeHref = siteUrl + unsubscribeLink(secret, to, which);
  const many = counted(notices.length, 'notification', 'notifications');
  return {
    ...mailModel(facts, `${many} on ${settings.name}`),
    since: which === 'daily' ? 'since yesterday' : 'since last week',
    groups: groups.slice(0, MOST_TOPICS).map((group) => groupView(group, siteUrl)),
    more: left > 0 ? `And ${counted(left, 'more topic', 'more topics')} in your inbox` : '',
    inboxHref: siteUrl + paths.inbox(),
    timesHref: siteUrl + paths.mailTimes(),
    unsubscribeHref,
    headers: mailHeaders({ unsubscribeHref }),
  };
}

/** Moderators' decisions and messages stand together, apart from topics. */
function byTopic(notices: readonly NotificationRow[]): readonly (readonly NotificationRow[])[] {
  const groups = new Map<number, NotificationRow[]>();
  for (const notice of notices) {
    const key = ofModerators(notice) ? 0 : (notice.topic?.id ?? 0);
    const group = groups.get(key);
    if (group) group.push(notice);
    else groups.set(key, [notice]);
  }
  return [...groups.values()];
}

function ofModerators({ action, message }: NotificationRow): boolean {
  return action !== null || message !== null;
}

function groupView(group: readonly NotificationRow[], siteUrl: string): Group {
  const more = group.length - MOST_LINES;
  const [first] = group;
  return {
    topic: first && !ofModerators(first) ? (first.topic?.title ?? '') : '',
    lines: group.slice(0, MOST_LINES).map((notice) => lineOf(notice, siteUrl)),
    more: more > 0 ? `and ${more.toLocaleString('en-GB')} more` : '',
  };
}

function lineOf(notice: NotificationRow, siteUrl: string): NoticeLine {
  const { title, topic, detail, href } = noteText(notice);
  const own = ofModerators(notice);
  return {
    // What stands under its topic need not name it again.
    what: own && topic !== '' ? `${title} in ${topic}` : title,
    detail: own ? detail : beginningOf(notice),
    href: siteUrl + (href === '' ? paths.inbox() : href),
  };
}
