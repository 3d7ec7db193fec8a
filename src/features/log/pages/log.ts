// The public log as its page shows it: the filters, and by day each decision with rule, reason, moderator and whether it
// stands.
import { ACTIONS, LOGGED_KINDS } from '../../../domain/actions.ts';
import { feedLinks } from '../../../web/feed-links.ts';
import { paths } from '../../../web/paths.ts';
import type { Section } from '../../../web/site.ts';
import type { Head } from '../../../web/views.ts';
import type { Actor } from '../actor.ts';
import { type LogFilter, narrows, queryOfFilter } from '../filters.ts';
import type { LogRow } from '../queries/log.ts';
import { type LogEntry, logEntry } from './log-entry.ts';
import { type Naming, seesNames } from './names.ts';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

interface Filters {
  readonly kinds: readonly Option[];
  readonly moderators: readonly Option[];
  readonly sections: readonly Option[];
  readonly rules: readonly Option[];
  readonly from: string;
  readonly to: string;
  readonly onlyAutomatic: boolean;
  readonly onlyUndone: boolean;
  /** Whether one of those that are folded away is in use. */
  readonly more: boolean;
}

export interface LogPage {
  readonly head: Head;
  readonly action: string;
  readonly filters: Filters;
  readonly days: readonly { readonly name: string; readonly entries: readonly LogEntry[] }[];
  readonly empty: string;
  /** '' where nothing is filtered. */
  readonly allHref: string;
  readonly firstHref: string;
  readonly nextHref: string;
  readonly rulesHref: string;
  readonly figuresHref: string;
  readonly atomHref: string;
}
declare module '../../../web/views.ts' {
  interface Views {
    'log/log': LogPage;
  }
}

export interface LogFacts {
  readonly rows: readonly LogRow[];
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
  readonly filter: LogFilter;
  readonly moderators: readonly Actor[];
  readonly sections: readonly Section[];
  readonly isFirstPage: boolean;
  readonly naming: Naming;
  readonly now: Date;
}

export function logPage(facts: LogFacts): LogPage {
  const { rows, next, filter, isFirstPage, naming, now } = facts;
  const query = queryOfFilter(filter);
  const filtered = narrows(filter);
  return {
    head: {
      title: 'Moderation log',
      description: 'What moderators decided here, with the rule, the reason and whether it stands.',
      canonical: paths.moderationLog(),
      noindex: filtered || !isFirstPage,
      feeds: feedLinks('Moderation log', paths.moderationLogFeeds()),
    },
    action: paths.moderationLog(),
    filters: filtersOf(facts),
    days: byDay(rows.map((row) => logEntry(row, naming, now))),
    empty: filtered ? 'No decision matches.' : 'Nothing has been decided here yet.',
    allHref: filtered ? paths.moderationLog() : '',
    firstHref: isFirstPage ? '' : paths.moderationLog(query),
    nextHref: next === undefined ? '' : paths.moderationLog({ ...query, after: next }),
    rulesHref: paths.rules(),
    figuresHref: paths.moderationFigures(),
    atomHref: paths.atomFeed(paths.moderationLogFeeds()),
  };
}

/** Rules that the filter offers: as many as a house needs, and whichever is asked for. */
const RULES = [1, 2, 3, 4, 5, 6, 7, 8, 9];

function filtersOf({ filter, moderators, sections, naming }: LogFacts): Filters {
  const { kind, section, rule, from = '', to = '', onlyAutomatic, onlyUndone } = filter;
  const rules = typeof rule === 'number' && !RULES.includes(rule) ? [...RULES, rule] : RULES;
  return {
    kinds: options(
      'All actions',
      LOGGED_KINDS.map((value) => ({ value, label: ACTIONS[value].label })),
      kind,
    ),
    moderators: moderatorOptions(moderators, filter.by, naming),
    sections: options(
      'All sections',
      sections.map(({ slug, name }) => ({ value: slug, label: name })),
      section?.slug,
    ),
    rules: options(
      'All rules',
      [
        ...rules.map((number) => ({ value: String(number), label: `Rule ${number}` })),
        { value: 'none', label: 'No rule' },
      ],
      rule === undefined ? undefined : String(rule),
    ),
    from,
    to,
    onlyAutomatic,
    onlyUndone,
    more: from !== '' || to !== '' || onlyAutomatic || onlyUndone,
  };
}

function moderatorOptions(moderators: readonly Actor[], by: string | undefined, naming: Naming): Option[] {
  const known = moderators.flatMap(({ name, number }) => {
    if (seesNames(naming)) return name === null ? [] : [{ value: name, label: name }];
    return number === null ? [] : [{ value: String(number), label: `Moderator ${number}` }];
  });
  const chosen = known.find(({ value }) => value.toLowerCase() === by?.toLowerCase())?.value ?? by;
  // Members who corrected something, and former names, are not on offer; a filter by one stays what it is.
  const unknown = chosen !== undefined && !known.some(({ value }) => value === chosen);
  return options('Anyone', unknown ? [...known, { value: chosen, label: chosen }] : known, chosen);
}

function options(
  all: string,
  known: readonly { readonly value: string; readonly label: string }[],
  chosen: string | undefined,
): Option[] {
  return [
    { value: '', label: all, selected: chosen === undefined },
    ...known.map((option) => ({ ...option, selected: option.value === chosen })),
  ];
}

function byDay(entries: readonly LogEntry[]): LogPage['days'] {
  const days: { name: string; entries: LogEntry[] }[] = [];
  for (const entry of entries) {
    if (days.at(-1)?.name !== entry.at.day) days.push({ name: entry.at.day, entries: [] });
    days.at(-1)?.entries.push(entry);
  }
  return days;
}
