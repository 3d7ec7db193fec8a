// The page of a week.
import { spellWeek } from '../../../domain/iso-weeks.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { feedLinks } from '../../../web/feed-links.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { TopicRow } from '../../threads/index.ts';
import { topicRow, type TopicRowView } from '../../threads/pages.ts';
import type { WeekFigures, WeekFound } from '../queries/weeks.ts';
import type { MailOffer } from './mail-offer.ts';
import { bySection } from './sections.ts';

interface Beside {
  readonly href: string;
  readonly name: string;
}

interface WeekPage {
  readonly head: Head;
  /** "16 to 22 November 2026" */
  readonly week: string;
  readonly name: string;
  readonly weeksHref: string;
  readonly figures: readonly string[];
  readonly sections: readonly {
    readonly anchor: string;
    readonly name: string;
    readonly href: string;
    readonly rows: readonly TopicRowView[];
  }[];
  readonly closed: MomentView;
  readonly previous: Beside | null;
  readonly next: Beside | null;
  readonly offer: MailOffer;
  readonly atomHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'weekly/week': WeekPage;
  }
}

export function weekPage(facts: {
  readonly week: WeekFound;
  readonly topics: readonly TopicRow[];
  readonly figures: WeekFigures;
  readonly viewer: Viewer;
  readonly offer: MailOffer;
}): WeekPage {
  const { week, topics, figures, viewer, offer } = facts;
  const spelled = spellWeek(week.startsAt);
  const counts = [
    counted(figures.topics, 'topic', 'topics'),
    counted(figures.replies, 'reply', 'replies'),
    `${counted(figures.members, 'member', 'members')} wrote`,
  ];
  const first = topics.slice(0, 3).map(({ title }) => title);
  return {
    head: {
      title: `The week of ${spelled}`,
      description: [`${counts.join(', ')}.`, ...first].join(' '),
      canonical: paths.week(week.name),
      feeds: weekFeeds(),
      openGraph: { type: 'article', publishedIso: week.closedAt.toISOString() },
      section: 'none',
    },
    week: spelled,
    name: week.name,
    weeksHref: paths.weeks(),
    figures: counts,
    sections: bySection(topics).map(({ slug, name, rows }) => ({
      anchor: `s-${slug}`,
      name,
      href: paths.section(slug),
      rows: rows.map((row) => topicRow(row, viewer)),
    })),
    closed: momentView(week.closedAt),
    previous: week.previous === null ? null : { href: paths.week(week.previous), name: week.previous },
    next: week.next === null ? null : { href: paths.week(week.next), name: week.next },
    offer,
    atomHref: paths.atomFeed(paths.weeksFeeds()),
  };
}

/** What programs follow the weeks by. */
export function weekFeeds(): NonNullable<Head['feeds']> {
  return feedLinks('The week', paths.weeksFeeds());
}
