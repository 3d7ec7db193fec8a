// What was read of an article, as the form of a new topic shows it.
import { countCharacters } from '../../../domain/check.ts';
import { FETCHING, LENGTHS } from '../../../domain/limits.ts';
import { cleanTitle } from '../../../domain/post-text.ts';
import { isWithin } from '../../../domain/times.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { PageReading } from '../../links/index.ts';
import type { Fetched } from '../fetching.ts';

export interface FetchedView {
  /** Null while nothing was read. */
  readonly card: {
    readonly title: string;
    readonly publisher: string;
    readonly published: MomentView | null;
    /** Null: just now. */
    readonly readAt: MomentView | null;
    readonly description: string;
    readonly image: { readonly src: string; readonly width: number; readonly height: number } | null;
    /** The headline as a title for the topic, offered when the field holds another; '' when not. */
    readonly headline: string;
  } | null;
  readonly pending: boolean;
  /** What went wrong, in words; null when nothing did, or nobody asked. */
  readonly fault: { readonly what: string; readonly why: string } | null;
  /** Why it is not being read, in words; '' when it is, or nobody asked. */
  readonly refusal: string;
}

export interface FetchedFacts extends Fetched {
  /** What stands in the title field, cleaned. */
  readonly title: string;
  readonly now: Date;
}

/** Three lines of the card. */
const LONGEST_DESCRIPTION = 240;

export function fetchedView({ reading, image, pending, refusal, title, now }: FetchedFacts): FetchedView {
  const nothing = { card: null, pending, fault: null, refusal };
  if (!reading?.readAt) return nothing;
  const headline = titleOf(reading);
  const fault = faultOf(reading, headline);
  if (headline === '') return { ...nothing, fault };
  return {
    ...nothing,
    fault,
    card: {
      title: cleanTitle(reading.title ?? ''),
      publisher: reading.publisher ?? '',
      published: reading.publishedAt ? momentView(reading.publishedAt) : null,
      readAt: isWithin(FETCHING.justNow, reading.readAt, now) ? null : momentView(reading.readAt),
      description: cutAtWord(reading.description ?? '', LONGEST_DESCRIPTION),
      image: image ? { ...image, src: paths.image(image.hash) } : null,
      headline: title === headline ? '' : headline,
    },
  };
}

/** A page that could not be read once more keeps what was read of it before. */
function faultOf({ fault }: PageReading, headline: string): FetchedView['fault'] {
  if (fault !== null) return { what: 'The page could not be read.', why: fault };
  return headline === ''
    ? { what: 'No title to fetch.', why: 'The page does not say what it is called.' }
    : null;
}

/** A fetched headline as a title: cleaned, and no longer than a title may be. '' when there is none. */
export function titleOf(reading: { readonly title: string | null } | undefined): string {
  return cutAtWord(cleanTitle(reading?.title ?? ''), LENGTHS.title.max);
}

function cutAtWord(text: string, max: number): string {
  if (countCharacters(text) <= max) return text;
  const start = [...text].slice(0, max - 1).join('');
  const lastSpace = start.lastIndexOf(' ');
  return `${(lastSpace > start.length / 2 ? start.slice(0, lastSpace) : start).trimEnd()}…`;
}
