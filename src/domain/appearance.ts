// What members choose of how the forum looks and reads, and what everybody else gets.
import { PAGES } from './limits.ts';
import type { ReplySort } from './thread.ts';

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** Of texts that are read: posts and pages; the controls around them follow. */
export const TEXT_SIZES = ['small', 'medium', 'large'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

/** Topics on a page of a list. */
export const PAGE_SIZES = [15, 30, 60] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

export const LIST_SORTS = ['hot', 'new', 'active'] as const;
export type ListSort = (typeof LIST_SORTS)[number];

export interface Reading {
  readonly density: Density;
  readonly textSize: TextSize;
  /** Whether single keys act. */
  readonly usesKeys: boolean;
  readonly pageSize: PageSize;
  readonly replySort: ReplySort;
  readonly listSort: ListSort;
  /** Texts marked as written with a model are folded, and topics that begin with one left out of lists; not one's own. */
  readonly hidesModelWritten: boolean;
}

export const DEFAULT_READING: Reading = {
  density: 'comfortable',
  textSize: 'medium',
  usesKeys: true,
  pageSize: PAGES.list,
  replySort: 'best',
  listSort: 'hot',
  hidesModelWritten: false,
};
