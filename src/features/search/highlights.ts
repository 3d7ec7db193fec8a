// Where the words stand in what was found. PostgreSQL marks them, since it knows which forms of a word it matched;
// its marks are characters that no text has, and become <mark> only after everything around them is escaped.
import { sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import type { TextPart } from '../../domain/search-query.ts';
import { escapeHtml, excerpt, type SafeHtml, textOf } from '../../lib/html.ts';
import { markedTermsOf } from './queries/terms.ts';

const START = '\u0001';
const STOP = '\u0002';
/** Between two fragments. */
const GAP = '\u0003';
/** Stands for "<" on the way through PostgreSQL, which would take what follows for a tag and leave it out. */
const LESS = '\u0004';
// eslint-disable-next-line no-control-regex -- these are the private characters
const PRIVATE = /[\u0001-\u0004]/g;

const WHOLE = `HighlightAll=true, StartSel=${START}, StopSel=${STOP}`;
const FRAGMENTS = `MaxFragments=2, MinWords=12, MaxWords=30, ShortWord=0, FragmentDelimiter=${GAP}, StartSel=${START}, StopSel=${STOP}`;
const SHORT_FRAGMENTS = `MaxFragments=2, MinWords=4, MaxWords=12, ShortWord=0, FragmentDelimiter=${GAP}, StartSel=${START}, StopSel=${STOP}`;
/** About two lines: the beginning of a text whose title alone has the words. */
const EXCERPT = 220;
/** A text that takes no more room than two fragments would is shown whole. */
const SHORT = 400;
/**
 * Marking costs more than finding, and more than in proportion: 5,000 characters take a tenth of the time of 20,000.
 * What stands further down in a long text is found, but shown by its beginning.
 */
const MOST_READ = 5_000;
/** Words and the operators between them. With more, a text of few words many times over takes seconds to mark. */
const MOST_TERMS = 20;

export interface Highlights {
  readonly titleHtml: SafeHtml;
  readonly excerptHtml: SafeHtml;
  /** What stands in tags and sources; '' where the title or the text has the words, or nothing was marked. */
  readonly besideHtml: SafeHtml;
}

/** What was found with the words marked in its title and in its text, of which only the places around them are kept. */
export async function highlight<
  Found extends { readonly title: string; readonly bodyHtml: SafeHtml; readonly beside: string },
>(db: Reader, text: readonly TextPart[], found: readonly Found[]): Promise<(Found & Highlights)[]> {
  if (found.length === 0) return [];
  const titles = found.map(({ title }) => sent(title));
  const texts = found.map(({ bodyHtml }) => sent(textOf(bodyHtml)));
  const besides = found.map(({ beside }) => sent(beside).slice(0, MOST_READ).toWellFormed());
  const read = texts.map((text) => text.slice(0, MOST_READ).toWellFormed());
  const rows = await db
    .select({
      title: sql<string>`ts_headline('english', title, terms, ${WHOLE})`,
      fragments: sql<string>`case when numnode(terms) > ${MOST_TERMS} then '' else ts_headline('english', body, terms,
        case when char_length(body) <= ${SHORT} then ${WHOLE} else ${FRAGMENTS} end) end`,
      beside: sql<string>`case when beside = '' or numnode(terms) > ${MOST_TERMS} then ''
        else ts_headline('english', beside, terms, ${SHORT_FRAGMENTS}) end`,
    })
    .from(
      sql`unnest(${sql.param(titles)}::text[], ${sql.param(read)}::text[], ${sql.param(besides)}::text[]) with ordinality
          as found(title, body, beside, place),
        ${markedTermsOf(text)} as terms`,
    )
    .orderBy(sql`place`);
  return found.map((post, index) => ({
    ...post,
    titleHtml: markedHtml(rows[index]?.title ?? ''),
    excerptHtml: excerptOf(texts[index] ?? '', rows[index]?.fragments ?? ''),
    besideHtml: besideOf(rows[index]),
  }));
}

interface Marked {
  readonly title: string;
  readonly fragments: string;
  readonly beside: string;
}

function besideOf({ title, fragments, beside }: Marked = { title: '', fragments: '', beside: '' }): SafeHtml {
  const isExplained = title.includes(START) || fragments.includes(START);
  return markedHtml(isExplained || !beside.includes(START) ? '' : beside.replaceAll(GAP, ' … '));
}

function excerptOf(text: string, fragments: string): SafeHtml {
  if (!fragments.includes(START)) return escapeHtml(excerpt(text.replaceAll(LESS, '<'), EXCERPT));
  const shown = fragments.replaceAll(START, '').replaceAll(STOP, '').split(GAP);
  const [first = '', last = ''] = [shown[0], shown.at(-1)];
  const before = leftOut(text.slice(0, text.indexOf(first)));
  const after = leftOut(text.slice(text.lastIndexOf(last) + last.length));
  return markedHtml(before + fragments.replaceAll(GAP, ' … ') + after);
}

/** An ellipsis for words; what is only a bracket or a full stop need not be left out. */
function leftOut(text: string): string {
  return /[\p{L}\p{N}]/u.test(text) ? '…' : text;
}

/** A text on one line in which the private characters are ours. */
function sent(text: string): string {
  return text.replace(PRIVATE, '').replace(/\s+/g, ' ').trim().replaceAll('<', LESS);
}

/** Escaped text in which the marked stretches are <mark> elements. */
function markedHtml(text: string): SafeHtml {
  const [first = '', ...marked] = text.replaceAll(LESS, '<').split(START);
  const html = marked.map((stretch) => {
    const [word = '', rest = ''] = stretch.split(STOP);
    return `<mark>${escapeHtml(word)}</mark>${escapeHtml(rest)}`;
  });
  return (escapeHtml(first) + html.join('')) as SafeHtml;
}
