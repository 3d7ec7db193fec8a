// One search from what was typed to what the page shows, within a transaction of its own.
import type { Tx } from '../../db/connection.ts';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { pageStart } from '../../web/paging.ts';
import type { Section } from '../../web/site.ts';
import { fieldFilters, type Order, type Search } from './forms.ts';
import { highlight } from './highlights.ts';
import type { SearchOutcome } from './pages.ts';
import { CURSOR_KIND, findPosts } from './queries/found.ts';
import { layFooting, type Sense } from './queries/footing.ts';
import { findNamesake } from './queries/namesakes.ts';
import { findCorrection } from './queries/spelling.ts';
import { understand, type Understood } from './understanding.ts';

/** Who finds more than this was understood: nothing else is offered. */
const FEW = 3;

export interface Circumstances {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly sections: readonly Section[];
  /** `?after=` as it came. */
  readonly after: unknown;
}

/** Searches; the words are of a length that can be looked for. */
export async function find(
  tx: Tx,
  search: Search,
  { viewer, now, sections, after }: Circumstances,
): Promise<SearchOutcome> {
  const { text, filters } = search.query;
  const footing = await layFooting(tx, text);
  const typed = await understand(tx, filters, sections);
  const fields = await understand(tx, fieldFilters(search), sections);
  const understood = { typed, fields };
  const { sense } = footing;
  if (typed.length === 0 && (sense === 'common' || sense === 'none')) return { kind: 'common', understood };
  const order = orderOf(search, sense, [...typed, ...fields]);
  const cursor = pageStart(after, (cut) => decodeCursor(cut, CURSOR_KIND[order]));
  const asked = {
    text: sense === 'words' || sense === 'left-out' ? text : [],
    filters: [...typed, ...fields],
    ...{ order, viewer, now },
  };
  const found = await findPosts(tx, asked, footing, cursor);
  const isFirst = cursor === undefined;
  return {
    kind: 'found',
    understood,
    order,
    posts: await highlight(tx, asked.text, found.rows),
    total: found.total,
    capped: found.capped,
    continued: !isFirst,
    next: found.next && encodeCursor(found.next),
    ranks: sense === 'words',
    ignored: sense === 'common',
    namesake: isFirst ? await findNamesake(tx, search.query) : undefined,
    correction:
      isFirst && found.rows.length <= FEW
        ? await findCorrection(tx, asked, footing, found.rows.length)
        : undefined,
  };
}

/** Without words there is nothing to rank by, and outside of one topic no place to go by. */
function orderOf({ order }: Search, sense: Sense, filters: readonly Understood[]): Order {
  const isInside = filters.some(({ filter }) => filter.name === 'topic' && !filter.excluded);
  if (order === 'place') return isInside ? 'place' : sense === 'words' ? 'relevance' : 'new';
  return sense === 'words' ? order : 'new';
}
