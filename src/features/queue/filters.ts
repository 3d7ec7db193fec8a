// Which part of the queue is on the page, and in which order: as its address says it.
import type { QueueItemKind } from '../../db/schema/index.ts';
import { FLAG_REASONS, type FlagReason } from '../../domain/flags.ts';

/** The tabs, and what stands under each. */
export const TAB_KINDS = {
  all: ['flagged', 'held', 'appeal', 'consent', 'link', 'suggestion', 'watched', 'newcomer'],
  flagged: ['flagged'],
  held: ['held'],
  appeals: ['appeal', 'consent'],
  suggestions: ['link', 'suggestion'],
  watched: ['watched'],
  newcomers: ['newcomer'],
} as const satisfies Record<string, readonly QueueItemKind[]>;

export type QueueTab = keyof typeof TAB_KINDS;
export const QUEUE_TABS = Object.keys(TAB_KINDS) as readonly QueueTab[];

const CLAIMED = ['anyone', 'free', 'mine'] as const;
const ORDERS = ['oldest', 'heaviest'] as const;

export interface QueueView {
  readonly tab: QueueTab;
  /** Slug of a section; items about members stand in none. */
  readonly section: string | undefined;
  /** One at least of the open flags gives it. */
  readonly reason: FlagReason | undefined;
  readonly claimed: (typeof CLAIMED)[number];
  /** Name of the member whom the item concerns. */
  readonly by: string | undefined;
  readonly order: (typeof ORDERS)[number];
}

/** What nobody ever chose reads as not chosen. */
export function readQueueView(query: Readonly<Record<string, unknown>>): QueueView {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 60) : undefined;
  };
  return {
    tab: QUEUE_TABS.find((tab) => tab === query.tab) ?? 'all',
    section: text('section'),
    reason: FLAG_REASONS.find(({ reason }) => reason === query.reason)?.reason,
    claimed: CLAIMED.find((claimed) => claimed === query.claimed) ?? 'anyone',
    by: text('by'),
    order: ORDERS.find((order) => order === query.order) ?? 'oldest',
  };
}

/** The view as the query of an address: what is as it is by itself is left out. */
export function queryOfView({ tab, section, reason, claimed, by, order }: QueueView) {
  return {
    tab: tab === 'all' ? undefined : tab,
    section,
    reason,
    claimed: claimed === 'anyone' ? undefined : claimed,
    by,
    order: order === 'oldest' ? undefined : order,
  };
}

/** Whether the view leaves out items of its tab. */
export function isFiltered({ section, reason, claimed, by }: QueueView): boolean {
  return section !== undefined || reason !== undefined || claimed !== 'anyone' || by !== undefined;
}
