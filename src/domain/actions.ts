// What moderators and admins do: the closed list of actions.

interface ActionFacts {
  /** As the log says it. */
  readonly label: string;
  readonly subject: 'post' | 'topic' | 'member' | 'domain' | 'forum';
  /** Whether `action_posts` lists the posts that it changed. */
  readonly takesPosts: boolean;
  /** The kind of action that undoes it; null when nothing does. */
  readonly undoneBy: string | null;
  /** Whether it stands in the public log. What leaves a post as everyone sees it does not. */
  readonly inLog: boolean;
}

const FACTS = {
  // Decisions about what members wrote. `hide` and `restore` take topics as well as posts.
  keep: { label: 'Kept', subject: 'post', takesPosts: false, undoneBy: null, inLog: false },
  approve: { label: 'Approved', subject: 'post', takesPosts: true, undoneBy: null, inLog: false },
  refuse: { label: 'Refused', subject: 'post', takesPosts: true, undoneBy: 'approve', inLog: true },
  hide: { label: 'Hidden', subject: 'post', takesPosts: true, undoneBy: 'restore', inLog: true },
  restore: { label: 'Restored', subject: 'post', takesPosts: true, undoneBy: 'hide', inLog: true },
  'blank-revision': {
    label: 'Earlier text blanked',
    subject: 'post',
    takesPosts: true,
    undoneBy: null,
    inLog: true,
  },
  'move-reply': { label: 'Moved', subject: 'post', takesPosts: true, undoneBy: 'move-reply', inLog: true },

  // The order of the house
  lock: { label: 'Locked', subject: 'topic', takesPosts: false, undoneBy: 'unlock', inLog: true },
  unlock: { label: 'Unlocked', subject: 'topic', takesPosts: false, undoneBy: 'lock', inLog: true },
  pin: { label: 'Pinned', subject: 'topic', takesPosts: false, undoneBy: 'unpin', inLog: true },
  unpin: { label: 'Unpinned', subject: 'topic', takesPosts: false, undoneBy: 'pin', inLog: true },
  'edit-title': {
    label: 'Title changed',
    subject: 'topic',
    takesPosts: false,
    undoneBy: 'edit-title',
    inLog: true,
  },
  'set-section': {
    label: 'Section changed',
    subject: 'topic',
    takesPosts: false,
    undoneBy: 'set-section',
    inLog: true,
  },
  'edit-tags': {
    label: 'Tags changed',
    subject: 'topic',
    takesPosts: false,
    undoneBy: 'edit-tags',
    inLog: true,
  },
  'edit-source': {
    label: 'Source changed',
    subject: 'topic',
    takesPosts: false,
    undoneBy: 'edit-source',
    inLog: true,
  },
  merge: { label: 'Merged', subject: 'topic', takesPosts: true, undoneBy: 'unmerge', inLog: true },
  unmerge: { label: 'Merge undone', subject: 'topic', takesPosts: true, undoneBy: 'merge', inLog: true },

  // Tags: what they are called, and which are one.
  'edit-tag': { label: 'Tag edited', subject: 'forum', takesPosts: false, undoneBy: 'edit-tag', inLog: true },
  'merge-tags': {
    label: 'Tags merged',
    subject: 'forum',
    takesPosts: false,
    undoneBy: 'unmerge-tags',
    inLog: true,
  },
  'unmerge-tags': {
    label: 'Merge of tags undone',
    subject: 'forum',
    takesPosts: false,
    undoneBy: 'merge-tags',
    inLog: true,
  },
  'add-tags': { label: 'Tags added', subject: 'forum', takesPosts: false, undoneBy: null, inLog: true },

  // Appeals: the outcome stands in the log beside what it reverses.
  uphold: { label: 'Appeal rejected', subject: 'post', takesPosts: false, undoneBy: null, inLog: true },
  reverse: { label: 'Reversed on appeal', subject: 'post', takesPosts: false, undoneBy: null, inLog: true },

  // Members and domains
  warn: { label: 'Warned', subject: 'member', takesPosts: false, undoneBy: 'lift', inLog: true },
  silence: { label: 'Silenced', subject: 'member', takesPosts: false, undoneBy: 'lift', inLog: true },
  suspend: { label: 'Suspended', subject: 'member', takesPosts: false, undoneBy: 'lift', inLog: true },
  lift: { label: 'Sanction lifted', subject: 'member', takesPosts: false, undoneBy: null, inLog: true },
  // For good only with a second moderator's consent; declining it is the second one's.
  'propose-ban': {
    label: 'Permanent suspension proposed',
    subject: 'member',
    takesPosts: false,
    undoneBy: 'decline-ban',
    inLog: false,
  },
  'decline-ban': {
    label: 'Permanent suspension declined',
    subject: 'member',
    takesPosts: false,
    undoneBy: null,
    inLog: false,
  },
  'clear-profile': {
    label: 'Profile text removed',
    subject: 'member',
    takesPosts: false,
    undoneBy: null,
    inLog: true,
  },
  'rename-member': {
    label: 'Name taken away',
    subject: 'member',
    takesPosts: false,
    undoneBy: null,
    inLog: true,
  },
  note: { label: 'Note added', subject: 'member', takesPosts: false, undoneBy: null, inLog: false },
  'ban-domain': {
    label: 'Domain banned',
    subject: 'domain',
    takesPosts: false,
    undoneBy: 'allow-domain',
    inLog: true,
  },
  'allow-domain': {
    label: 'Domain allowed again',
    subject: 'domain',
    takesPosts: false,
    undoneBy: null,
    inLog: true,
  },
  watch: {
    label: 'Word or domain watched',
    subject: 'forum',
    takesPosts: false,
    undoneBy: 'unwatch',
    inLog: true,
  },
  unwatch: { label: 'Watched no more', subject: 'forum', takesPosts: false, undoneBy: null, inLog: true },

  // Admins
  'change-role': {
    label: 'Role changed',
    subject: 'member',
    takesPosts: false,
    undoneBy: 'change-role',
    inLog: true,
  },
  'change-settings': {
    label: 'Settings changed',
    subject: 'forum',
    takesPosts: false,
    undoneBy: null,
    inLog: true,
  },
  'add-section': { label: 'Section added', subject: 'forum', takesPosts: false, undoneBy: null, inLog: true },
  'edit-section': {
    label: 'Section edited',
    subject: 'forum',
    takesPosts: false,
    undoneBy: null,
    inLog: true,
  },
  'remove-section': {
    label: 'Section removed',
    subject: 'forum',
    takesPosts: false,
    undoneBy: null,
    inLog: true,
  },
} as const satisfies Record<string, ActionFacts>;

export type ActionKind = keyof typeof FACTS;

type Undoable = ActionFacts & { readonly undoneBy: ActionKind | null };
export const ACTIONS: Readonly<Record<ActionKind, Undoable>> = FACTS;

export const ACTION_KINDS = Object.keys(FACTS) as readonly ActionKind[];

/** The kinds that stand in the public log. */
export const LOGGED_KINDS: readonly ActionKind[] = ACTION_KINDS.filter((kind) => ACTIONS[kind].inLog);

/** A reason with the rule it stands on, as lists and notices say it: "Spam or promotion (rule 4)". */
export function withRule(reason: string, rule: number | null): string {
  return rule === null ? reason : `${reason} (rule ${rule})`;
}
