// The door for showing: the buttons with which something is followed and muted, on its own page and in the settings.
import type { FollowLevel } from '../../domain/following.ts';

export interface FollowView {
  readonly action: string;
  /** Where the buttons lead back to. */
  readonly next: string;
  /** Of the buttons: whoever presses one by keyboard comes back to them. '' where `next` leads to another place. */
  readonly anchor: string;
  /** Of a word, which has no page of its own: itself; '' otherwise. */
  readonly word: string;
  /** What it is, for those who hear the buttons: "tag #gpu". */
  readonly what: string;
  /** On the closed menu of a topic; phones show its icon alone. */
  readonly said: string;
  readonly icon: string;
  readonly chosen: boolean;
  readonly choices: readonly {
    readonly level: FollowLevel | 'none';
    readonly text: string;
    readonly icon: string;
    readonly pressed: boolean;
  }[];
  /** What being muted means here; '' while it is not. */
  readonly muted: string;
}

export interface FollowFacts {
  readonly action: string;
  readonly next: string;
  readonly what: string;
  readonly word?: string;
  readonly level: FollowLevel | null;
}

function wayBack(next: string): Pick<FollowView, 'next' | 'anchor'> {
  return next.includes('#') ? { next, anchor: '' } : { next: `${next}#follow`, anchor: 'follow' };
}

/** Of a tag, section, site or member: Follow and Mute, each pressed again taken back. */
export function followView({ action, next, what, word = '', level }: FollowFacts): FollowView {
  const choice = (own: 'all' | 'nothing', icon: string, text: string, done: string) => ({
    level: level === own ? ('none' as const) : own,
    text: level === own ? done : text,
    icon,
    pressed: level === own,
  });
  return {
    ...{ action, word, what },
    ...wayBack(next),
    ...{ said: '', icon: 'bell', chosen: level !== null },
    choices: [choice('all', 'bell', 'Follow', 'Following'), choice('nothing', 'hide', 'Mute', 'Muted')],
    muted: level === 'nothing' ? `You have muted this ${what.split(' ')[0] ?? ''}.` : '',
  };
}

/** Of a topic: every reply, those to oneself (which needs no choice), or nothing. */
export function topicFollowView({ action, next, what, level }: FollowFacts): FollowView {
  const current = level ?? 'replies';
  const choice = (own: FollowLevel, icon: string, text: string) => ({
    level: own === 'replies' ? ('none' as const) : own,
    text,
    icon,
    pressed: own === current,
  });
  return {
    ...{ action, what },
    ...wayBack(next),
    word: '',
    said: { all: 'Following', replies: 'Follow', nothing: 'Muted' }[current],
    icon: current === 'nothing' ? 'hide' : 'bell',
    chosen: current !== 'replies',
    choices: [
      choice('all', 'bell', 'Every reply'),
      choice('replies', 'reply', 'Replies to me'),
      choice('nothing', 'hide', 'Nothing: mute'),
    ],
    muted: level === 'nothing' ? 'You have muted this topic.' : '',
  };
}
