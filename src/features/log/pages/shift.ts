// "What changed since my last shift", for one moderator: counts first, then what needs reading.
import { ACTIONS, withRule } from '../../../domain/actions.ts';
import { excerpt } from '../../../lib/html.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { type Changes, MOST_LISTED } from '../queries/shift.ts';
import type { LastShift } from '../shifts.ts';
import { FORMER_MEMBER } from './names.ts';
import { QUEUE_KINDS } from './queue-kinds.ts';

interface Item {
  /** '' where there is nothing to open. */
  readonly href: string;
  readonly title: string;
  readonly detail: string;
  readonly at: MomentView;
}

interface ItemList {
  readonly heading: string;
  readonly items: readonly Item[];
  /** What to do about the rest; '' when all are listed. */
  readonly more: string;
}

export interface ShiftPage {
  readonly head: Head;
  readonly queueHref: string;
  readonly logHref: string;
  readonly since: MomentView;
  readonly cut: boolean;
  readonly items: readonly { readonly kind: string; readonly opened: string; readonly waiting: string }[];
  readonly decisions: readonly { readonly by: string; readonly what: string; readonly count: string }[];
  /** Those that are empty are left out. */
  readonly lists: readonly ItemList[];
}
declare module '../../../web/views.ts' {
  interface Views {
    'log/shift': ShiftPage;
  }
}

const EXCERPT_CHARACTERS = 200;

export function shiftPage(changes: Changes, { since, cut }: LastShift): ShiftPage {
  return {
    head: { title: 'Since your last shift', noindex: true },
    queueHref: paths.queue(),
    logHref: paths.moderationLog({ from: since.toISOString().slice(0, 10) }),
    since: momentView(since),
    cut,
    items: changes.items.map(({ kind, opened, waiting }) => ({
      kind: QUEUE_KINDS[kind],
      opened: opened.toLocaleString('en-GB'),
      waiting: waiting.toLocaleString('en-GB'),
    })),
    decisions: decisionsOf(changes.decisions),
    lists: [
      listOf('What members wrote', changes.messages.map(messageItem)),
      listOf('Your decisions that were undone', changes.undone.map(undoneItem)),
      listOf('New notes about members', changes.notes.map(noteItem)),
      listOf('Sanctions that ended', changes.ended.map(endedItem)),
    ].filter(({ items }) => items.length > 0),
  };
}

/** A line for each moderator: "12 hidden, 3 kept". */
function decisionsOf(rows: Changes['decisions']): ShiftPage['decisions'] {
  const by = new Map<string, { parts: string[]; count: number }>();
  for (const row of rows) {
    const name = row.automatic ? 'Automatically' : (row.by ?? FORMER_MEMBER);
    const entry = by.get(name) ?? { parts: [], count: 0 };
    entry.parts.push(`${row.n.toLocaleString('en-GB')} ${ACTIONS[row.kind].label.toLowerCase()}`);
    entry.count += row.n;
    by.set(name, entry);
  }
  return [...by].map(([name, { parts, count }]) => ({
    by: name,
    what: parts.join(', '),
    count: counted(count, 'decision', 'decisions'),
  }));
}

function listOf(heading: string, items: readonly Item[]): ItemList {
  return {
    heading,
    items: items.slice(0, MOST_LISTED),
    more: items.length > MOST_LISTED ? `There are more: these are the newest ${MOST_LISTED}.` : '',
  };
}

function messageItem({ itemId, by, at, body }: Changes['messages'][number]): Item {
  return {
    href: paths.queueItem(itemId),
    title: by,
    detail: excerpt(body, EXCERPT_CHARACTERS),
    at: momentView(at),
  };
}

function undoneItem({
  id,
  kind,
  reason,
  rule,
  undoneAt,
  by,
  automatic,
  because,
}: Changes['undone'][number]): Item {
  const who = automatic ? 'automatically' : `by ${by ?? FORMER_MEMBER}`;
  return {
    href: ACTIONS[kind].inLog ? paths.moderationLog({ decision: id }) : '',
    title: `${ACTIONS[kind].label}: ${excerpt(withRule(reason, rule), EXCERPT_CHARACTERS)}`,
    detail: `Undone ${who}: ${excerpt(because, EXCERPT_CHARACTERS)}`,
    at: momentView(undoneAt),
  };
}

function noteItem({ at, by, about, text }: Changes['notes'][number]): Item {
  return {
    href: paths.moderationMember(about),
    title: about,
    detail: `${by ?? FORMER_MEMBER}: ${excerpt(text, EXCERPT_CHARACTERS)}`,
    at: momentView(at),
  };
}

function endedItem({ member, kind, reason, rule, at, lifted }: Changes['ended'][number]): Item {
  return {
    href: paths.moderationMember(member),
    title: `${member}: ${ACTIONS[kind].label.toLowerCase()}, ${lifted ? 'lifted' : 'over'}`,
    detail: excerpt(withRule(reason, rule), EXCERPT_CHARACTERS),
    at: momentView(at),
  };
}
