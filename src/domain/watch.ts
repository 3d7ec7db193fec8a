// Words and domains that moderators watch: what a rule does, how one is written, and how a text is compared with many.
import { countCharacters, type Fault } from './check.ts';
import { WATCH } from './moderation-limits.ts';
import { urlKey } from './url-key.ts';
import { isSecondLevel } from './url-sites.ts';
import type { HoldCause } from './policy/trust.ts';
import { hostFinder, hostsNamedIn } from './watch-hosts.ts';
import { foldText, spaceWords, wordFinder } from './watch-words.ts';

/** In the order of strength: of several that match, the first decides. */
export const WATCH_EFFECTS = ['refuse', 'hold', 'flag', 'mark'] as const;
export type WatchEffect = (typeof WATCH_EFFECTS)[number];

export const WATCH_KINDS = ['word', 'domain'] as const;
export type WatchKind = (typeof WATCH_KINDS)[number];

/** What is compared. */
export interface WatchPattern {
  readonly kind: WatchKind;
  /** As readWatchPattern writes it. */
  readonly pattern: string;
}

export type ReadPattern =
  { readonly ok: true; readonly pattern: string } | { readonly ok: false; readonly fault: Fault };

/** Reads what was typed into the one spelling in which it is kept and compared. */
export function readWatchPattern(kind: WatchKind, typed: string): ReadPattern {
  if (typed === '') return refuse(kind === 'word' ? 'Give a word or a phrase.' : 'Give a domain.');
  if (countCharacters(typed) > WATCH.length) {
    return refuse(`This is too long: it may have ${WATCH.length} characters.`);
  }
  return kind === 'word' ? readWord(typed) : readDomain(typed);
}

function readWord(typed: string): ReadPattern {
  const words = spaceWords(foldText(typed)).trim();
  const pattern = /\*\s*$/.test(typed) ? `${words}*` : words;
  if (countCharacters(words.replaceAll(' ', '')) < WATCH.shortestWord) {
    return refuse(`Give at least ${WATCH.shortestWord} letters or digits.`);
  }
  return fitting(pattern);
}

function readDomain(typed: string): ReadPattern {
  const read = urlKey(typed.replace(/^\*\./, ''));
  if (!read.ok) return refuse('Give a domain, such as example.com.');
  if (isSecondLevel(read.host)) return refuse('This is not one site: all sites below it would be meant.');
  return fitting(read.host);
}

/** A compatibility character can stand for many: what is kept can be longer than what was typed. */
function fitting(pattern: string): ReadPattern {
  return countCharacters(pattern) <= WATCH.length ? { ok: true, pattern } : refuse('This is too long.');
}

function refuse(fault: string): ReadPattern {
  return { ok: false, fault };
}

/** What somebody is about to post. */
export interface WatchedText {
  /** All words of it. */
  readonly text: string;
  /** Those its links and sources lead to, see hostsOf. */
  readonly hosts: readonly string[];
}

/** Prepares rules for being compared with many texts. @returns for a text, the rules that match, as they were given */
export function watcherOf<Rule extends WatchPattern>(
  rules: readonly Rule[],
): (watched: WatchedText) => Rule[] {
  const words = rules.filter(({ kind }) => kind === 'word');
  const domains = rules.filter(({ kind }) => kind === 'domain');
  const findWords = wordFinder(words.map(({ pattern }) => pattern));
  const findHosts = hostFinder(domains.map(({ pattern }) => pattern));
  return ({ text, hosts }) => {
    const foundWords = findWords(text);
    const foundHosts =
      domains.length === 0 ? new Set() : findHosts([...new Set([...hosts, ...hostsNamedIn(text)])]);
    return [
      ...words.filter((_, index) => foundWords.has(index)),
      ...domains.filter((_, index) => foundHosts.has(index)),
    ];
  };
}

/** The rule that decides: the strongest, of equals the oldest. */
export function strongestOf<Rule extends { readonly effect: WatchEffect }>(
  matches: readonly Rule[],
): Rule | undefined {
  return WATCH_EFFECTS.flatMap((effect) => matches.filter((match) => match.effect === effect))[0];
}

/** What each effect does to a post, as pages and the log say it after its word or domain. */
export const EFFECT_WORDS: Readonly<Record<WatchEffect, string>> = {
  refuse: 'refused',
  hold: 'held for approval',
  flag: 'looked at',
  mark: 'only noted',
};

/** A rule as the public log names it: domains in full, words not, since whoever knows them writes around them. */
export function loggedName({
  kind,
  pattern,
  effect,
}: WatchPattern & { readonly effect: WatchEffect }): string {
  if (isBan({ kind, effect })) return pattern;
  return `${kind === 'domain' ? pattern : 'a word'}, ${EFFECT_WORDS[effect]}`;
}

/** Whether a rule keeps a site off the forum: the log has kinds of its own for that. */
export function isBan({ kind, effect }: { readonly kind: WatchKind; readonly effect: WatchEffect }): boolean {
  return kind === 'domain' && effect === 'refuse';
}

/** What a post waits for that such a rule holds. */
export function holdCauseOf(kind: WatchKind): HoldCause {
  return kind === 'word' ? 'watched-word' : 'watched-domain';
}
