// What generators of load send and count, and how they are told.

/** Requests of one kind. */
export interface Kind {
  readonly name: string;
  /** How often compared with the other kinds of the same load. */
  readonly share: number;
  readonly method: 'GET' | 'POST';
  /** Taken by chance; one that stands there twice is taken twice as often. */
  readonly paths: readonly string[];
  /** Of members, one after the other; none: visitors. */
  readonly cookies: readonly string[];
  /**
   * The form that is sent; every `{{random}}` in it is another word each time, the same ones in each run, and every `{{new}}`
   * a word that was never sent before: a form that was is answered with what came of it then, and nothing is written.
   */
  readonly form?: string;
  /** The answer that is none of an error. */
  readonly expects: number;
}

export interface Load {
  readonly url: string;
  readonly kinds: readonly Kind[];
  readonly connections: number;
  readonly seconds: number;
  /** How many in all, where they are sent as fast as they are answered; `seconds` does not count then. */
  readonly amount?: number;
  /**
   * Requests a second, each at its own moment whether those before are answered or not, as people come. Without it: as many
   * as the connections carry, each answer followed by the next request.
   */
  readonly rate?: number;
}

/** What was seen of one kind. */
export interface Seen {
  readonly requests: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** On the line, with headers, per request. */
  readonly bytes: number;
  /** Answers of another status than was expected, and connections that broke, by what they were. */
  readonly errors: Readonly<Record<string, number>>;
}
export type SeenByKind = Readonly<Record<string, Seen>>;

/** As browsers send; forms come from the forum's own pages. */
export const HEADERS = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'en',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
} as const;

export const FORM_HEADERS = {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
} as const;
