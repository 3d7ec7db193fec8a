// The mail of the week: its topics by section.
import { spellWeek } from '../../../domain/iso-weeks.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { mailHeaders, unsubscribeLink } from '../../mails/index.ts';
import { type MailFacts, mailModel } from '../../mails/pages.ts';
import type { TopicRow } from '../../threads/index.ts';
import { bySection } from './sections.ts';

interface WeekMail extends MailModel {
  /** "16 to 22 November 2026" */
  readonly week: string;
  readonly weekHref: string;
  readonly sections: readonly {
    readonly name: string;
    readonly topics: readonly {
      readonly title: string;
      readonly href: string;
      /** "12 upvotes, 3 replies, posted by anna, example.com" */
      readonly facts: string;
    }[];
  }[];
  readonly timesHref: string;
  readonly unsubscribeHref: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    week: WeekMail;
  }
}

export function weekMail(
  facts: MailFacts,
  {
    to,
    week,
    topics,
  }: {
    readonly to: MemberId;
    readonly week: { name: string; startsAt: Date };
    readonly topics: readonly TopicRow[];
  },
): WeekMail & { readonly headers: Readonly<Record<string, string>> } {
  const { settings, siteUrl, secret } = facts;
  const spelled = spellWeek(week.startsAt);
  const unsubscribeHref = siteUrl + unsubscribeLink(secret, to, 'week');
  return {
    ...mailModel(facts, `${settings.name}: the week of ${spelled}`),
    week: spelled,
    weekHref: siteUrl + paths.week(week.name),
    sections: bySection(topics).map(({ name, rows }) => ({
      name,
      topics: rows.map((row) => ({
        title: row.title,
        href: siteUrl + paths.topic(row),
        facts: factsOf(row),
      })),
    })),
    timesHref: siteUrl + paths.mailTimes(),
    unsubscribeHref,
    headers: mailHeaders({ unsubscribeHref }),
  };
}

function factsOf({ score, replyCount, authorName, source }: TopicRow): string {
  return [
    counted(score, 'upvote', 'upvotes'),
    counted(replyCount, 'reply', 'replies'),
    `posted by ${authorName ?? 'a former member'}`,
    ...(source ? [source.host] : []),
  ].join(', ');
}
