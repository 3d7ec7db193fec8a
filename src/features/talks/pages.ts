// A talk inside a queue item as its template wants it: for moderators all of it, for the member what is said to them.
import { TALKS } from '../../domain/moderation-limits.ts';
import { mayAnswer, mayTalk } from '../../domain/policy/talks.ts';
import type { ModeratorNames } from '../../domain/settings.ts';
import { spellDuration } from '../../domain/times.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { isSelf, type Member } from '../../domain/viewer.ts';
import type { Form } from '../../web/forms.ts';
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import { nameOfModerator } from '../log/index.ts';
import { FORMER_MEMBER } from '../log/pages.ts';
import type { TalkItem, TalkRow } from './queries.ts';

export interface MessageView {
  readonly by: string;
  readonly at: MomentView;
  readonly paragraphs: readonly string[];
  /** "Among moderators"; '' for what the member reads, too. */
  readonly note: string;
}

export interface TalkPage {
  readonly head: Head;
  readonly heading: string;
  readonly lead: string;
  readonly back: { readonly href: string; readonly title: string };
  readonly messages: readonly MessageView[];
  readonly empty: string;
  readonly action: string;
  readonly form: Form<'body'>;
  readonly length: string;
  /** To whom a moderator can write; empty for the member. */
  readonly to: readonly { readonly value: string; readonly label: string; readonly checked: boolean }[];
  /** Why nothing can be written; '' when it can. */
  readonly closed: string;
  /** Why what was sent was not written; '' when nothing was, or could be. */
  readonly refusal: string;
}
declare module '../../web/views.ts' {
  interface Views {
    'talks/talk': TalkPage;
  }
}

export interface TalkPageFacts {
  readonly viewer: Member;
  readonly moderatorNames: ModeratorNames;
  readonly item: TalkItem;
  readonly talk: readonly TalkRow[];
  readonly form: Form<'body'>;
  readonly refusal?: string;
  readonly now: Date;
}

/** As the member whom it concerns reads and answers it. */
export function talkPage(facts: TalkPageFacts & { readonly messagesToday: number }): TalkPage {
  const { viewer, item, talk, messagesToday, now } = facts;
  return {
    ...frame(facts, mayAnswer(viewer, { ...item, addressed: true, messagesToday }, now)),
    heading: 'Moderators have written to you',
    lead: `Only you and the moderators can read this. You can answer until ${spellDuration(TALKS.openFor)} after the decision, even while you may not post.`,
    back: subjectOf(item),
    messages: talk.filter(({ toMember }) => toMember).map((row) => messageView(row, facts)),
    action: paths.talk(item.id),
    to: [],
  };
}

/** As moderators read it and add to it. */
export function moderatorsTalkPage(facts: TalkPageFacts & { readonly toMember: boolean }): TalkPage {
  const { viewer, item, talk, toMember, now } = facts;
  const { concernedName } = item;
  const name = concernedName ?? 'the member';
  const writable = item.concernedId !== null;
  return {
    ...frame(facts, mayTalk(viewer, item, false, now)),
    heading: concernedName === null ? 'Talk among moderators' : `Talk with ${concernedName}`,
    lead: writable
      ? `All moderators can read this. ${concernedName ?? 'The member'} reads only what is sent to them, and is told of it in the inbox and by mail.`
      : 'All moderators can read this, and nobody else.',
    back: { href: paths.queueItem(item.id), title: 'The queue item' },
    messages: talk.map((row) => messageView(row, facts)),
    action: paths.queueTalk(item.id),
    to: writable
      ? [
          { value: 'member', label: `To ${name}`, checked: toMember },
          { value: 'moderators', label: 'To the other moderators', checked: !toMember },
        ]
      : [],
  };
}

function frame({ form, refusal = '' }: TalkPageFacts, may: Verdict) {
  return {
    head: { title: 'Talk with moderators', noindex: true },
    empty: 'No messages yet.',
    form,
    length: TALKS.length.toLocaleString('en-GB'),
    closed: may.allowed ? '' : may.reason,
    refusal,
  };
}

function messageView(row: TalkRow, { viewer, moderatorNames }: TalkPageFacts): MessageView {
  const { by, byId, byNumber, byModerator, at, body, toMember } = row;
  const named = byModerator
    ? nameOfModerator({ name: by, number: byNumber }, { viewer, moderatorNames })
    : (by ?? FORMER_MEMBER);
  return {
    by: isSelf(viewer, byId) ? 'You' : named,
    at: momentView(at),
    paragraphs: body.split(/\n+/),
    note: toMember ? '' : 'Among moderators',
  };
}

/** What it is about, for the member: not what brought it before the moderators. */
function subjectOf({ postId, topicId, sourceHost, appealedActionId }: TalkItem): TalkPage['back'] {
  if (appealedActionId !== null) return { href: paths.decision(appealedActionId), title: 'Your appeal' };
  if (postId !== null) return { href: paths.post(postId), title: 'What you wrote' };
  if (topicId !== null && sourceHost !== null)
    return { href: paths.topicById(topicId), title: `The source that you added: ${sourceHost}` };
  return { href: paths.inbox(), title: 'Notifications' };
}
