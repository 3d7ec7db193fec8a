// A decision as whoever it concerns reads it: the statement of reasons that Article 17 of the EU's Digital Services Act
// asks for, the texts it took to take along, and the appeal.
import type { AppealRow, OwnText, Statement } from '../../db/statements.ts';
import { isAppealable } from '../../domain/appeals.ts';
import { withRule } from '../../domain/actions.ts';
import { APPEALS } from '../../domain/moderation-limits.ts';
import { mayAppeal, mayWithdrawAppeal } from '../../domain/policy/appeals.ts';
import type { Settings } from '../../domain/settings.ts';
import { spellDone, spellGrounds, spellMeaning, spellTerm, titleOfRule } from '../../domain/statement.ts';
import { isSelf, type Member } from '../../domain/viewer.ts';
import type { Form } from '../../web/forms.ts';
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import { nameOfModerator } from '../log/index.ts';

interface Link {
  readonly href: string;
  readonly text: string;
}

export interface DecisionStatementPage {
  readonly head: Head;
  readonly heading: string;
  readonly meaning: string;
  /** Whose statement a moderator reads; '' for whoever it is for. */
  readonly readAs: string;
  readonly status: { readonly label: string; readonly warn: boolean; readonly link: Link | null };
  /** Null when it is about none that the reader may see. */
  readonly place: Link | null;
  readonly at: MomentView;
  readonly term: string;
  readonly reason: string;
  readonly rule: Link | null;
  readonly grounds: string;
  readonly decided: string;
  readonly texts: readonly {
    readonly id: string;
    readonly label: string;
    /** '' when it was withdrawn, or erased since. */
    readonly markdown: string;
  }[];
  /** Where all else that one wrote can be had, when there is more than stands here; else ''. */
  readonly moreHref: string;
  readonly refusal: string;
  readonly action: string;
  readonly form: Form<'text'>;
  readonly length: string;
  /** Until when an appeal can be made; '' where none can be. */
  readonly appealUntil: string;
  /** Why none can be made (any more); '' when the decision is not of that kind, or one was made. */
  readonly noAppeal: string;
  readonly appeal: AppealView | null;
  readonly redress: boolean;
  readonly logHref: string;
}
declare module '../../web/views.ts' {
  interface Views {
    'appeals/decision': DecisionStatementPage;
  }
}

interface AppealView {
  readonly opened: MomentView;
  /** Of somebody else's appeal nothing but that there is one. */
  readonly paragraphs: readonly string[];
  readonly outcome: string;
  readonly reason: string;
  readonly canWithdraw: boolean;
}

export interface DecisionPageFacts {
  readonly viewer: Member;
  readonly statement: Statement;
  readonly texts: readonly OwnText[];
  readonly appeal: AppealRow | undefined;
  readonly settings: Settings;
  /** Name of the member whose statement a moderator reads; undefined: the viewer's own. */
  readonly readAs: string | undefined;
  readonly form: Form<'text'>;
  readonly refusal?: string;
  readonly now: Date;
}

export function decisionPage(facts: DecisionPageFacts): DecisionStatementPage {
  const { viewer, statement, texts, appeal, settings, readAs, form, refusal = '', now } = facts;
  const { id, kind, at, topic, undone } = statement;
  const own = readAs === undefined;
  const may = mayAppeal(
    viewer,
    { concerned: own, kind, at, undone: undone !== null, appellantId: appeal?.memberId ?? null },
    now,
  );
  return {
    head: { title: spellDone(statement), noindex: true },
    heading: spellDone(statement),
    meaning: spellMeaning(statement),
    readAs: readAs ?? '',
    status: statusView(statement, appeal),
    place: topic?.title ? { href: paths.topicById(topic.id), text: topic.title } : null,
    at: momentView(at),
    term: spellTerm(statement),
    reason: statement.reason,
    rule: ruleLink(statement.rule, settings.rules),
    grounds: spellGrounds(statement),
    decided: decidedBy(statement, viewer, settings),
    texts: texts.map(textView),
    moreHref: statement.own.posts > texts.length && own ? paths.privacySettings() : '',
    refusal,
    action: paths.decisionAppeal(id),
    form,
    length: APPEALS.length.toLocaleString('en-GB'),
    appealUntil: may.allowed ? momentView(new Date(at.getTime() + APPEALS.within)).day : '',
    noAppeal: may.allowed || appeal || !own || !isAppealable(kind) ? '' : may.reason,
    appeal: appeal ? appealView(appeal, statement, facts) : null,
    redress: isAppealable(kind) && undone === null,
    logHref: paths.moderationLog(),
  };
}

function statusView({ undone, appealedId }: Statement, appeal: AppealRow | undefined) {
  if (undone !== null) {
    return { label: 'Undone', warn: false, link: { href: paths.decision(undone.id), text: 'How' } };
  }
  if (appeal?.decidedAt === null) return { label: 'Under appeal', warn: true, link: null };
  const link =
    appealedId === null ? null : { href: paths.decision(appealedId), text: 'The decision it concerns' };
  return { label: 'Stands', warn: false, link };
}

function ruleLink(rule: number | null, rules: string): Link | null {
  if (rule === null) return null;
  const title = titleOfRule(rules, rule);
  return { href: paths.rules(), text: title === '' ? `Rule ${rule}` : `Rule ${rule}: ${title}` };
}

function decidedBy({ automatic, actor }: Statement, viewer: Member, { moderatorNames }: Settings): string {
  if (automatic) return 'Automatically, by a rule of the forum. No person decided.';
  return `By a person: ${nameOfModerator(actor, { viewer, moderatorNames })}.`;
}

function textView({ id, topic, isOpening, postedAt, markdown }: OwnText) {
  const what = isOpening ? 'Your topic' : topic === null ? 'Your reply' : 'Your reply in';
  return {
    id: `text-${id}`,
    label: `${what}${topic === null ? '' : ` “${topic}”`}, ${momentView(postedAt).day}`,
    markdown: markdown ?? '',
  };
}

const SETTLED = 'The decision was undone before the appeal was decided.';

function appealView(appeal: AppealRow, { undone }: Statement, { viewer }: DecisionPageFacts): AppealView {
  const { memberId, text, openedAt, decidedAt, outcome, decision } = appeal;
  const readable = isSelf(viewer, memberId) || viewer.role !== 'member';
  const open = { appellantId: memberId, decided: decidedAt !== null, undone: undone !== null };
  // Ended without an outcome of its own: what undid the decision says why.
  const settled = undone !== null && (decision === null || decision.id === undone.id);
  return {
    opened: momentView(openedAt),
    paragraphs: readable ? text.split(/\n+/) : [],
    outcome: settled
      ? SETTLED
      : outcome === null
        ? ''
        : outcome === 'upheld'
          ? 'Rejected: the decision stands.'
          : 'Granted: the decision is undone.',
    reason: decision && !settled ? withRule(decision.reason, decision.rule) : '',
    canWithdraw: mayWithdrawAppeal(viewer, open).allowed,
  };
}
