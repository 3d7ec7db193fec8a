// What can be decided about a queue item: the closed list of decisions, and which of them an item of each kind and
// subject is offered. Whether one would be let through is asked of domain/policy; what it does, of the features.

export const DECISIONS = {
  keep: { label: 'Keep', icon: 'check', key: 'k', needsReason: false },
  hide: { label: 'Hide', icon: 'hide', key: 'h', needsReason: true },
  'hide-branch': { label: 'Hide with replies', icon: 'hide', key: 'b', needsReason: true },
  /** Hides it and warns its author, for one reason. */
  'hide-warn': { label: 'Hide & warn', icon: 'warn', key: 'w', needsReason: true },
  lock: { label: 'Lock topic', icon: 'lock', key: 'l', needsReason: true },
  approve: { label: 'Approve', icon: 'check', key: 'k', needsReason: false },
  refuse: { label: 'Refuse', icon: 'hide', key: 'h', needsReason: true },
  'remove-source': { label: 'Remove source', icon: 'hide', key: 'h', needsReason: true },
  'ban-domain': { label: 'Ban domain', icon: 'warn', key: 'd', needsReason: true },
  warn: { label: 'Warn', icon: 'warn', key: 'w', needsReason: true },
  'clear-profile': { label: 'Remove profile text', icon: 'hide', key: 'h', needsReason: true },
  rename: { label: 'Take the name away', icon: 'pen', key: 'n', needsReason: true },
  /** An appeal: the decision stands, or is undone. */
  uphold: { label: 'Uphold', icon: 'check', key: 'k', needsReason: true },
  reverse: { label: 'Reverse', icon: 'pen', key: 'r', needsReason: true },
  /** A permanent suspension that another moderator proposes. */
  consent: { label: 'Consent', icon: 'check', key: 'k', needsReason: false },
  decline: { label: 'Decline', icon: 'hide', key: 'h', needsReason: true },
  /** A suggestion, or an address given for an aggregator's link; the form names which. */
  apply: { label: 'Apply', icon: 'check', key: 'k', needsReason: false },
  dismiss: { label: 'Dismiss', icon: 'hide', key: 'h', needsReason: false },
} as const;

export type DecisionName = keyof typeof DECISIONS;

export const DECISION_NAMES = Object.keys(DECISIONS) as readonly DecisionName[];

/** What a queue item is about. */
export type SubjectKind = 'post' | 'member' | 'source' | 'topic' | 'action';

/** By kind of item and of its subject, in the order of the buttons. */
export const OFFERED = {
  'flagged post': ['keep', 'hide', 'hide-branch', 'hide-warn', 'lock'],
  'flagged member': ['keep', 'warn', 'clear-profile', 'rename'],
  'flagged source': ['keep', 'remove-source', 'ban-domain'],
  'watched post': ['keep', 'hide', 'hide-branch', 'hide-warn', 'lock'],
  'held post': ['approve', 'refuse'],
  'appeal action': ['uphold', 'reverse'],
  'consent member': ['consent', 'decline'],
  'newcomer member': ['keep'],
  'link source': ['apply', 'remove-source', 'dismiss'],
  'suggestion topic': ['apply', 'dismiss'],
} as const satisfies Record<string, readonly DecisionName[]>;

export type ItemType = keyof typeof OFFERED;

/** Whether an item of this kind about such a subject can be decided so. */
export function isOffered(decision: DecisionName, kind: string, subject: SubjectKind): boolean {
  const offered: Readonly<Record<string, readonly DecisionName[]>> = OFFERED;
  return offered[`${kind} ${subject}`]?.includes(decision) ?? false;
}
