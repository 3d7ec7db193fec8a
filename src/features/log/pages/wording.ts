// How the log says what was done and to what: for its page, its feeds, and those who read either without knowing why.
import { ACTIONS, withRule, type ActionKind } from '../../../domain/actions.ts';
import type { LogRow } from '../queries/log.ts';
import { FORMER_MEMBER } from './names.ts';

/** Labels that say what was done but not to what. */
const NEEDS_SUBJECT: ReadonlySet<ActionKind> = new Set([
  'refuse',
  'hide',
  'restore',
  'move-reply',
  'lock',
  'unlock',
  'pin',
  'unpin',
  'merge',
  'unmerge',
]);

/** "Reply hidden", "Topic locked", "Silenced". */
export function whatWasDone({ kind, place, postId, posts }: LogRow): string {
  const label = place === 0 ? ACTIONS[kind].label : doneBesides(kind);
  if (place === 0 && !NEEDS_SUBJECT.has(kind)) return label;
  const done = `${postId === null ? 'Topic' : 'Reply'} ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
  if (kind !== 'merge' && kind !== 'unmerge') return done;
  return posts === 0 ? done : `${done}, ${posts} ${posts === 1 ? 'reply' : 'replies'} moved`;
}

/** What became of posts that a decision touched besides what it names: a member's, when the member is suspended. */
function doneBesides(kind: ActionKind): string {
  const { subject, label } = ACTIONS[kind];
  if (subject !== 'member') return label;
  return kind === 'lift' ? ACTIONS.restore.label : ACTIONS.hide.label;
}

/** Words before the link to a topic, or instead of one: the author of a reply, the member, what was set. */
export function whoIsNamed(row: LogRow): string {
  const { kind, place, postId, author, data } = row;
  if (place === 0) {
    const member = row.member ?? (ACTIONS[kind].subject === 'member' ? FORMER_MEMBER : null);
    if (typeof data.what === 'string') return member === null ? data.what : `${member}, ${data.what}`;
    if (member !== null) return member;
  }
  if (postId === null) return row.topicId === null || isPlaced(row) ? '' : 'A topic';
  // That somebody's post awaited approval is between them and the moderators.
  return kind === 'refuse' ? 'A reply' : (author ?? 'A reply');
}

/** The topic as it may be called: its title only where everybody can read it. */
export function topicText({
  title,
  topicId,
}: {
  readonly title: string | null;
  readonly topicId: number;
}): string {
  return title ?? `a topic (${topicId})`;
}

/** Whether what is named has an address for those who read this: a topic that was refused has none. */
export function isPlaced({ kind, place, postId }: LogRow): boolean {
  return kind !== 'refuse' || place > 0 || postId !== null;
}

/** "flexwatt_sales in Grid operators report…" */
export function whatIsConcerned(row: LogRow): string {
  const who = whoIsNamed(row);
  if (row.topicId === null || !isPlaced(row)) return who;
  const topic = topicText({ title: row.title, topicId: row.topicId });
  return who === '' ? topic : `${who} in ${topic}`;
}

/** "Reply hidden: Spam or promotion (rule 4)" */
export function decisionTitle(row: LogRow): string {
  return `${whatWasDone(row)}: ${withRule(row.reason, row.rule)}`;
}
