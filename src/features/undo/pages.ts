// The page that undoes a decision: what it did, what is changed back, and the reason.
import { ACTIONS, withRule, type ActionKind } from '../../domain/actions.ts';
import type { Form } from '../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { ReasonFields } from '../log/index.ts';
import { FORMER_MEMBER, reasonView, type ReasonView } from '../log/pages.ts';
import type { ActionDetails } from './queries/action.ts';
import type { Effects } from './queries/effects.ts';

interface Link {
  readonly href: string;
  readonly text: string;
}

export interface UndoPage {
  readonly head: Head;
  readonly back: Link;
  readonly action: string;
  readonly refusal: string;
  readonly form: Form<ReasonFields>;
  readonly reason: ReasonView;
  readonly decision: {
    readonly label: string;
    readonly reason: string;
    readonly by: string;
    readonly at: MomentView;
    /** Null when it was about none that has an address. */
    readonly about: Link | null;
  };
  /** What is changed back, and what is not, a sentence each. */
  readonly effects: readonly string[];
  readonly logHref: string;
}
declare module '../../web/views.ts' {
  interface Views {
    'undo/show': UndoPage;
  }
}

export interface UndoPageFacts {
  readonly action: ActionDetails;
  readonly effects: Effects;
  readonly form: Form<ReasonFields>;
  readonly refusal: string;
}

export function undoPage({ action, effects, form, refusal }: UndoPageFacts): UndoPage {
  const { id, kind, reason, rule, automatic, by, at, data } = action;
  const about = aboutOf(action);
  const what = typeof data.what === 'string' ? `: ${data.what}` : '';
  return {
    head: { title: 'Undo a decision', noindex: true },
    back: about ?? { href: paths.moderationLog(), text: 'Moderation log' },
    action: paths.undo(id),
    refusal,
    form,
    reason: reasonView(form, []),
    decision: {
      label: `${ACTIONS[kind].label}${what}`,
      reason: withRule(reason, rule),
      by: automatic ? 'the forum itself' : (by ?? FORMER_MEMBER),
      at: momentView(at),
      about,
    },
    effects: effectSentences(kind, effects, data),
    logHref: paths.moderationLog(),
  };
}

function aboutOf({ postId, topicId, title, member }: ActionDetails): Link | null {
  if (postId !== null) return { href: paths.post(postId), text: `A reply in “${title ?? 'a topic'}”` };
  if (topicId !== null) return { href: paths.topicById(topicId), text: title ?? 'A topic' };
  return member === null ? null : { href: paths.member(member), text: member };
}

const posts = (n: number) => counted(n, 'post', 'posts');
const replies = (n: number) => counted(n, 'reply', 'replies');

/** What will be as it was, in sentences. */
function effectSentences(kind: ActionKind, effects: Effects, data: ActionDetails['data']): string[] {
  const { newer, merged, again } = effects;
  const stays =
    newer === 0 ? [] : [`${replies(newer)} that came since ${newer === 1 ? 'stays' : 'stay'} where it is.`];
  switch (kind) {
    case 'hide':
      return [...restoring(effects), ...answered(newer)];
    case 'refuse':
      return ['The post is approved: others can read it from now on.'];
    case 'restore':
      return [`Hides ${posts(effects.posts)} again.`, ...answered(newer)];
    case 'move-reply':
      return [
        `Moves ${replies(effects.posts)} back${again === '' ? '' : ` to “${again}”`}.`,
        ...(newer === 0
          ? []
          : [`${replies(newer)} that came below since ${newer === 1 ? 'goes' : 'go'} along.`]),
      ];
    case 'lock':
      return ['The topic takes replies again.'];
    case 'unlock':
      return ['The topic is locked again, since when it was.'];
    case 'pin':
      return [
        typeof data.was === 'string'
          ? 'The end that was set before holds again.'
          : 'The topic is pinned no more.',
      ];
    case 'unpin':
      return [`The topic is pinned again until ${momentView(new Date(String(data.was))).full}.`];
    case 'edit-title':
    case 'set-section':
    case 'edit-tags':
      return [`${FIELDS[kind]} again: ${again === '' ? 'none' : again}.`];
    case 'edit-source':
      return ['The source is again what it was.'];
    case 'edit-tag':
      return ['The tag is again what it was.'];
    case 'merge-tags':
      return [
        'Topics and followers that came with the merge go back to the tag they had.',
        'What got the other tag since then keeps it.',
      ];
    case 'unmerge-tags':
      return ['Merges the two tags again, with what they have now.'];
    case 'merge':
      return [
        `Gives back ${counted(merged.sources, 'source', 'sources')}, ${replies(merged.replies)} and ${counted(merged.votes, 'vote', 'votes')}.`,
        ...stays,
      ];
    case 'unmerge':
      return ['Merges the two topics again, with what stands in them now.'];
    case 'warn':
    case 'silence':
    case 'suspend':
      return ['Lifts it from now on.', ...(effects.restored + effects.kept > 0 ? restoring(effects) : [])];
    default:
      return ['The rule ends: what is posted from now on is not compared with it.'];
  }
}

const FIELDS = {
  'edit-title': 'The title is',
  'set-section': 'It stands in',
  'edit-tags': 'The tags are',
} as const;

function restoring({ restored, kept }: Effects): string[] {
  const away =
    kept === 0
      ? []
      : [
          `${posts(kept)} ${kept === 1 ? 'stays' : 'stay'} away: hidden besides, withdrawn, or never approved.`,
        ];
  return [`Restores ${posts(restored)}.`, ...away];
}

function answered(newer: number): string[] {
  return newer === 0
    ? []
    : [
        `${replies(newer)} below that ${newer === 1 ? 'was' : 'were'} not part of it ${newer === 1 ? 'stays' : 'stay'}.`,
      ];
}
