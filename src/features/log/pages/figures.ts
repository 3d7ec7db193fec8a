// The figures of the log as their page shows them; every number of the table leads to the decisions that it counts.
import { LOG_FIGURES } from '../../../domain/moderation-limits.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { Figures, MonthOfRule } from '../queries/figures.ts';
import { type ChartView, stackedChart } from './chart.ts';
import { QUEUE_KINDS } from './queue-kinds.ts';
import { spellHours } from './hours.ts';

interface Cell {
  readonly text: string;
  /** '' for none at all. */
  readonly href: string;
}

export interface FiguresPage {
  readonly head: Head;
  readonly logHref: string;
  readonly rulesHref: string;
  readonly period: string;
  readonly facts: readonly { readonly name: string; readonly value: string; readonly note: string }[];
  /** Null while there is nothing to draw. */
  readonly chart: ChartView | null;
  readonly rules: readonly string[];
  readonly months: readonly { readonly name: string; readonly cells: readonly Cell[]; readonly all: Cell }[];
  readonly waiting: readonly { readonly kind: string; readonly items: string; readonly median: string }[];
}
declare module '../../../web/views.ts' {
  interface Views {
    'log/figures': FiguresPage;
  }
}

/** The first moment of the months that the figures are about: this one, and eleven before it. */
export function figuresSince(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - LOG_FIGURES.months + 1));
}

export function figuresPage(figures: Figures, now: Date): FiguresPage {
  const months = monthsSince(figuresSince(now));
  const rules = [...new Set(figures.months.map(({ rule }) => rule))].sort(
    (a, b) => (a ?? Infinity) - (b ?? Infinity),
  );
  const [first, last] = [months[0], months.at(-1)];
  return {
    head: {
      title: 'Figures of moderation',
      description:
        'How long decisions take here, how many are undone on appeal, and for which rules they are made.',
      canonical: paths.moderationFigures(),
    },
    logHref: paths.moderationLog(),
    rulesHref: paths.rules(),
    period: `${first?.full ?? ''} to ${last?.full ?? ''}`,
    facts: factsOf(figures),
    chart: rules.length === 0 ? null : chartOf(figures.months, rules, months),
    rules: rules.map(nameOfRule),
    months: months.map((month) => monthView(month, rules, figures.months)),
    waiting: figures.waiting.flatMap(({ kind, items, medianHours }) =>
      kind === null
        ? []
        : [
            {
              kind: QUEUE_KINDS[kind],
              items: items.toLocaleString('en-GB'),
              median: spellHours(medianHours),
            },
          ],
    ),
  };
}

function factsOf({ waiting, appealed, months }: Figures): FiguresPage['facts'] {
  const all = waiting.find(({ kind }) => kind === null);
  const decisions = sum(months.map((row) => row.decisions));
  const automatic = sum(months.map((row) => row.automatic));
  return [
    {
      name: 'Median time to a decision',
      value: all ? spellHours(all.medianHours) : 'None yet',
      note: all
        ? `of ${counted(all.items, 'item', 'items')} that moderators decided`
        : 'Moderators have decided nothing that was put before them.',
    },
    {
      name: 'Undone on appeal',
      value: appealed.decided === 0 ? 'None yet' : percent(appealed.reversed, appealed.decided),
      note:
        appealed.decided === 0
          ? 'No appeal has been decided.'
          : `${appealed.reversed} of ${counted(appealed.decided, 'decision', 'decisions')} that somebody appealed against`,
    },
    {
      name: 'Automatic',
      value: decisions === 0 ? 'None yet' : percent(automatic, decisions),
      note:
        decisions === 0
          ? 'Nothing stands in the log.'
          : `${automatic.toLocaleString('en-GB')} of ${counted(decisions, 'decision', 'decisions')} in the log`,
    },
  ];
}

interface Month {
  /** "2026-04" */
  readonly key: string;
  /** "Apr" */
  readonly short: string;
  /** "Apr 2026" */
  readonly brief: string;
  /** "April 2026" */
  readonly full: string;
  readonly from: string;
  readonly to: string;
}

const short = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const brief = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const full = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

function monthsSince(since: Date): Month[] {
  return Array.from({ length: LOG_FIGURES.months }, (_, n) => {
    const begin = new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth() + n));
    const end = new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth() + n + 1, 0));
    const [from, to] = [begin, end].map((day) => day.toISOString().slice(0, 10));
    return {
      key: begin.toISOString().slice(0, 7),
      // Three letters fit under a bar; en-GB writes "Sept".
      short: short.format(begin).slice(0, 3),
      brief: brief.format(begin),
      full: full.format(begin),
      from: from ?? '',
      to: to ?? '',
    };
  });
}

type Rule = number | null;

function nameOfRule(rule: Rule): string {
  return rule === null ? 'No rule' : `Rule ${rule}`;
}

function chartOf(rows: readonly MonthOfRule[], rules: readonly Rule[], months: readonly Month[]): ChartView {
  const totalOf = (rule: Rule) => sum(rows.filter((row) => row.rule === rule).map((row) => row.decisions));
  const frequent = [...rules].sort((a, b) => totalOf(b) - totalOf(a)).slice(0, LOG_FIGURES.rulesApart);
  const apart = rules.filter((rule) => frequent.includes(rule));
  const rest = rules.filter((rule) => !frequent.includes(rule));
  const seriesOf = (name: string, of: readonly Rule[]) => ({
    name,
    values: months.map(({ key }) => decisionsIn(rows, key, of)),
  });
  const series = apart.map((rule) => seriesOf(nameOfRule(rule), [rule]));
  if (rest.length > 0) series.push(seriesOf('Others', rest));
  const most = [...months].sort(
    (a, b) => decisionsIn(rows, b.key, rules) - decisionsIn(rows, a.key, rules),
  )[0];
  const sentence =
    `Decisions a month by rule: ${sum(rows.map((row) => row.decisions)).toLocaleString('en-GB')} in twelve months, ` +
    `most of them under ${nameOfRule(frequent[0] ?? null).toLowerCase()}; the busiest month was ${most?.full ?? ''} ` +
    `with ${decisionsIn(rows, most?.key ?? '', rules).toLocaleString('en-GB')}.`;
  return stackedChart(
    months.map((month) => month.short),
    series,
    sentence,
  );
}

function decisionsIn(rows: readonly MonthOfRule[], month: string, rules: readonly Rule[]): number {
  return sum(
    rows.filter((row) => row.month === month && rules.includes(row.rule)).map((row) => row.decisions),
  );
}

function monthView(
  { key, brief: name, from, to }: Month,
  rules: readonly Rule[],
  rows: readonly MonthOfRule[],
): FiguresPage['months'][number] {
  const cell = (of: readonly Rule[], query: Readonly<Record<string, string | number>>): Cell => {
    const n = decisionsIn(rows, key, of);
    return {
      text: n.toLocaleString('en-GB'),
      href: n === 0 ? '' : paths.moderationLog({ ...query, from, to }),
    };
  };
  return { name, cells: rules.map((rule) => cell([rule], { rule: rule ?? 'none' })), all: cell(rules, {}) };
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
