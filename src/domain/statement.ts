// The words of a statement of reasons (Article 17 of the EU's Digital Services Act), the same on the page and in the mail:
// what was done to what, for how long, and what it rests on.
import { ACTIONS, type ActionKind } from './actions.ts';
import { FOREVER, spellUntil } from './times.ts';

/** What led moderators to it, as far as whoever it concerns may know: never who reported. */
export type Ground = 'report' | 'visitor-report' | 'watched' | 'held' | 'suggestion' | 'proposal' | 'appeal';

export interface StatementFacts {
  readonly kind: ActionKind;
  readonly automatic: boolean;
  /** What of the member's it touched. */
  readonly own: { readonly posts: number; readonly topic: boolean };
  /** Until when a sanction lasts; null: without end. Undefined: it is none. */
  readonly until: Date | null | undefined;
  readonly grounds: readonly Ground[];
  /** As the log tells it: of a source, which one and what about it. */
  readonly what: string;
}

type Words = (facts: StatementFacts) => string;

const ofPost =
  (done: string): Words =>
  ({ own: { posts, topic } }) =>
    topic
      ? `Your topic ${done}`
      : posts > 1
        ? `${posts} of your replies ${plural(done)}`
        : `Your reply ${done}`;
const ofTopic =
  (done: string): Words =>
  () =>
    `Your topic ${done}`;
const always =
  (done: string): Words =>
  () =>
    done;

const DONE: Partial<Record<ActionKind, Words>> = {
  approve: ofPost('was approved'),
  refuse: ofPost('was not approved'),
  hide: ofPost('was hidden'),
  restore: ofPost('was restored'),
  'blank-revision': ofPost('had an earlier text blanked'),
  'move-reply': ofPost('was moved'),
  lock: ofTopic('was locked'),
  unlock: ofTopic('was unlocked'),
  pin: ofTopic('was pinned'),
  unpin: ofTopic('is pinned no more'),
  'edit-title': ofTopic('got another title'),
  'set-section': ofTopic('was put into another section'),
  'edit-tags': ofTopic('got other tags'),
  'edit-source': ({ what }) => (what === '' ? 'A source was changed' : `A source was changed: ${what}`),
  merge: ofTopic('was merged into another'),
  unmerge: ofTopic('stands for itself again'),
  uphold: always('Your appeal was rejected: the decision stands'),
  reverse: always('Your appeal was granted: the decision is undone'),
  warn: always('You were warned'),
  silence: always('You were silenced'),
  suspend: always('Your account was suspended'),
  lift: always('A sanction against you was lifted'),
  'clear-profile': always('What you say of yourself was removed from your page'),
  'rename-member': always('Your name was taken away'),
  'change-role': ({ what }) => (what === '' ? 'Your role was changed' : `Your role was changed ${what}`),
};

function plural(done: string): string {
  return done.replace(/^was\b/, 'were');
}

/** What was done, in one line without a full stop: "Your reply was hidden". */
export function spellDone(facts: StatementFacts): string {
  return DONE[facts.kind]?.(facts) ?? ACTIONS[facts.kind].label;
}

const MEANS: Partial<Record<ActionKind, string>> = {
  refuse: 'Others could not read it and cannot now. You keep the text.',
  hide: 'Others cannot read it any more. You can.',
  'blank-revision': 'The present text stays as it is.',
  'move-reply': 'It stands in another place, with what answers it.',
  lock: 'It takes no more replies. What stands there stays, and can be voted for.',
  merge: 'Its sources, replies and votes are in the other topic now.',
  warn: 'You can do all that you could before. Moderators see warnings when they decide again.',
  silence: 'You can read, withdraw what you wrote, and appeal; you cannot write, vote or flag.',
  suspend:
    'You can log in, read, withdraw what you wrote, order a copy of your data, and appeal; you cannot write, vote or flag.',
  'clear-profile': 'You can write something else.',
};

/** What it means for the member; '' when the line before says it. */
export function spellMeaning({ kind }: StatementFacts): string {
  return MEANS[kind] ?? '';
}

/** For how long it holds; '' where that is no question. */
export function spellTerm({ kind, until }: StatementFacts): string {
  if (kind === 'warn' || until === undefined) {
    return ['refuse', 'hide', 'lock'].includes(kind) ? 'Without an end, unless it is undone' : '';
  }
  const end = spellUntil(until ?? FOREVER);
  return end.charAt(0).toUpperCase() + end.slice(1);
}

const GROUNDS: Readonly<Record<Ground, string>> = {
  report: "a member's report",
  'visitor-report': "a visitor's report of illegal content",
  watched: 'a watched word or domain, which was found automatically',
  held: 'the rule that such posts await approval, which was applied automatically',
  suggestion: "a member's suggestion",
  proposal: 'the proposal of one moderator and the consent of another',
  appeal: 'an appeal',
};

/** What it rests on: a sentence. */
export function spellGrounds({ automatic, grounds }: StatementFacts): string {
  const named = grounds.map((ground) => GROUNDS[ground]);
  const last = named.pop();
  if (last === undefined) return automatic ? 'An automatic rule.' : 'What a moderator saw for themselves.';
  const all = named.length === 0 ? last : `${named.join(', ')} and ${last}`;
  return `${all.charAt(0).toUpperCase()}${all.slice(1)}.`;
}

/** The title that the rules page gives a rule: "Sell nothing, hide nothing"; '' when it names none so. */
export function titleOfRule(rules: string, rule: number): string {
  return new RegExp(`^#+ *${rule}[.)] +(.+?) *#*$`, 'm').exec(rules)?.[1] ?? '';
}
