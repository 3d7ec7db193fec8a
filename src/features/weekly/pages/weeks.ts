// The list of weeks that have a page.
import { spellWeek } from '../../../domain/iso-weeks.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { WeekSummary } from '../queries/weeks.ts';
import type { MailOffer } from './mail-offer.ts';
import { weekFeeds } from './week.ts';

interface WeeksPage {
  readonly head: Head;
  readonly weeks: readonly {
    readonly name: string;
    /** "16 to 22 November 2026" */
    readonly week: string;
    readonly href: string;
    readonly topics: string;
    readonly leads: readonly { readonly title: string; readonly href: string }[];
  }[];
  /** When the running week has its page; for a forum that has none yet. */
  readonly first: string;
  readonly nextHref: string;
  readonly firstHref: string;
  readonly offer: MailOffer;
  readonly atomHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'weekly/weeks': WeeksPage;
  }
}

export function weeksPage(facts: {
  readonly rows: readonly WeekSummary[];
  /** Names of the weeks before which this page and the next one begin. */
  readonly before: string | undefined;
  readonly next: string | undefined;
  /** "Monday 30 November 2026" */
  readonly first: string;
  readonly offer: MailOffer;
}): WeeksPage {
  const { rows, before, next, first, offer } = facts;
  return {
    head: {
      title: 'The week',
      description: 'The topics of each week, by section.',
      canonical: paths.weeks({ before }),
      feeds: weekFeeds(),
      openGraph: { type: 'website' },
      section: 'none',
    },
    weeks: rows.map(({ name, startsAt, count, leads }) => ({
      name,
      week: spellWeek(startsAt),
      href: paths.week(name),
      topics: counted(count, 'topic', 'topics'),
      leads: leads.map((topic) => ({ title: topic.title, href: paths.topic(topic) })),
    })),
    first,
    nextHref: next === undefined ? '' : paths.weeks({ before: next }),
    firstHref: before === undefined ? '' : paths.weeks(),
    offer,
    atomHref: paths.atomFeed(paths.weeksFeeds()),
  };
}
