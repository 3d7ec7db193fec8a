// One item of the queue: what it is about, why it is there, whom it concerns, and what can be decided.
import { DECISIONS, type DecisionName } from '../../../domain/decisions.ts';
import { mayClaim } from '../../../domain/policy/moderation.ts';
import { isSelf, type Member } from '../../../domain/viewer.ts';
import type { Field, Form } from '../../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import { FORMER_MEMBER, reasonView, type ReasonView } from '../../log/pages.ts';
import type { Around } from '../around.ts';
import type { DecisionFields } from '../forms.ts';
import type { ItemRow } from '../queries/list.ts';
import { buttonsOf, type ButtonView, doorsOf, type DoorView, mayDecideAtAll } from './item-decisions.ts';
import { personView, type PersonView } from './item-person.ts';
import { reachOf } from './item-reach.ts';
import {
  type CauseView,
  causesOf,
  flagLabel,
  flagsOn,
  subjectOf,
  subjectView,
  type SubjectView,
} from './item-subject.ts';

export interface ItemView extends SubjectView {
  readonly id: number;
  readonly anchor: string;
  readonly href: string;
  /** The one that keys act upon. */
  readonly current: boolean;
  /** It has the page for itself, and its heading is the page's. */
  readonly alone: boolean;
  /** With the others on its page, it can be chosen for a decision about several. */
  readonly chosen: { readonly value: string; readonly checked: boolean; readonly label: string } | null;
  readonly claim: ClaimView;
  readonly causes: readonly CauseView[];
  readonly flags: readonly FlagView[];
  readonly reach: readonly string[];
  readonly person: PersonView | null;
  readonly talk: TalkView;
  readonly decideHref: string;
  /** The page that the forms lead back to. */
  readonly next: string;
  readonly seen: { readonly version: number; readonly postVersion: number; readonly flags: number };
  readonly plainForm: string;
  /** Decisions that need no reason, and those that do. */
  readonly plain: readonly ButtonView[];
  readonly reasoned: readonly ButtonView[];
  readonly doors: readonly DoorView[];
  readonly suggestions: readonly SuggestionView[];
  /** Where the publisher's address of a link is typed; null elsewhere. */
  readonly address: (Field & { readonly id: string }) | null;
  readonly reason: ReasonView;
  /** Somebody else holds it: nothing can be pressed until they let go. */
  readonly blocked: boolean;
  /** Why the viewer can decide nothing here; '' when there is something. */
  readonly hint: string;
}

interface ClaimView {
  readonly mine: boolean;
  /** What there is to say about a claim in force, or about the end of the item; '' without one. */
  readonly text: string;
  readonly offered: boolean;
  readonly claimHref: string;
  readonly releaseHref: string;
}

interface FlagView {
  readonly by: string;
  readonly label: string;
  readonly note: string;
  /** How right the flagger's earlier flags were; '' while too few are decided. */
  readonly accuracy: string;
  readonly at: MomentView;
}

interface TalkView {
  readonly href: string;
  readonly count: string;
  readonly messages: readonly {
    readonly by: string;
    readonly to: string;
    readonly at: MomentView;
    readonly body: readonly string[];
  }[];
  /** Name of the member whom a message can be sent to; '' when there is nobody. */
  readonly member: string;
  readonly open: boolean;
}

interface SuggestionView {
  readonly label: string;
  readonly shown: string;
  readonly support: string;
  readonly choice: string;
  readonly key: string;
}

export interface ItemContext {
  readonly viewer: Member;
  readonly now: Date;
  /** The page that the forms lead back to. */
  readonly here: string;
  readonly around: Around;
  readonly form: Form<DecisionFields>;
  /** Put before the ids of the form's fields. */
  readonly prefix: string;
  readonly current: boolean;
  readonly chosen: 'no' | 'yes' | 'never';
  /** The item has the page for itself. */
  readonly alone: boolean;
}

const NEEDS_NO_REASON: ReadonlySet<DecisionName> = new Set(
  (Object.keys(DECISIONS) as DecisionName[]).filter((name) => !DECISIONS[name].needsReason),
);

export function itemView(row: ItemRow, context: ItemContext): ItemView {
  const { viewer, now, here, around, form, prefix } = context;
  const subject = subjectOf(row, around);
  const facts = { row, subject, around, viewer, now };
  const open = row.closedAt === null;
  const verdict = mayDecideAtAll(facts);
  const works = open && verdict.allowed;
  const buttons = works ? buttonsOf(facts) : [];
  const claimable = mayClaim(viewer, row, now);
  const view = subjectView(row, subject, around);
  const postId = subject.post?.id ?? null;
  // Nobody reads in the queue who flagged them, what is noted about them, or what is said of them.
  const own = isSelf(viewer, subject.concernedId);
  return {
    ...view,
    id: row.id,
    anchor: `q-${row.id}`,
    href: paths.queueItem(row.id),
    current: context.current,
    alone: context.alone,
    chosen:
      context.chosen === 'never'
        ? null
        : {
            value: `${row.id}:${row.version}`,
            checked: context.chosen === 'yes',
            label: `Select: ${view.heading} ${view.name}`.trim(),
          },
    claim: claimView(row, viewer, { own, now }),
    causes: causesOf(row, subject, around),
    flags: (own ? [] : flagsOn(row, around)).map(({ by, reporter, reason, note, accuracy, at }) => ({
      by: by ?? (reporter === null ? FORMER_MEMBER : reporter || 'somebody without an account'),
      label: flagLabel(reason),
      note,
      accuracy: accuracy === null ? '' : `${Math.round(accuracy * 100)} % of earlier flags upheld`,
      at: momentView(at),
    })),
    reach: reachOf(row.kind, subject, around),
    person: own ? null : personView(subject.concernedId, postId, around, now),
    talk: talkView(row, subject.concernedName, own ? toMemberAlone(around) : around, context.alone),
    decideHref: paths.queueItem(row.id),
    next: here,
    seen: {
      version: row.version,
      postVersion: subject.post?.version ?? 0,
      flags: flagsOn(row, around).length,
    },
    plainForm: `${prefix}plain`,
    plain: buttons.filter(({ value }) => NEEDS_NO_REASON.has(value)),
    reasoned: buttons.filter(({ value }) => !NEEDS_NO_REASON.has(value)),
    doors: works ? doorsOf(facts) : [],
    suggestions: works ? suggestionsOf(row, around) : [],
    address: works && row.kind === 'link' ? { ...form.fields.address, id: `${prefix}address` } : null,
    reason: reasonView(form, around.reasons, { prefix }),
    blocked: open && !claimable.allowed,
    hint: !open ? '' : !verdict.allowed ? verdict.reason : claimable.allowed ? '' : claimable.reason,
  };
}

function claimView(
  row: ItemRow,
  viewer: Member,
  { own, now }: { readonly own: boolean; readonly now: Date },
): ClaimView {
  const hrefs = { claimHref: paths.queueClaim(row.id), releaseHref: paths.queueRelease(row.id) };
  const none = { ...hrefs, mine: false, offered: false, text: '' };
  if (row.closedAt !== null) return none;
  if (row.claimedUntil === null || row.claimedUntil <= now) {
    return { ...none, offered: !own && mayClaim(viewer, row, now).allowed };
  }
  const mine = row.claimedById === viewer.id;
  const by = mine ? 'you' : (row.claimedByName ?? FORMER_MEMBER);
  return { ...none, mine, text: `Claimed by ${by} until ${momentView(row.claimedUntil).time} UTC` };
}

function toMemberAlone({ talk }: Around): Pick<Around, 'talk'> {
  return { talk: talk.filter(({ toMember }) => toMember) };
}

function talkView(
  row: ItemRow,
  member: string | null,
  { talk }: Pick<Around, 'talk'>,
  alone: boolean,
): TalkView {
  const messages = talk.filter(({ itemId }) => itemId === row.id);
  return {
    href: paths.queueTalk(row.id),
    count: messages.length === 0 ? '' : counted(messages.length, 'message', 'messages'),
    messages: messages.map(({ by, byModerator, toMember, at, body }) => ({
      by: by ?? FORMER_MEMBER,
      to: !byModerator
        ? 'to the moderators'
        : toMember
          ? `to ${member ?? FORMER_MEMBER}`
          : 'among moderators',
      at: momentView(at),
      body: body.split(/\n+/),
    })),
    member: member ?? '',
    open: alone && messages.length > 0,
  };
}

const SUGGESTED = { title: 'Title', tags: 'Tags', address: 'Address', role: 'Role' } as const;

/** What is suggested, or which addresses were given: each can be applied, by a key of its own where there are several. */
function suggestionsOf(row: ItemRow, { suggested }: Around): SuggestionView[] {
  const about = suggested.filter(
    ({ topicId, sourceId }) =>
      (row.kind === 'suggestion' && topicId === row.topicId) ||
      (row.kind === 'link' && sourceId === row.sourceId),
  );
  return about.map(({ kind, shown, members, id }, n) => ({
    label: SUGGESTED[kind],
    shown,
    support: counted(members, 'member', 'members'),
    choice: String(id),
    key: about.length === 1 ? DECISIONS.apply.key.toUpperCase() : n < 9 ? String(n + 1) : '',
  }));
}
