// The moderators' queue, and the page of one item: where a decision could not be taken, with what was typed.
import { momentView } from '../../../web/moments.ts';
import { ACTIONS } from '../../../domain/actions.ts';
import type { MemberId, PostId } from '../../../domain/ids.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { type FlagRow } from '../../flags/index.ts';
import { emptyReason, type ReasonFields } from '../../log/index.ts';
import type { Seen } from '../forms.ts';
import type { AuthorRow } from '../queries/authors.ts';
import type { QueueItemRow, QueueTab } from '../queries/queue.ts';
import { itemView, type ItemContext, type ItemView } from './queue-item.ts';

export interface QueuePage {
  readonly head: Head;
  readonly tabs: readonly {
    readonly name: string;
    readonly href: string;
    readonly count: string;
    readonly current: boolean;
  }[];
  readonly items: readonly ItemView[];
  readonly empty: string;
  readonly shown: string;
  readonly firstHref: string;
  readonly nextHref: string;
  readonly logHref: string;
}

export interface QueueItemPage {
  readonly head: Head;
  readonly back: string;
  /** What stands in the way of the decision; null: nothing but the form's own errors. */
  readonly notice: { readonly title: string; readonly lines: readonly string[] } | null;
  readonly form: Form<ReasonFields>;
  readonly item: ItemView;
  /** What was typed, where the item can be decided no more and so has no form to keep it; '' elsewhere. */
  readonly typed: string;
}
declare module '../../../web/views.ts' {
  interface Views {
    'queue/queue': QueuePage;
    'queue/item': QueueItemPage;
  }
}

const TABS: Readonly<Record<QueueTab, { readonly name: string; readonly empty: string }>> = {
  flagged: { name: 'Flagged', empty: 'Nothing is flagged. Enjoy the quiet.' },
  held: { name: 'Awaiting approval', empty: 'Nothing awaits approval.' },
};

export interface QueueFacts extends Pick<ItemContext, 'viewer' | 'now' | 'reasons'> {
  readonly tab: QueueTab;
  readonly counts: Readonly<Record<QueueTab, number>>;
  readonly rows: readonly QueueItemRow[];
  readonly flags: readonly FlagRow[];
  readonly authors: readonly AuthorRow[];
  /** Cursor of this page; undefined on the first one. */
  readonly after: string | undefined;
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

export function queuePage(facts: QueueFacts): QueuePage {
  const { viewer, now, reasons, tab, counts, rows, flags, authors, after, next } = facts;
  const here = queueHref(tab, after);
  return {
    head: { title: 'Moderation queue', noindex: true },
    tabs: (['flagged', 'held'] as const).map((name) => ({
      name: TABS[name].name,
      href: queueHref(name),
      count: counts[name].toLocaleString('en-GB'),
      current: name === tab,
    })),
    items: rows.map((row) =>
      itemView(row, {
        viewer,
        now,
        here,
        flags: flagsOn(flags, row.post.id),
        author: authorOf(authors, row.post.authorId),
        form: emptyReason,
        reasons,
        prefix: `q${row.id}-`,
      }),
    ),
    empty: TABS[tab].empty,
    shown: `${rows.length} of ${counts[tab].toLocaleString('en-GB')}`,
    firstHref: after === undefined ? '' : queueHref(tab),
    nextHref: next === undefined ? '' : queueHref(tab, next),
    logHref: paths.moderationLog(),
  };
}

function queueHref(tab: QueueTab, after?: string): string {
  return paths.queue({ tab: tab === 'flagged' ? undefined : tab, after });
}

export interface QueueItemFacts extends Omit<ItemContext, 'flags' | 'author' | 'prefix'> {
  readonly row: QueueItemRow;
  readonly flags: readonly FlagRow[];
  readonly authors: readonly AuthorRow[];
  /** Why the decision was refused, and what the moderator had seen; undefined when it was not. */
  readonly refused?: { readonly explanation: string; readonly seen: Seen };
}

export function queueItemPage({ row, flags, authors, refused, ...context }: QueueItemFacts): QueueItemPage {
  const item = itemView(row, { ...context, flags, author: authorOf(authors, row.post.authorId), prefix: '' });
  const lines = refused ? changesSince(row, flags, refused.seen) : [];
  const open = item.plain.length + item.reasoned.length > 0;
  return {
    head: { title: 'Moderation queue', noindex: true },
    back: context.here,
    notice: refused ? { title: refused.explanation, lines } : null,
    form: context.form,
    item,
    typed: open ? '' : context.form.fields.reason.value,
  };
}

/** What is different from what the moderator saw, in sentences. */
function changesSince(
  { post, version, closedAt, decision }: QueueItemRow,
  flags: readonly FlagRow[],
  seen: Seen,
): string[] {
  if (closedAt !== null) {
    if (!decision) return ['There is nothing left to decide about it.'];
    const { label } = ACTIONS[decision.kind];
    return [
      `${label} by ${decision.by ?? 'the forum itself'}, ${momentView(closedAt).full}: ${decision.reason}`,
    ];
  }
  if (version === seen.version) return [];
  const more = flags.length - seen.flags;
  return [
    ...(post.version === seen.postVersion ? [] : ['Its author has edited the text.']),
    ...(more > 0 ? [more === 1 ? 'Another flag has come in.' : `${more} more flags have come in.`] : []),
    ...(more < 0 ? ['A flag has been taken back.'] : []),
    ...(post.state === 'withdrawn' ? ['Its author has withdrawn it.'] : []),
  ];
}

function flagsOn(flags: readonly FlagRow[], postId: PostId): FlagRow[] {
  return flags.filter((flag) => flag.postId === postId);
}

function authorOf(authors: readonly AuthorRow[], id: MemberId | null): AuthorRow | undefined {
  return authors.find((author) => author.id === id);
}
