// GET /admin/moderators: who works the queue, how much, how quickly, and how much of it stands.
import { ACTIONS, type ActionKind } from '../../../domain/actions.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { spellHours } from '../../log/pages.ts';
import type { ModeratorRow } from '../moderator-queries.ts';
import { adminTabs, type Tab } from './frame.ts';

export const PERIODS = [7, 30, 90] as const;
export type Period = (typeof PERIODS)[number];

export interface ModeratorsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly periods: readonly { readonly href: string; readonly text: string; readonly current: boolean }[];
  readonly period: string;
  readonly staff: readonly {
    readonly name: string;
    readonly href: string;
    readonly role: string;
    /** How the log names them where it shows no names; '' without a number. */
    readonly number: string;
    readonly decisions: string;
    /** "12 hidden, 3 kept" */
    readonly kinds: string;
    readonly median: string;
    readonly undone: string;
    readonly appeals: string;
    /** Null: never yet. */
    readonly seen: MomentView | null;
  }[];
}
declare module '../../../web/views.ts' {
  interface Views {
    'admin/moderators': ModeratorsPage;
  }
}

export function moderatorsPage(rows: readonly ModeratorRow[], period: Period): ModeratorsPage {
  return {
    head: { title: 'Moderators at work', noindex: true },
    tabs: adminTabs('Moderators'),
    periods: PERIODS.map((days) => ({
      href: paths.moderators({ days: days === PERIODS[0] ? undefined : days }),
      text: `${days} days`,
      current: days === period,
    })),
    period: `the last ${period} days`,
    staff: rows.map(staffView),
  };
}

const APPEALS: ReadonlySet<ActionKind> = new Set(['uphold', 'reverse']);
const NONE = '–';

function staffView({
  name,
  role,
  number,
  seenAt,
  decisions,
  medianHours,
}: ModeratorRow): ModeratorsPage['staff'][number] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const all = sum(decisions.map(({ n }) => n));
  const undone = sum(decisions.map((each) => each.undone));
  const appeals = sum(decisions.filter(({ kind }) => APPEALS.has(kind)).map(({ n }) => n));
  return {
    name,
    href: paths.member(name),
    role: role === 'admin' ? 'Admin' : 'Moderator',
    number: number === null ? '' : `moderator ${number}`,
    decisions: all.toLocaleString('en-GB'),
    kinds: decisions
      .map(({ kind, n }) => `${n.toLocaleString('en-GB')} ${ACTIONS[kind].label.toLowerCase()}`)
      .join(', '),
    median: medianHours === null ? NONE : spellHours(medianHours),
    undone: all === 0 ? NONE : `${Math.round((undone / all) * 100)} %`,
    appeals: appeals.toLocaleString('en-GB'),
    seen: seenAt && momentView(seenAt),
  };
}
