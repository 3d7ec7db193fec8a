// The moderators' page about a member.
import { flagAccuracy } from '../../../domain/flags.ts';
import { trustOf } from '../../../domain/policy/trust.ts';
import { DAY } from '../../../domain/times.ts';
import type { State } from '../../../domain/state.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { FORMER_MEMBER } from '../../log/pages.ts';
import type { NoteForm } from '../forms.ts';
import type { FlagShown, HistoryRow } from '../queries/history.ts';
import type { Ladder } from '../queries/ladder.ts';
import type { NoteRow } from '../queries/notes.ts';
import type { PostOfMember } from '../queries/posts.ts';
import type { Subject } from '../queries/subject.ts';
import type { TraceRow } from '../queries/traces.ts';
import { flagView, type FlagView } from './flags.ts';
import { historyView, type HistoryView } from './history.ts';
import { sanctionView, type SanctionView } from './sanction-row.ts';

export const TABS = ['overview', 'posts', 'actions', 'notes'] as const;
export type Tab = (typeof TABS)[number];

interface PostView {
  readonly title: string;
  readonly href: string;
  readonly kind: string;
  /** '' for what everybody sees. */
  readonly state: string;
  readonly posted: MomentView;
  readonly upvotes: string;
  readonly bodyHtml: SafeHtml | '';
}

interface NoteView {
  readonly by: string;
  readonly at: MomentView;
  readonly text: string;
}

export interface MemberPage {
  readonly head: Head;
  readonly name: string;
  readonly profileHref: string;
  readonly sanctionHref: string;
  readonly tabs: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  readonly standing: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly about: readonly string[];
  readonly overview: {
    readonly sanctions: readonly SanctionView[];
    readonly traces: readonly { readonly text: string; readonly at: MomentView; readonly href: string }[];
    readonly flagsOn: readonly FlagView[];
    readonly flagsBy: readonly FlagView[];
  } | null;
  readonly posts: readonly PostView[];
  readonly actions: readonly HistoryView[];
  readonly notes: {
    readonly action: string;
    readonly form: NoteForm;
    readonly list: readonly NoteView[];
  } | null;
  /** '' when there is something. */
  readonly empty: string;
  readonly nextHref: string;
}
declare module '../../../web/views.ts' {
  interface Views {
    'sanctions/member': MemberPage;
  }
}

export interface MemberPageFacts {
  readonly subject: Subject;
  readonly counts: Readonly<Record<State, number>>;
  readonly ladder: Ladder;
  readonly tab: Tab;
  readonly traces?: readonly TraceRow[];
  readonly flagsOn?: readonly FlagShown[];
  readonly flagsBy?: readonly FlagShown[];
  readonly posts?: readonly PostOfMember[];
  readonly actions?: readonly HistoryRow[];
  readonly notes?: readonly NoteRow[];
  readonly noteForm: NoteForm;
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
  readonly now: Date;
}

const TAB_NAMES: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  posts: 'Posts',
  actions: 'Actions',
  notes: 'Notes',
};

export function memberPage(facts: MemberPageFacts): MemberPage {
  const { subject, tab, ladder, now, next } = facts;
  const { name } = subject;
  const address = (to: Tab, after?: string) =>
    paths.moderationMember(name, { show: to === 'overview' ? undefined : to, after });
  const { posts = [], actions = [], notes = [] } = facts;
  return {
    head: { title: `${name}: what moderators know`, noindex: true },
    name,
    profileHref: paths.member(name),
    sanctionHref: paths.sanctionMember(name),
    tabs: TABS.map((each) => ({ name: TAB_NAMES[each], href: address(each), current: each === tab })),
    standing: standingOf(subject, ladder, now),
    facts: factsOf(facts),
    about: [subject.about, subject.affiliation].filter((text) => text !== ''),
    overview: tab === 'overview' ? overviewOf(facts) : null,
    posts: posts.map(postView),
    actions: actions.map(historyView),
    notes:
      tab === 'notes'
        ? { action: paths.memberNotes(name), form: facts.noteForm, list: notes.map(noteView) }
        : null,
    empty: emptyOf(tab, posts.length + actions.length),
    nextHref: next === undefined ? '' : address(tab, next),
  };
}

function overviewOf(facts: MemberPageFacts): NonNullable<MemberPage['overview']> {
  const { subject, ladder, traces = [], flagsOn = [], flagsBy = [], now } = facts;
  return {
    sanctions: ladder.earlier.map((row) => sanctionView(row, now)),
    traces: traces.map((trace) => traceView(trace, subject.name)),
    flagsOn: flagsOn.map((flag) => flagView(flag, 'on')),
    flagsBy: flagsBy.map((flag) => flagView(flag, 'by')),
  };
}

function traceView({ newcomer, suspended, trace, at }: TraceRow, name: string) {
  const place = trace === 'browser' ? 'in the same browser as' : 'from the same network as';
  const other = newcomer === name ? suspended : newcomer;
  return {
    text:
      newcomer === name
        ? `Signed up ${place} ${suspended}, who was suspended.`
        : `${newcomer} signed up ${place} this member, who was suspended.`,
    at: momentView(at),
    href: paths.moderationMember(other),
  };
}

function standingOf(subject: Subject, ladder: Ladder, now: Date): string {
  const inForce = ladder.earlier.map((row) => sanctionView(row, now)).filter((row) => row.inForce);
  if (inForce.length > 0) {
    return inForce.map(({ what }, n) => (n === 0 ? what : what.toLowerCase())).join(', ');
  }
  return OFFICES[subject.role] || STEPS[trustOf(subject.trust, now)];
}

const OFFICES = { member: '', moderator: 'Moderator', admin: 'Admin' } as const;
const STEPS = { new: 'New member', member: 'Member', trusted: 'Trusted member' } as const;

function factsOf({ subject, counts, now }: MemberPageFacts): MemberPage['facts'] {
  const { trust } = subject;
  const accuracy = flagAccuracy(trust);
  const days = Math.floor((now.getTime() - trust.joinedAt.getTime()) / DAY);
  return [
    { label: 'Here for', value: counted(days, 'day', 'days') },
    { label: 'Posts that stand', value: spell(counts.visible) },
    { label: 'Hidden', value: spell(counts.hidden) },
    { label: 'Awaiting approval', value: spell(counts.held) },
    { label: 'Withdrawn', value: spell(counts.withdrawn) },
    { label: 'Topics read', value: spell(trust.topicsRead) },
    { label: 'Flags decided', value: spell(trust.flagsDecided) },
    {
      label: 'Flags upheld',
      value: accuracy === null ? 'too few to say' : `${Math.floor(accuracy * 100)} %`,
    },
  ];
}

const STATES: Readonly<Record<State, string>> = {
  visible: '',
  held: 'Awaiting approval',
  hidden: 'Hidden',
  withdrawn: 'Withdrawn',
};

function postView({ id, topicTitle, isOpening, postedAt, score, state, bodyHtml }: PostOfMember): PostView {
  return {
    title: topicTitle,
    href: paths.post(id),
    kind: isOpening ? 'Topic' : 'Reply',
    state: STATES[state],
    posted: momentView(postedAt),
    upvotes: counted(score, 'upvote', 'upvotes'),
    bodyHtml: bodyHtml ?? '',
  };
}

function noteView({ by, at, text }: NoteRow): NoteView {
  return { by: by ?? FORMER_MEMBER, at: momentView(at), text };
}

function emptyOf(tab: Tab, rows: number): string {
  if (rows > 0) return '';
  if (tab === 'posts') return 'They have posted nothing.';
  return tab === 'actions' ? 'Nothing was decided about them or their posts.' : '';
}

function spell(n: number): string {
  return n.toLocaleString('en-GB');
}
